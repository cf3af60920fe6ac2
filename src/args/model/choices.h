/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a value may be. */
#ifndef STG_ARGS_MODEL_CHOICES_H
#define STG_ARGS_MODEL_CHOICES_H

#include "args/model/parser.h"

/* Sets the choices, a list in the parser's arena; NULL: any value will do. */
void stg_set_choices(staged_argument *argument, const staged_value *choices);
/* Looks whether the choices, if any, have the value.  Returns as stg_convert. */
staged_status stg_check_choice(const staged_argument *argument, const staged_value *value,
                               stg_buf *message);

#endif
