/* SPDX-License-Identifier: BSD-3-Clause
 *
 * From words to values. */
#ifndef STG_ARGS_MODEL_CONVERT_H
#define STG_ARGS_MODEL_CONVERT_H

#include "args/model/parser.h"

/* Reads one word with the argument's type; the value lives in `arena`.  Returns STAGED_OK,
 * STAGED_NO_MEMORY, or STAGED_BAD_INPUT with the reason in `message`. */
staged_status stg_convert(const staged_argument *argument, stg_arena *arena, const char *word,
                          staged_value *value, stg_buf *message);
/* The same with a type of the library's own only: a word that the author's function reads stays
 * text.  Actions that take no words have their own types: counts are integers, flags booleans. */
staged_status stg_convert_plainly(const staged_argument *argument, stg_arena *arena,
                                  const char *word, staged_value *value);
/* Looks whether a path, or each of a list, is what it has to be.  Returns as stg_convert. */
staged_status stg_check_path(const staged_argument *argument, const staged_value *value,
                             stg_buf *message);

#endif
