/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Suggestions for mistyped words. */
#ifndef STG_BASE_TEXT_CLOSEST_H
#define STG_BASE_TEXT_CLOSEST_H

#include <stddef.h>

/* How many letters must be inserted, deleted, changed or swapped with a neighbour to turn one word
 * into the other.  Exact up to `most`; otherwise any number above it. */
size_t stg_edit_distance(const char *a, const char *b, size_t most);

/* The closest of several words. */
typedef struct stg_search {
    const char *word;
    const char *found; /* NULL: none is close enough */
    size_t distance;   /* of `found`, or one more than the largest that is close enough */
} stg_search;

stg_search stg_search_for(const char *word);
/* Compares one more word, which is borrowed. */
void stg_search_look(stg_search *search, const char *candidate);

#endif
