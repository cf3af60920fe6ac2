/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Ownership of flags. */
#ifndef STG_ARGS_DECLARING_FLAGS_H
#define STG_ARGS_DECLARING_FLAGS_H

#include "args/model/parser.h"

/* Registers the flags of an argument that is about to be added to `group`.  A flag that is taken
 * stays with its first owner, which is a bug, or moves if flags are replaced.  Returns false when
 * out of memory. */
bool stg_enter_flags(staged_argument *argument, const staged_argument_group *group);

#endif
