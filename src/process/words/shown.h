/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands as shown to people, who paste them into a shell. */
#ifndef STG_PROCESS_WORDS_SHOWN_H
#define STG_PROCESS_WORDS_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Adds a command so that a shell that reads what was added does what one does that reads `command`,
 * and so that nothing is lost on the way through a terminal or a file: control characters and
 * broken UTF-8 become substitutions of printf.  An incomplete command, such as one with an open
 * quote, would swallow what follows it; it is passed to its own shell. ascii  no other characters
 * can be shown */
void stg_show_command(stg_buf *out, const char *command, bool ascii);
/* The same for a program and its arguments, `count` > 0: also where the shell has a word or a
 * command of its own by that name. */
void stg_show_words(stg_buf *out, const char *const *words, size_t count);
/* Adds a command that leaves the shell that it is pasted into as it was: one that goes to another
 * directory or ends the shell, say, stands in parentheses, and what `before` says is done there
 * first. before  commands, each ended with "; "; "": none */
void stg_show_apart(stg_buf *out, const char *before, const char *command);
/* Adds a comment, whose control characters become blanks, to a command; "": none. */
void stg_show_comment(stg_buf *command, const char *comment);

/* What stands before a part of a command. */
typedef enum stg_gap {
    STG_GAP_BLANK, /* blanks: a line can be broken here, with a backslash */
    STG_GAP_CONTINUED /* a line that is broken */,
    STG_GAP_LINE /* the end of a line, and so of a command; or nothing: it is the first one */
} stg_gap;

/* A word, or a comment with all that follows it in its line. */
typedef struct stg_part {
    size_t at, length;
    stg_gap gap;
    size_t indent; /* blanks directly before it */
} stg_part;

/* How a command can be laid out anew.  All memory is its own. */
typedef struct stg_parts {
    stg_part *items;
    size_t count, capacity;
    bool movable;  /* lines can be broken and indented; otherwise there are no parts */
    bool comment;  /* it ends in a comment: nothing but a comment can be added to the last line */
    bool document; /* it ends in a here-document: nothing can be added to the last line */
    bool failed;   /* there was no memory */
} stg_parts;

stg_parts stg_parts_of(const char *command);
void stg_parts_free(stg_parts *parts);

#endif
