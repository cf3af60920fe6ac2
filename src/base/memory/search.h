/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Searching sorted tables. */
#ifndef STG_BASE_MEMORY_SEARCH_H
#define STG_BASE_MEMORY_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a row comes before the wanted one. */
typedef bool stg_is_before(const void *row, const void *wanted);

/* The index of the first of `count` rows of `size` bytes that does not come before the wanted one;
 * `count` if all do. */
static inline size_t stg_search(const void *rows, size_t count, size_t size,
                                stg_is_before *is_before, const void *wanted)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (is_before((const char *)rows + middle * size, wanted))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The index of a name of `length` bytes, or where it belongs, in rows whose first member is their
 * name.
 *   found  receives whether it is there */
size_t stg_search_name(const void *rows, size_t count, size_t size, const char *name, size_t length,
                       bool *found);

#endif
