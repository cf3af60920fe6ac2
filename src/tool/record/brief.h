/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An event in brief: what a digest needs of it.  To read no more than that from a line takes a
 * tenth of the time. */
#ifndef TOOL_RECORD_BRIEF_H
#define TOOL_RECORD_BRIEF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "tool/common/text.h"

/* A number, or 0 or 1. */
typedef struct tool_brief_number {
    bool is_there;
    int64_t value;
} tool_brief_number;

/* Members of the same names; a text that is not there is NULL.  Texts are borrowed.
 *   words  the arguments after the first, quoted; empty: none */
typedef struct tool_brief {
    const char *event, *stage, *command, *outcome, *message;
    const char *script, *id, *path, *host, *resumes, *hash;
    tool_brief_number wall_ns, elapsed_ns, attempt, number, exit_code, duration_ns, exit_status,
        pid;
    tool_brief_number expected, earlier, lock;
    sh_text words;
    sh_text bytes; /* of the texts */
} tool_brief;

/* Empties one, which keeps its memory; all zero is an empty one. */
void tool_brief_clear(tool_brief *brief);
void tool_brief_free(tool_brief *brief);
/* Takes it from an event, which it borrows texts of. */
void tool_brief_take(tool_brief *brief, const json_t *event);
/* Reads it from a line as the writer of records writes most.  Returns whether it is one: any other
 * may be an event, too. */
bool tool_brief_read(tool_brief *brief, const char *line, size_t length);
/* The number, or another one where there is none. */
int64_t tool_brief_value(tool_brief_number number, int64_t otherwise);

#endif
