/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the program says about itself: help, version, completion, man page. */
#ifndef TOOL_ABOUT_ABOUT_H
#define TOOL_ABOUT_ABOUT_H

#include "tool/common/verb.h"

/* Handles a command line that is empty or begins with an option.
 *   verbs, count   all verbs
 *   argc, argv     the words after the program's name
 * Returns the exit status. */
int tool_about(const tool_verb *const *verbs, size_t count, int argc, char **argv);

#endif
