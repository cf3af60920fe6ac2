/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The environment of a command. */
#ifndef STG_PROCESS_RUN_ENVIRONMENT_H
#define STG_PROCESS_RUN_ENVIRONMENT_H

#include <staged/process.h>

/* The command's environment, ended with NULL; the texts are borrowed, and when nothing is changed
 * so is the vector.
 *   made   receives what is to be released with free(); NULL: nothing
 * Answers NULL when there is no memory. */
char *const *stg_environment_make(const staged_process_options *options, char ***made);
/* The value of a variable in such a vector; NULL: not set. */
const char *stg_environment_get(char *const *environment, const char *name);

#endif
