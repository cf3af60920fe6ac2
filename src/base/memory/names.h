/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A table from names to things. */
#ifndef STG_BASE_MEMORY_NAMES_H
#define STG_BASE_MEMORY_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct stg_name {
    const char *name; /* NULL: free */
    size_t length;
    uint32_t hash;
    void *thing;
} stg_name;

/* All zero is an empty table. */
typedef struct stg_names {
    stg_name *slots;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
} stg_names;

void stg_names_free(stg_names *names);
/* Adds a name of `length` bytes, which must outlive the table, or replaces its thing.  Returns
 * false when out of memory. */
bool stg_names_put(stg_names *names, const char *name, size_t length, void *thing);
bool stg_names_put_text(stg_names *names, const char *name, void *thing);
/* The thing of a name of `length` bytes, or NULL. */
void *stg_names_get(const stg_names *names, const char *name, size_t length);
void *stg_names_get_text(const stg_names *names, const char *name);

#endif
