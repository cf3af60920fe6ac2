/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What somebody may have meant. */
#ifndef STG_ARGS_SUGGEST_H
#define STG_ARGS_SUGGEST_H

#include "args/namespace.h"
#include "args/parser.h"

/* How many letters have to be put in, left out, changed or swapped with their neighbour to make one
 * word the other; more than `most` may be answered where it is more than `most`. */
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

/* Adds a line, which begins with the program's name, below the error of `top`.  Returns
 * STAGED_BAD_INPUT, or STAGED_NO_MEMORY. */
staged_status stg_add_hint(staged_parser *top, const staged_parser *parser, const char *before,
                           const char *word, const char *after);

/* Add to the error of `top` the flag, or the choice, that is close to a word that was refused; or
 * nothing when none is, or when the parser does not suggest.  Answer STAGED_BAD_INPUT, or
 * STAGED_NO_MEMORY. */
staged_status stg_suggest_flag(staged_parser *top, const staged_namespace *ns, const char *word);
staged_status stg_suggest_choice(staged_parser *top, const staged_argument *argument,
                                 const staged_value *value);

#endif
