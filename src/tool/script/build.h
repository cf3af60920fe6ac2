/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Makes the classes of a script. */
#ifndef TOOL_SCRIPT_BUILD_H
#define TOOL_SCRIPT_BUILD_H

#include "tool/shell/shell.h"

/* Makes the classes of all files.  Adds what is wrong with them to the mistakes. */
void sh_build(sh_shell *shell);

/* The class that all files extend: it adds their arguments and passes the values to the shell. */
extern const staged_class sh_base_class;

/* ---- reading.c ---- */

sh_shell *sh_new_shell(void);
/* Stops every bash, including those of inner scripts, whose clean-up hooks have run by then. */
void sh_stop_all(void);
/* Starts the bash that reads a file.  Returns false, after a message, if it cannot.
 *   argv  $0 and the arguments, terminated by NULL */
bool sh_start_reading(sh_shell *shell, const char *path, char *const *argv);
/* Reads the file.  Returns whether it has no mistakes. */
bool sh_read_file(sh_shell *shell, const char *path);

/* ---- hints.c ---- */

/* Prints, with file and line, which names of places are declared neither by the script's files nor
 * by the operator's: here they are not known, elsewhere they may be.  Returns how many. */
size_t sh_tell_hints(sh_shell *shell);

/* ---- inner.c ---- */

/* Runs a script inside the one that asks for it. */
staged_status sh_run_inner(sh_shell *outer, const sh_request *request, char *path,
                           const char *const *words);

#endif
