/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The last runs of a script, each with its stages. */
#ifndef TOOL_SEVERAL_HISTORY_H
#define TOOL_SEVERAL_HISTORY_H

#include "tool/runs/figures.h"

/* What became of a stage in a run, or of a run.
 *   word    "passed", "passed after a retry" and so on
 *   symbol  a character, of UTF-8
 *   class   of the style sheet */
typedef struct tool_mark {
    const char *word;
    const char *symbol;
    const char *class;
} tool_mark;

/* A stage in a run; the outcome is NULL where it did not run. */
typedef struct tool_cell {
    char *outcome;
    int64_t attempts, duration_ns;
    bool is_earlier;
} tool_cell;

/* All of it.
 *   runs   the latest first
 *   cells  of each run in turn, one for each name
 *   whole  how the script goes, and `stages` its stages, in the order of `names` */
typedef struct tool_history {
    char *folder; /* of all records */
    char *script;
    tool_rows runs;
    char **names;
    size_t name_count;
    tool_cell *cells;
    tool_figure_list whole, stages;
    int64_t total; /* how many runs are recorded */
} tool_history;

/* Reads the last runs of a script.
 *   most  how many
 * Returns the exit status; says why there is nothing to be shown. */
int tool_history_read(tool_history *history, const char *script, int64_t most);
void tool_history_free(tool_history *history);

const tool_cell *tool_history_cell(const tool_history *history, size_t run, size_t name);
/* The figures of a stage; NULL: no run has any. */
const tool_figures *tool_history_figures(const tool_history *history, size_t name);
bool tool_cell_is_flaky(const tool_cell *cell);
/* What became of a run, and of a stage in it. */
tool_mark tool_mark_of_run(const tool_row *run);
tool_mark tool_mark_of_cell(const tool_row *run, const tool_cell *cell);
/* All marks that there are, the last of which is empty. */
const tool_mark *tool_marks(void);

#endif
