/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/runs/figures.h"

#include <stdlib.h>
#include <string.h>

#include "tool/runs/scan.h"

static tool_figures *figures_of(tool_figure_list *all, const char *script, const char *stage)
{
    for (size_t i = 0; i < all->count; i++) {
        tool_figures *item = &all->items[i];
        if (strcmp(item->script, script) == 0 &&
            (stage == NULL ? item->stage == NULL
                           : item->stage != NULL && strcmp(item->stage, stage) == 0))
            return item;
    }
    all->items = sh_grown(all->items, all->count, sizeof *all->items);
    all->items[all->count] =
        (tool_figures){.script = sh_copy(script), .stage = stage == NULL ? NULL : sh_copy(stage)};
    return &all->items[all->count++];
}

void tool_figures_add_run(tool_figure_list *all, const tool_row *run)
{
    tool_figures *item = figures_of(all, run->stem, NULL);
    const bool has_passed = run->outcome == TOOL_RUN_PASSED;
    item->runs++;
    item->ended += run->outcome != TOOL_RUN_RUNNING;
    item->passed += has_passed;
    if (has_passed)
        tool_series_add(&item->series, run->duration_ns);
}

tool_stage_row tool_stage_read(sqlite3_stmt *row)
{
    return (tool_stage_row){.name = tool_column_text(row, 0),
                            .attempts = sqlite3_column_int64(row, 1),
                            .outcome = tool_column_text(row, 2),
                            .duration_ns = sqlite3_column_int64(row, 3),
                            .is_earlier = sqlite3_column_int(row, 4) != 0};
}

bool tool_stage_has_passed(const tool_stage_row *stage)
{
    return strcmp(stage->outcome, "passed") == 0;
}

bool tool_stage_is_flaky(const tool_stage_row *stage)
{
    return tool_stage_has_passed(stage) && !stage->is_earlier && stage->attempts > 1;
}

void tool_figures_add_stage(tool_figure_list *all, const char *script, const tool_stage_row *stage)
{
    tool_figures *item = figures_of(all, script, stage->name);
    const bool has_passed = tool_stage_has_passed(stage);
    if (stage->is_earlier)
        return;
    item->runs++;
    if (!has_passed && strcmp(stage->outcome, "failed") != 0 &&
        strcmp(stage->outcome, "abandoned") != 0)
        return;
    item->ended++;
    item->passed += has_passed;
    item->flaky += tool_stage_is_flaky(stage);
    if (has_passed)
        tool_series_add(&item->series, stage->duration_ns);
}

void tool_figures_free(tool_figure_list *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].script);
        free(all->items[i].stage);
        tool_series_free(&all->items[i].series);
    }
    free(all->items);
    *all = (tool_figure_list){0};
}
