/* SPDX-License-Identifier: BSD-3-Clause
 *
 * "Did you mean", below an error. */
#ifndef STG_ARGS_READING_SUGGEST_H
#define STG_ARGS_READING_SUGGEST_H

#include "args/model/parser.h"
#include "args/reading/namespace.h"

/* Adds a line, which begins with the program's name, below the error of `top`.  Returns
 * STAGED_BAD_INPUT, or STAGED_NO_MEMORY. */
staged_status stg_add_hint(staged_parser *top, const staged_parser *parser, const char *before,
                           const char *word, const char *after);

/* Add to the error of `top` the flag or choice closest to a refused word, if one is close and the
 * parser makes suggestions.  Return STAGED_BAD_INPUT, or STAGED_NO_MEMORY. */
staged_status stg_suggest_flag(staged_parser *top, const staged_namespace *ns, const char *word);
staged_status stg_suggest_choice(staged_parser *top, const staged_argument *argument,
                                 const staged_value *value);

#endif
