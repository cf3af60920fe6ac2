/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A run as all reports see it: stages, their attempts, and what happened in those, in order. */
#ifndef TOOL_REPORT_MODEL_H
#define TOOL_REPORT_MODEL_H

#include "tool/record/record.h"

/* The end of a chain, or none. */
#define TOOL_NONE SIZE_MAX

typedef enum tool_item_kind {
    TOOL_ITEM_COMMAND,
    TOOL_ITEM_EACH,   /* a command for each of many items, which stands in place of its listing */
    TOOL_ITEM_OUTPUT, /* of a stage's body, outside of commands */
    TOOL_ITEM_LOG
} tool_item_kind;

/* What a command came to, or each. */
typedef enum tool_command_state {
    TOOL_COMMAND_PASSED,
    TOOL_COMMAND_FAILED,
    TOOL_COMMAND_OPEN,  /* it runs, or the run died during it */
    TOOL_COMMAND_LISTED /* it was not run, as in a dry run */
} tool_command_state;

/* Something that happened in an attempt.  Times are elapsed since the run began.
 *   event    its line; for a command and each, the one that begins it
 *   command  of a command
 *   each     of each
 *   next     the next one of the same attempt, or TOOL_NONE */
typedef struct tool_report_item {
    tool_item_kind kind;
    const json_t *event;
    const tool_command *command;
    const tool_each *each;
    tool_command_state state;
    int64_t began_ns, duration_ns;
    size_t attempt;
    size_t next;
} tool_report_item;

/* An attempt; number 0 is what a stage does outside of its attempts.
 *   outcome  as the terminal's table has it
 *   message  why it did not pass, or "" */
typedef struct tool_report_attempt {
    size_t stage;
    int64_t number;
    const char *outcome;
    const char *message;
    int64_t began_ns, duration_ns;
    size_t first_item, last_item;
    size_t next;
} tool_report_attempt;

/* A stage that began, or was passed by an earlier run, or did not come to run (outcome "not run").
 * The one without a name is what the script does outside of stages. */
typedef struct tool_report_stage {
    const char *name;
    const char *heading;
    const char *outcome;
    const char *message;
    const json_t *where;
    int64_t began_ns, duration_ns;
    int64_t attempts; /* how many there were */
    size_t first_attempt, last_attempt;
    bool is_open;
} tool_report_stage;

/* All of it.  Texts belong to the record.
 *   failed  the command that failed, or in which the run died or is, or TOOL_NONE */
typedef struct tool_report {
    const tool_record *record;
    tool_report_stage *stages;
    size_t stage_count;
    tool_report_attempt *attempts;
    size_t attempt_count;
    tool_report_item *items;
    size_t item_count;
    size_t failed;
    const char *effective;  /* the command line */
    const json_t *selected; /* the names of the stages that were to run */
} tool_report;

/* Makes the model of a record, which must stay. */
void tool_report_make(tool_report *report, const tool_record *record);
void tool_report_free(tool_report *report);

/* "passed", "failed, exit status 1" and so on, which the caller frees. */
char *tool_report_result(const tool_report *report);
/* Whether a stage or attempt of this outcome is a failure. */
bool tool_outcome_is_bad(const char *outcome);
/* The word for an outcome, as the terminal's table has it. */
const char *tool_outcome_word(const char *outcome);
/* What was kept of an item's output: see tool_record_output.
 *   total  receives how many bytes there are */
char *tool_report_output(const tool_report *report, const tool_report_item *item, size_t most,
                         size_t *length, size_t *total);
/* The file that an item's output is in, from the folder of the record on; NULL: nothing was kept.
 */
const char *tool_report_output_file(const tool_report_item *item);

#endif
