/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which variables a command cannot have where a shell starts it.  What they hold may be secret, so
 * `env NAME=VALUE`, which all users of a machine can see, is no way around. */
#ifndef STG_PLACE_REMOTE_VARIABLES_H
#define STG_PLACE_REMOTE_VARIABLES_H

#include <stdbool.h>

/* Checks variables that a shell sets and unsets before it starts the command.
 *   environment, without
 *           as in staged_place_command
 *   failed  receives whether there was no memory to find out
 * Returns why it cannot ("the shell ... cannot have a variable 'A.B'"), which the caller frees;
 * NULL: it can. */
char *stg_remote_problem(const char *const *environment, const char *const *without, bool *failed);
/* Checks variables that a shell only passes on: some drop what they could not set. */
char *stg_remote_passing_problem(const char *const *environment, bool *failed);

#endif
