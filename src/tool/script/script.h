/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Running a shell script. */
#ifndef TOOL_SCRIPT_SCRIPT_H
#define TOOL_SCRIPT_SCRIPT_H

/* Runs the shell script that the first word names, with the others as its command line.  Returns
 * the exit status. */
int tool_script(int argc, char **argv);
/* Looks for mistakes in what a shell script declares, and tells all of them.  None of its functions
 * is called.  Returns the exit status. */
int tool_check_script(const char *path);

#endif
