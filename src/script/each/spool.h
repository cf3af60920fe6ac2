/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The spool of an item, for what it prints until it has ended: files without a name that it writes
 * to itself, so that no output is too big and none of it is held in memory. */
#ifndef STG_SCRIPT_EACH_SPOOL_H
#define STG_SCRIPT_EACH_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/secrets.h>

/* Output and error output.
 *   files  the second is -1 if both go to one
 *   paths  while others have to open them; NULL: none any more */
typedef struct stg_spool {
    int files[2];
    char *paths[2];
} stg_spool;

/* Makes the files.  Returns 0, or an errno; nothing is open then.
 *   joins  whether both outputs go to one file
 *   named  whether others open them by their paths, which remain until stg_spool_hide */
int stg_spool_open(stg_spool *spool, bool joins, bool named);
/* Removes the names. */
void stg_spool_hide(stg_spool *spool);
void stg_spool_close(stg_spool *spool);
/* How many bytes are in it. */
uint64_t stg_spool_length(const stg_spool *spool);

#endif
