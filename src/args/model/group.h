/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Groups of arguments, and sets of which one is given. */
#ifndef STG_ARGS_MODEL_GROUP_H
#define STG_ARGS_MODEL_GROUP_H

#include "args/model/parser.h"

staged_argument_group *stg_new_group(staged_parser *parser, const char *title,
                                     const char *description);
bool stg_group_append(staged_argument_group *group, staged_argument *argument);

#endif
