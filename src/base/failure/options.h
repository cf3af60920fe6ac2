/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Structs of options as programs made them, which may know an older or a newer version. */
#ifndef STG_BASE_FAILURE_OPTIONS_H
#define STG_BASE_FAILURE_OPTIONS_H

#include <stddef.h>

/* Copies a program's options into ours, and what they lack is zero.  What functions that take
 * options do first.
 *   ours   its size is set, too
 *   given  the program's, which begin with their size; NULL: all defaults
 * Returns NULL; for options without a size, or with a member that we do not know, why they cannot
 * be used, never to be freed, and then `ours` has all defaults. */
#define STG_READ_OPTIONS(ours, given, type)                                                        \
    stg_read_options(                                                                              \
        (ours), 0 ? (ours) : (given), sizeof(type),                                                \
        #type " has no size: pass it as STAGED_OPTIONS(" #type ", ...)",                           \
        #type " has a member that is newer than this version of the library; update the library")
const char *stg_read_options(void *ours, const void *given, size_t size, const char *no_size,
                             const char *too_new);

#endif
