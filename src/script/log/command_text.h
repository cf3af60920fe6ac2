/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands as renderables.  What is copied from where they were drawn can be pasted into a shell
 * and does there what they did: lines are broken between words only, with a backslash, and only
 * where a terminal would break them otherwise; in a pipe or a file a command has one line, unless
 * it was written over several.  They are never cut. */
#ifndef STG_SCRIPT_LOG_COMMAND_TEXT_H
#define STG_SCRIPT_LOG_COMMAND_TEXT_H

#include <stdbool.h>

#include <staged/renderable.h>

/* Columns before a command that stands below what is said of it. */
enum { STG_COMMAND_INDENT = 4 };

/* The texts are copied.
 *   command    what a shell is to read
 *   lead       text before it, on the same line if the command has one; NULL: none
 *   before     commands that are to be done first, each ended with "; "; NULL: none
 *   apart      it must not change the shell that it is pasted into
 *   comment    behind it; NULL: none
 *   indent     columns before it
 *   highlight  colours numbers, paths and so on, as in a log line */
typedef struct stg_command_text_options {
    const char *command;
    const char *lead;
    const char *before;
    const char *comment;
    int indent;
    bool apart;
    bool highlight;
} stg_command_text_options;

/* NULL: out of memory. */
staged_renderable *stg_command_text_new(const stg_command_text_options *options);

#endif
