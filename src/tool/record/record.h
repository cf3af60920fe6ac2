/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The whole record of a run. */
#ifndef TOOL_RECORD_RECORD_H
#define TOOL_RECORD_RECORD_H

#include "tool/record/digest.h"
#include "tool/record/each.h"

/* A command.  `end` is NULL while it runs, or when the run died; `place` is the last that was said
 * of it while it ran elsewhere, NULL: nothing. */
typedef struct tool_command {
    const json_t *begin;
    const json_t *end;
    const json_t *place;
} tool_command;

/* An attempt of a stage, or a stage that had none: how it ended, as a stage's outcome is called, or
 * "died", "running" or "earlier". */
typedef struct tool_attempt {
    const char *stage;
    const char *outcome;
    int64_t duration_ns;
} tool_attempt;

/* A record; what it has belongs to it.
 *   run     its first line
 *   events  all others, in order */
typedef struct tool_record {
    char *folder;
    const json_t *run;
    json_t *events;
    tool_digest digest;
    tool_command *commands;
    size_t command_count;
    tool_attempt *attempts;
    size_t attempt_count;
    tool_eaches eaches;
    tool_lines lines; /* to read on, where the run goes on */
} tool_record;

/* Reads a record.
 *   folder  of the run; taken over
 * Returns false if there is none that can be read, and says why. */
bool tool_record_read(tool_record *record, char *folder);
/* Adds an event that was read since, which it takes over. */
void tool_record_add(tool_record *record, json_t *event);
void tool_record_free(tool_record *record);

/* The attempt that was not over when the record ended.  Returns whether there is one. */
bool tool_record_unfinished(const tool_record *record, tool_attempt *attempt);
/* The command that failed, or that the run died or is in; NULL: there is none. */
const tool_command *tool_record_failed(const tool_record *record);
/* Reads what was kept of a command's output.
 *   most    how many bytes, of its end; 0: all
 * Returns bytes that the caller frees, ended with NUL; NULL: nothing was kept. */
char *tool_record_output(const tool_record *record, const json_t *end, size_t most, size_t *length);
/* What is to be said of how a command ended: "exit code 2", "" for a success; which the caller
 * frees. */
char *tool_command_result(const tool_command *command);
/* Where it ran, if not here: "hpc, job 4711 on n3, after 12 s in the queue"; otherwise "".  The
 * caller frees it. */
char *tool_command_place(const tool_command *command);
/* Why its place failed, as a word; NULL: it did not, and the exit code is the command's own. */
const char *tool_command_place_failure(const tool_command *command);
/* Both, as a comment behind the command; "" for a success here.  The caller frees it. */
char *tool_command_comment(const tool_command *command);
/* What is to be said of how an item of each ended: the same, or else its outcome. */
char *tool_item_result(const json_t *item);

/* Adds who ran it, and where: "ann on host, process 12". */
void tool_record_add_runner(sh_text *text, const tool_record *record);

#endif
