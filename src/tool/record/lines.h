/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The lines of a record, whose file may still grow. */
#ifndef TOOL_RECORD_LINES_H
#define TOOL_RECORD_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "tool/record/brief.h"

/* Whether a run goes on. */
typedef enum tool_life {
    TOOL_LIFE_UNKNOWN =
        0,             /* nobody can tell from here: there are no locks, and it is another host */
    TOOL_LIFE_RUNNING, /* its process lives */
    TOOL_LIFE_OVER     /* it does not: what is written is all there is */
} tool_life;

typedef struct tool_lines {
    int fd;
    char *bytes; /* of `length`, of which `done` were returned as lines */
    size_t length;
    size_t capacity;
    size_t done;
    json_t *event; /* the last one, if it was too much for a brief; NULL: it was not */
} tool_lines;

/* Opens the record of a run.
 *   folder  of the run
 * Returns an errno. */
int tool_lines_open(tool_lines *lines, const char *folder);
/* The next event, which the caller frees; NULL: there is none so far.  What is not the JSON of an
 * event is passed over, and a line without an end is waited for. */
json_t *tool_lines_next(tool_lines *lines);
/* The same in brief, of the kinds that are wanted.  The brief is valid until the next call, and
 * freed at the end.  Returns whether there is one. */
bool tool_lines_next_brief(tool_lines *lines, tool_brief *brief, bool (*wants)(const char *kind));
/* Whether somebody holds the lock of the record.
 *   run  its first line.  A file without one is not looked up: its run is about to lock it */
tool_life tool_lines_life(const tool_lines *lines, const json_t *run);
tool_life tool_lines_life_in_brief(const tool_lines *lines, const tool_brief *run);
void tool_lines_close(tool_lines *lines);

#endif
