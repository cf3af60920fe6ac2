/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Searches the lines that a command writes for regular expressions. */
#ifndef TOOL_RUN_WATCH_H
#define TOOL_RUN_WATCH_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

/* The most of a line that is searched at once.  A longer line is searched in pieces that overlap by
 * half. */
enum { TOOL_WATCH_LONGEST = 64 * 1024 };

/* POSIX extended regular expressions.  All zero: none. */
typedef struct tool_patterns {
    regex_t *items;
    size_t count;
} tool_patterns;

/* Adds a pattern.
 *   message, size  receive what is wrong with it
 * Returns whether it was added. */
bool tool_patterns_add(tool_patterns *patterns, const char *pattern, char *message, size_t size);
void tool_patterns_free(tool_patterns *patterns);

/* A stream being searched, and whether a pattern was found in it. */
typedef struct tool_watch {
    const tool_patterns *patterns; /* borrowed */
    char *line;                    /* what there is of the current line */
    size_t length;
    bool has_found;
} tool_watch;

/* Returns false when out of memory. */
bool tool_watch_begin(tool_watch *watch, const tool_patterns *patterns);
/* Searches further bytes, which may be split anywhere. */
void tool_watch_add(tool_watch *watch, const char *bytes, size_t length);
/* Call it at the end: searches an unfinished last line, and starts over.  Returns whether a pattern
 * was found. */
bool tool_watch_end(tool_watch *watch);
void tool_watch_free(tool_watch *watch);

#endif
