/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Growing arrays, with the overflow checks in one place. */
#ifndef STG_BASE_MEMORY_GROW_H
#define STG_BASE_MEMORY_GROW_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for `needed` items of `size` bytes in an array, at least doubling it; `items` points
 * to the pointer to the array, which may be NULL. When out of memory, returns false and changes
 * nothing.  New items are zeroed. */
bool stg_grow(void *items, size_t *capacity, size_t needed, size_t size);

#endif
