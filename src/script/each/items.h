/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where the items of an each come from: a list, a file, a descriptor. */
#ifndef STG_SCRIPT_EACH_ITEMS_H
#define STG_SCRIPT_EACH_ITEMS_H

#include <staged/each.h>

#include "base/failure/error.h"
#include "base/text/buf.h"

/* All zero has none.
 *   list      NULL: they come from `fd`
 *   owns      whether `fd` is to be closed
 *   may_wait  whether reading may have to wait for more
 *   bytes     what was read, of which what begins at `at` is left
 *   scanned   up to here nothing in it ends an item
 *   total     how many there are in all; negative: not known */
typedef struct stg_items {
    const char *const *list;
    int fd;
    bool owns;
    bool may_wait;
    bool is_over;
    char separator;
    stg_buf bytes;
    size_t at, scanned;
    int64_t total;
} stg_items;

typedef enum stg_next_item {
    STG_NEXT_ITEM,  /* there is one */
    STG_NEXT_LATER, /* not yet: `fd` tells when */
    STG_NEXT_NONE,  /* there are no more */
    STG_NEXT_FAILED /* nor can they be read */
} stg_next_item;

/* Opens them, and counts them where that is possible.  Close them also after a failure. */
staged_status stg_items_open(stg_items *items, const staged_each_options *options,
                             stg_error *error);
void stg_items_close(stg_items *items);
/* Takes the next one.
 *   item   receives it, valid until the next call
 *   error  receives why there is none; STG_NEXT_FAILED */
stg_next_item stg_items_take(stg_items *items, const char **item, stg_error *error);

#endif
