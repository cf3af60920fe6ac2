/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands assembled piece by piece. */
#ifndef STG_SCRIPT_COMMAND_SHELL_LINE_H
#define STG_SCRIPT_COMMAND_SHELL_LINE_H

#include "base/text/buf.h"
#include "script/state/object.h"

/* Releases a script's lines. */
void stg_shell_lines_free(staged_shell_line *lines);

#endif
