/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The environment of a command. */
#ifndef STG_PROCESS_RUN_ENVIRONMENT_H
#define STG_PROCESS_RUN_ENVIRONMENT_H

#include <staged/process.h>

/* The command's environment, ended with NULL; the texts are borrowed, and so is the vector if
 * nothing changes.
 *   made   receives what is which the caller frees; NULL: nothing
 * Returns NULL when out of memory. */
char *const *stg_environment_make(const staged_process_options *options, char ***made);
/* The value of a variable in such a vector; NULL: not set. */
const char *stg_environment_get(char *const *environment, const char *name);

#endif
