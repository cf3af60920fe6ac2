/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What somebody may have meant. */
#ifndef STG_BASE_CLOSEST_H
#define STG_BASE_CLOSEST_H

#include <stddef.h>

/* How many letters have to be put in, left out, changed or swapped with their neighbour to make one
 * word the other; more than `most` may be returned where it is more than `most`. */
size_t stg_edit_distance(const char *a, const char *b, size_t most);

/* The closest of several words. */
typedef struct stg_search {
    const char *word;
    const char *found; /* NULL: none is close enough */
    size_t distance;   /* of `found`, or one more than what is close enough */
} stg_search;

stg_search stg_search_for(const char *word);
/* Another one, which is borrowed. */
void stg_search_look(stg_search *search, const char *candidate);

#endif
