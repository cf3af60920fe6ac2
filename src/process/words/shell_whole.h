/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Whether a text is a complete shell command. */
#ifndef STG_PROCESS_WORDS_SHELL_WHOLE_H
#define STG_PROCESS_WORDS_SHELL_WHOLE_H

#include <stdbool.h>

/* Whether a command is certainly complete: it ends everything it begins (if, {, a subshell, a
 * pipe), and nothing else.  An incomplete one would swallow the commands after it, or end a shell
 * that reads them all.  Not all of the shell's syntax is known here: false proves nothing. */
bool stg_shell_is_whole(const char *command);

#endif
