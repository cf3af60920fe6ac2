/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The table of how long each run of a stage took and, where that says more, how it ended.
 * Source of its form: staged-script, _get_timing_report. */
#include <string.h>

#include "console/framework.h"
#include "script/report/timing_table.h"
#include "script/state/events.h"
#include "script/state/stage_state.h"

bool stg_has_options(const stg_stage *stage)
{
    const staged_method *row = stage->declaration;
    return row->always || row->needed || row->may_fail || row->retries != STAGED_AUTO;
}

static bool may_fail(const staged_script *script, const char *stage)
{
    const stg_stage *registered = stg_stage_of(script, stage);
    return registered != NULL && registered->declaration->may_fail;
}

/* Whether the script's classes have settings for stages that do not do their work. */
static bool says_more(const staged_script *script)
{
    for (size_t i = 0; i < script->stage_count; i++) {
        if (stg_has_options(&script->stages[i]))
            return true;
    }
    return false;
}

/* Whether an outcome deserves a column that the original's table does not have.  Skipped and
 * retried stages are part of a good run, and of the original's table; they are marked only where
 * stages have such settings. */
static bool is_remarkable(staged_outcome outcome, bool more)
{
    switch (outcome) {
    case STAGED_OUTCOME_FAILED:
    case STAGED_OUTCOME_INTERRUPTED:
        return true;
    case STAGED_OUTCOME_SKIPPED:
    case STAGED_OUTCOME_RETRYING:
    case STAGED_OUTCOME_ABANDONED:
        return more;
    case STAGED_OUTCOME_NONE:
    case STAGED_OUTCOME_PASSED:
    case STAGED_OUTCOME_EXITED:
        break;
    }
    return false;
}

static bool shows_results(const staged_script *script)
{
    const bool more = says_more(script);
    for (size_t i = 0; i < script->timings.count; i++) {
        const staged_stage_duration *row = &script->timings.items[i];
        if (row->earlier || is_remarkable(row->outcome, more))
            return true;
    }
    return false;
}

static staged_renderable *result(staged_outcome outcome, bool allowed)
{
    switch (outcome) {
    case STAGED_OUTCOME_PASSED:
        return staged_markup_new("[green]passed");
    case STAGED_OUTCOME_SKIPPED:
        return staged_markup_new("[dim]skipped");
    case STAGED_OUTCOME_RETRYING:
        return staged_markup_new("[yellow]retried");
    case STAGED_OUTCOME_ABANDONED:
        return allowed ? staged_markup_new("[yellow]abandoned (may fail)")
                       : staged_markup_new("[bold red]abandoned");
    case STAGED_OUTCOME_FAILED:
        return allowed ? staged_markup_new("[yellow]failed (may fail)")
                       : staged_markup_new("[bold red]failed");
    case STAGED_OUTCOME_EXITED:
        return staged_markup_new("exited");
    case STAGED_OUTCOME_INTERRUPTED:
        return staged_markup_new("[bold red]interrupted");
    case STAGED_OUTCOME_NONE:
        break;
    }
    return staged_text_new(NULL, "");
}

static staged_status add_rows(const staged_script *script, staged_renderable *table, size_t columns)
{
    for (size_t i = 0; i < script->timings.count; i++) {
        const staged_stage_duration *row = &script->timings.items[i];
        char duration[STAGED_DURATION_TEXT_SIZE];
        staged_duration_text(row->duration_ns, duration, sizeof duration);
        staged_renderable *cells[3] = {staged_text_new(NULL, row->stage),
                                       staged_text_new(NULL, duration)};
        if (columns == 3)
            cells[2] = row->earlier ? staged_markup_new("[dim]earlier")
                                    : result(row->outcome, may_fail(script, row->stage));
        STAGED_TRY(staged_table_add_row(table, NULL, cells, columns));
    }
    if (script->timings.status != STAGED_NO_MEMORY)
        return STAGED_OK;
    staged_renderable *cells[] = {staged_text_new(NULL, "(some are missing: out of memory)")};
    return staged_table_add_row(table, NULL, cells, 1);
}

static staged_status fill(const staged_script *script, staged_renderable *table)
{
    const bool results = shows_results(script);
    char total[STAGED_DURATION_TEXT_SIZE];
    staged_duration_text(stg_elapsed_ns(script), total, sizeof total);
    /* Where there is little room, names and numbers wrap: half of one would be useless. */
    const staged_column_options stage = {.size = sizeof stage,
                                         .header = "Stage",
                                         .footer = "Total",
                                         .overflow = STAGED_OVERFLOW_FOLD};
    const staged_column_options duration = {.size = sizeof duration,
                                            .header = "Duration",
                                            .footer = total,
                                            .overflow = STAGED_OVERFLOW_FOLD};
    STAGED_TRY(staged_table_add_column(table, &stage));
    STAGED_TRY(staged_table_add_column(table, &duration));
    if (results)
        STAGED_TRY(
            staged_table_add_column(table, STAGED_OPTIONS(staged_column_options, .header = "Result",
                                                          .overflow = STAGED_OVERFLOW_FOLD)));
    return add_rows(script, table, results ? 3 : 2);
}

staged_renderable *stg_timing_table(const staged_script *script)
{
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .show_footer = true));
    if (fill(script, table) == STAGED_OK)
        return stg_edge_new(table);
    staged_renderable_free(table);
    return NULL;
}
