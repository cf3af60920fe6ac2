/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which items had passed in an earlier run: a few bytes for each, as there may be many. */
#ifndef STG_RECORD_PAST_PAST_ITEMS_H
#define STG_RECORD_PAST_PAST_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an item is known by: the beginnings of hashes, of its stage, and of all that tells it from
 * others. */
typedef struct stg_past_item {
    uint64_t stage;
    uint64_t key[2];
    unsigned record; /* which one of several says so, the oldest first */
    size_t left;     /* how many equal ones there are */
} stg_past_item;

/* All zero has none.
 *   record  what is added is of this one; of what several say the most holds, as a run that resumes
 *           another one says again what had passed */
typedef struct stg_past_items {
    stg_past_item *items;
    size_t count, capacity;
    unsigned record;
    bool is_sorted;
} stg_past_items;

/* Adds one.  Returns false when out of memory.
 *   number  of its each */
bool stg_past_items_add(stg_past_items *items, const char *stage, int64_t number, const char *item);
/* Adds one that only something else than a record tells of, at any time. */
bool stg_past_items_add_late(stg_past_items *items, const char *stage, int64_t number,
                             const char *item);
/* Takes one.  Returns false if there is none, or none any more. */
bool stg_past_items_take(stg_past_items *items, const char *stage, int64_t number,
                         const char *item);
/* Removes those of a stage. */
void stg_past_items_forget(stg_past_items *items, const char *stage);
void stg_past_items_free(stg_past_items *items);

#endif
