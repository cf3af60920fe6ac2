/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which argument a flag belongs to. */
#ifndef STG_ARGS_DECLARING_FLAGS_H
#define STG_ARGS_DECLARING_FLAGS_H

#include "args/model/parser.h"

/* Enters the flags of an argument that is about to be added to `group`.  One that is taken stays
 * with its first owner, which is a bug, or leaves it, where flags are replaced.  Returns false
 * without memory. */
bool stg_enter_flags(staged_argument *argument, const staged_argument_group *group);

#endif
