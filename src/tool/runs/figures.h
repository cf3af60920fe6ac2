/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How scripts and their stages go: what `staged stats` shows, and the page about many runs. */
#ifndef TOOL_RUNS_FIGURES_H
#define TOOL_RUNS_FIGURES_H

#include "tool/runs/rows.h"
#include "tool/runs/series.h"

/* Of a script, or a stage of one.
 *   stage    NULL: the whole script
 *   ended    how many runs of it passed or not: neither skipped, nor died
 *   flaky    how many of these passed, but only after a retry
 *   series   how long those took that passed, the earliest first */
typedef struct tool_figures {
    char *script;
    char *stage;
    int64_t runs;
    int64_t ended, passed, flaky;
    tool_series series;
} tool_figures;

/* All zero: none. */
typedef struct tool_figure_list {
    tool_figures *items;
    size_t count;
} tool_figure_list;

/* A stage in a run, as the index has it. */
typedef struct tool_stage_row {
    const char *name, *outcome;
    int64_t attempts, duration_ns;
    bool is_earlier;
} tool_stage_row;

/* Its columns, after which a query may have more, and how they are read; texts are the row's. */
#define TOOL_STAGE_COLUMNS "name, attempts, stages.outcome, stages.duration_ns, earlier"
tool_stage_row tool_stage_read(sqlite3_stmt *row);
/* Whether it passed, and whether only after a retry. */
bool tool_stage_has_passed(const tool_stage_row *stage);
bool tool_stage_is_flaky(const tool_stage_row *stage);

/* Takes a run, or a stage of one, into account; the earliest first. */
void tool_figures_add_run(tool_figure_list *all, const tool_row *run);
void tool_figures_add_stage(tool_figure_list *all, const char *script, const tool_stage_row *stage);
void tool_figures_free(tool_figure_list *all);

#endif
