/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs, as the index has them: those that a filter lets through, and the one that a name means. */
#ifndef TOOL_RUNS_ROWS_H
#define TOOL_RUNS_ROWS_H

#include <staged/args.h>

#include "tool/record/digest.h"
#include "tool/runs/index.h"

/* A run.  Texts are "" where there is none. */
typedef struct tool_row {
    int64_t run; /* its number in the index */
    char *stem, *id;
    int64_t began_ns, duration_ns;
    tool_run_outcome outcome;
    int64_t exit_status;
    char *stage, *command, *message;
    int64_t pid;
    char *host, *path, *arguments, *resumes;
    int64_t commands;
} tool_row;

typedef struct tool_rows {
    tool_row *items;
    size_t count;
} tool_rows;

/* Adds the arguments that filter runs. */
void tool_filter_add_arguments(staged_parser *parser);
/* Reads the runs that they let through, the latest first.
 *   most   how many; negative: all
 *   total  receives how many there are; NULL: not counted
 * Returns false after a failure, which was said. */
bool tool_rows_filter(tool_rows *rows, tool_index *index, staged_namespace *arguments, int64_t most,
                      int64_t *total);
/* Their condition, "WHERE ...", whose values are added to the query. */
sh_text tool_filter_condition(tool_query *query, staged_namespace *arguments);
/* Reads the runs that a query finds, whose columns are those of `SELECT * FROM runs`. */
bool tool_rows_read(tool_rows *rows, tool_index *index, tool_query *query);
void tool_rows_free(tool_rows *rows);
/* What is to be said of how a run ended, and where; "" for one that passed. */
sh_text tool_row_place(const tool_row *row);

/* The folder of the run that a name means, which the caller frees: "latest", "failed", "-2",
 * the beginning of an id, the name of a script, SCRIPT:NAME, or a path.
 * NULL: there is none, or there are several, and the reason was said. */
char *tool_run_find(const char *name);
/* Writes the names that completion offers, a line each: of scripts, and if they are to be of runs,
 * of the latest of those, too.  Returns whether it could. */
bool tool_run_print_names(bool of_runs);
/* The argument for such a name. */
void tool_run_add_argument(staged_parser *parser, const char *name, const char *help,
                           bool optional);

#endif
