/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The classes of a script. */
#ifndef TOOL_SCRIPT_BUILD_H
#define TOOL_SCRIPT_BUILD_H

#include "tool/shell/shell.h"

/* Makes the classes of all files.  Adds what is wrong to the mistakes. */
void sh_build(sh_shell *shell);

/* The class that all files extend: it adds their arguments and hands the values to the shell. */
extern const staged_class sh_base_class;

/* ---- reading.c ---- */

sh_shell *sh_new_shell(void);
/* Stops the bash of each, also those of inner scripts, whose clean-up hooks have run at last. */
void sh_stop_all(void);
/* Starts the bash that reads a file.  Returns false, after a message, where it cannot.
 *   argv  what $0 is to be, and the arguments, ended by NULL */
bool sh_start_reading(sh_shell *shell, const char *path, char *const *argv);
/* Reads the file.  Returns whether there are no mistakes. */
bool sh_read_file(sh_shell *shell, const char *path);

/* ---- inner.c ---- */

/* Runs another script inside of the one that asks for it. */
staged_status sh_run_inner(sh_shell *outer, const sh_request *request, char *path,
                           const char *const *words);

#endif
