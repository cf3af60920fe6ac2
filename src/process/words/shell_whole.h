/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Whether a shell finds all of a command in its text. */
#ifndef STG_PROCESS_WORDS_SHELL_WHOLE_H
#define STG_PROCESS_WORDS_SHELL_WHOLE_H

#include <stdbool.h>

/* Whether a command is surely whole: all that it begins (if, {, a subshell, a pipe) it ends, and
 * nothing else.  One that is not would take the commands behind it along, or end a shell that reads
 * them all.  Not all that shells accept is known here: false says nothing. */
bool stg_shell_is_whole(const char *command);

#endif
