/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A growing vector of texts that it owns, ended with NULL for execv and friends.  As with buffers,
 * a failure sticks. */
#ifndef STG_BASE_STRV_H
#define STG_BASE_STRV_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/status.h>

/* All zero is an empty vector. */
typedef struct stg_strv {
    char **items; /* NULL while nothing was added */
    size_t count;
    size_t capacity;
    bool failed; /* out of memory */
} stg_strv;

void stg_strv_free(stg_strv *vector);
void stg_strv_add(stg_strv *vector, const char *text);
void stg_strv_add_bytes(stg_strv *vector, const char *bytes, size_t length);
/* Takes over `text`, which free() must be able to release; NULL counts as a failure. */
void stg_strv_add_owned(stg_strv *vector, char *text);
bool stg_strv_contains(const stg_strv *vector, const char *text);
/* Takes out the first item equal to `text`; returns whether there was one. */
bool stg_strv_remove(stg_strv *vector, const char *text);
staged_status stg_strv_status(const stg_strv *vector);

#endif
