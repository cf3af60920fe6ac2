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

#endif
