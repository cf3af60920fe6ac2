/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Growing arrays, with the overflow checks in one place. */
#ifndef STG_BASE_GROW_H
#define STG_BASE_GROW_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for `needed` items of `size` bytes in the array that `*items` (a pointer to the
 * array pointer, which may be NULL) points to, at least doubling it.  Returns false, and leaves all
 * as it was, when out of memory.  New items are zeroed. */
bool stg_grow(void *items, size_t *capacity, size_t needed, size_t size);

#endif
