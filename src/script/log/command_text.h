/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands as renderables.  Copied from the log and pasted into a shell, they do the same again:
 * lines are broken only between words, with a backslash, and only where a terminal would break them
 * anyway; in a pipe or a file a command has one line, unless it was written over several.  They are
 * never cut. */
#ifndef STG_SCRIPT_LOG_COMMAND_TEXT_H
#define STG_SCRIPT_LOG_COMMAND_TEXT_H

#include <stdbool.h>

#include <staged/renderable.h>

/* The indent of a command below its description. */
enum { STG_COMMAND_INDENT = 4 };

/* The texts are copied.
 *   command    what a shell is to read
 *   lead       text before it, on the same line if the command is a single line; NULL: none
 *   before     commands to run first, each ending in "; "; NULL: none
 *   apart      it must not change the shell into which it is pasted
 *   comment    after it; NULL: none
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
