/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs shell scripts. */
#ifndef TOOL_SCRIPT_SCRIPT_H
#define TOOL_SCRIPT_SCRIPT_H

#include <stdbool.h>

/* Runs the shell script named by the first word, with the others as its command line.  Returns the
 * exit status. */
int tool_script(int argc, char **argv);
/* Checks what a shell script declares, and reports all mistakes, without calling any of its
 * functions.  Returns the exit status.
 *   is_strict  hints are mistakes, too */
int tool_check_script(const char *path, bool is_strict);

#endif
