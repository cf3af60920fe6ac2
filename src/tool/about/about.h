/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the program says about itself: its help, its version, its completion, its man page. */
#ifndef TOOL_ABOUT_ABOUT_H
#define TOOL_ABOUT_ABOUT_H

#include "tool/common/verb.h"

/* Reads a command line that begins with an option, or is empty, and does what it says.
 *   verbs, count   all there are
 *   argc, argv     the words after the program's name
 * Returns the exit status. */
int tool_about(const tool_verb *const *verbs, size_t count, int argc, char **argv);

#endif
