/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Words that went to the wrong argument. */
#ifndef STG_ARGS_READING_SWALLOW_H
#define STG_ARGS_READING_SWALLOW_H

#include "args/reading/parse.h"

/* Explain a missing positional or an invalid choice, if an option with a list took the command, or
 * the value of an unknown option was read as the command.  Return STAGED_BAD_INPUT, or
 * STAGED_NO_MEMORY. */
staged_status stg_explain_missing(const stg_parse *parse, const staged_argument *missing);
staged_status stg_explain_choice(const stg_parse *parse, const staged_argument *argument,
                                 const staged_value *value);

#endif
