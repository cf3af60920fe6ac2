/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is to be known of a run at a glance. */
#ifndef TOOL_RECORD_DIGEST_H
#define TOOL_RECORD_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "tool/common/text.h"
#include "tool/record/lines.h"

/* How a run ended, or that it did not; in the index, too, so numbers stay. */
typedef enum tool_run_outcome {
    TOOL_RUN_PASSED = 0,
    TOOL_RUN_FAILED = 1,
    TOOL_RUN_INTERRUPTED = 2,
    TOOL_RUN_DIED = 3,    /* without a last line, and nobody writes on */
    TOOL_RUN_RUNNING = 4, /* or so it seems: see TOOL_LIFE_UNKNOWN */
    TOOL_RUN_OUTCOME_COUNT
} tool_run_outcome;

/* "passed" and so on, and the style of that word. */
const char *tool_run_outcome_name(tool_run_outcome outcome);
const char *tool_run_outcome_style(tool_run_outcome outcome);

/* A stage that ran: its name, how often it was tried, how it ended ("" if it did not), how long it
 * took, and whether an earlier run did it. */
typedef struct tool_digest_stage {
    char *name;
    int64_t attempts;
    char *outcome;
    int64_t duration_ns;
    bool is_earlier;
} tool_digest_stage;

/* All zero: nothing is known yet.
 *   stage, command  where it is or died, or what failed; NULL: nowhere
 *   commands        the texts of all commands, each with a line feed */
typedef struct tool_digest {
    char *script, *id, *path, *host, *resumes, *hash, *arguments;
    int64_t pid;
    int64_t began_ns, last_ns, duration_ns; /* by the wall clock, and elapsed since then */
    int64_t exit_status;
    tool_run_outcome outcome;
    bool has_begun, has_ended;
    char *stage, *command, *message;
    char *failed_stage, *failed_command; /* the last that were, while the run goes on */
    int64_t command_number;
    int64_t command_count;
    sh_text commands;
    tool_digest_stage *stages;
    size_t stage_count;
} tool_digest;

/* Takes an event into account, in order. */
void tool_digest_add(tool_digest *digest, const json_t *event);
/* Nothing more is there to be read: what that says of the run. */
void tool_digest_end(tool_digest *digest, tool_life life);
/* Reads all that is there.
 *   folder  of the run
 * Returns whether there is a record that can be read. */
bool tool_digest_read(tool_digest *digest, const char *folder);
void tool_digest_free(tool_digest *digest);

#endif
