/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Words that were taken for something that they were not meant for. */
#ifndef STG_ARGS_READING_SWALLOW_H
#define STG_ARGS_READING_SWALLOW_H

#include "args/reading/parse.h"

/* Add to the error that a positional is missing, or that a value is not among the choices, how it
 * may have come to that: an option of many words took the command, or an option that does not exist
 * left its value to the command's place.  Return STAGED_BAD_INPUT, or STAGED_NO_MEMORY. */
staged_status stg_explain_missing(const stg_parse *parse, const staged_argument *missing);
staged_status stg_explain_choice(const stg_parse *parse, const staged_argument *argument,
                                 const staged_value *value);

#endif
