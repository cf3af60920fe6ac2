/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Looking for regular expressions in the lines that a command writes. */
#ifndef TOOL_RUN_WATCH_H
#define TOOL_RUN_WATCH_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

/* The most of a line that is looked at at once.  Of a longer one, pieces that overlap by half. */
enum { TOOL_WATCH_LONGEST = 64 * 1024 };

/* The patterns, extended as of POSIX.  All zero: none. */
typedef struct tool_patterns {
    regex_t *items;
    size_t count;
} tool_patterns;

/* Adds one.
 *   message, size  receive why it cannot be read
 * Returns whether it was added. */
bool tool_patterns_add(tool_patterns *patterns, const char *pattern, char *message, size_t size);
void tool_patterns_free(tool_patterns *patterns);

/* One stream that is looked at, and whether one of the patterns was in it. */
typedef struct tool_watch {
    const tool_patterns *patterns; /* borrowed */
    char *line;                    /* what came of the current one */
    size_t length;
    bool has_found;
} tool_watch;

/* Returns false when out of memory. */
bool tool_watch_begin(tool_watch *watch, const tool_patterns *patterns);
/* Looks at further bytes, cut anywhere. */
void tool_watch_add(tool_watch *watch, const char *bytes, size_t length);
/* Nothing more comes: looks at a last line without an end, and begins anew.  Returns whether one of
 * the patterns was found. */
bool tool_watch_end(tool_watch *watch);
void tool_watch_free(tool_watch *watch);

#endif
