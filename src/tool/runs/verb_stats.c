/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged stats`: how the runs of scripts go. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/common/verb.h"
#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/runs/figures.h"
#include "tool/runs/page.h"
#include "tool/runs/rows.h"
#include "tool/runs/scan.h"

static void add_arguments(staged_parser *parser)
{
    tool_filter_add_arguments(parser);
    staged_parser_add_argument(parser, "--json", .action = STAGED_ARG_STORE_TRUE,
                               .help = "write the figures as JSON, an array of objects");
}

/* ---- Collecting ---- */

/* A row of a stage: what figures.h says, and its script. */
static void take_stage(void *context, sqlite3_stmt *row)
{
    const tool_stage_row stage = tool_stage_read(row);
    tool_figures_add_stage(context, tool_column_text(row, 5), &stage);
}

static void forget(void *context)
{
    tool_figures_free(context);
}

/* The runs, which are few enough to be named, and their stages. */
static bool collect(tool_index *index, staged_namespace *arguments, tool_figure_list *scripts,
                    tool_figure_list *stages)
{
    tool_rows rows;
    bool is_read = tool_rows_filter(&rows, index, arguments, -1, NULL);
    for (size_t i = rows.count; i > 0; i--)
        tool_figures_add_run(scripts, &rows.items[i - 1]);
    tool_rows_free(&rows);
    tool_query query = {.take = take_stage, .forget = forget, .context = stages};
    sh_text where = tool_filter_condition(&query, arguments);
    sh_text sql = {0};
    sh_text_addf(&sql,
                 "SELECT " TOOL_STAGE_COLUMNS ", stem FROM "
                 "(SELECT run, stem, began_ns FROM runs %s) JOIN stages USING (run) "
                 "ORDER BY began_ns, run, place",
                 sh_text_of(&where));
    query.sql = sh_text_of(&sql);
    is_read = is_read && tool_index_read(index, &query);
    sh_text_free(&sql);
    sh_text_free(&where);
    return is_read;
}

/* ---- Showing ---- */

static staged_renderable *cell(const char *style, const char *text)
{
    return staged_text_new(STAGED_OPTIONS(staged_text_options, .style = style), text);
}

static staged_renderable *rate_cell(const tool_figures *item)
{
    char text[TOOL_MOMENT_SIZE] = "";
    if (item->ended > 0)
        (void)snprintf(text, sizeof text, "%.0f %%",
                       100 * (double)item->passed / (double)item->ended);
    return cell(item->passed < item->ended ? "red" : "green", text);
}

static staged_renderable *duration_cell(const tool_figures *item, double part)
{
    char text[TOOL_MOMENT_SIZE] = "";
    if (item->series.count > 0)
        (void)tool_duration_text(tool_series_quantile(&item->series, part), text);
    return cell(NULL, text);
}

static staged_renderable *trend_cell(const tool_figures *item)
{
    char text[TOOL_MOMENT_SIZE] = "";
    double trend;
    if (tool_series_trend(&item->series, &trend))
        (void)snprintf(text, sizeof text, "%+.0f %%", 100 * trend);
    return cell(NULL, text);
}

static void add_row(staged_renderable *table, const tool_figures *item)
{
    char runs[TOOL_MOMENT_SIZE];
    char flaky[TOOL_MOMENT_SIZE] = "";
    sh_text line = tool_series_sparkline(&item->series);
    (void)snprintf(runs, sizeof runs, "%" PRId64, item->runs);
    if (item->flaky > 0)
        (void)snprintf(flaky, sizeof flaky, "%" PRId64, item->flaky);
    staged_renderable *cells[] = {
        cell(item->stage == NULL ? "bold" : NULL, item->stage == NULL ? item->script : item->stage),
        cell(NULL, runs),
        rate_cell(item),
        cell("yellow", flaky),
        duration_cell(item, 0.5),
        duration_cell(item, 0.95),
        trend_cell(item),
        cell("cyan", sh_text_of(&line))};
    (void)staged_table_add_row(table, NULL, cells, sizeof cells / sizeof cells[0]);
    sh_text_free(&line);
}

static int show(const tool_figure_list *scripts, const tool_figure_list *stages)
{
    static const char *const headers[] = {"",       "Runs", "Passed", "Retried",
                                          "Median", "p95",  "Trend",  "Durations"};
    staged_console *console = tool_page_console();
    staged_status status = STAGED_OK;
    if (scripts->count == 0)
        status = staged_console_print(console, "No such run is recorded.");
    for (size_t i = 0; i < scripts->count && status == STAGED_OK; i++) {
        staged_renderable *table = staged_table_new(STAGED_OPTIONS(
            staged_table_options, .box = STAGED_BOX_SIMPLE_HEAD, .show_edge = STAGED_NO,
            .pad_edge = STAGED_NO, .padding = {.given = true, .right = 1}));
        for (size_t j = 0; j < sizeof headers / sizeof headers[0]; j++)
            (void)staged_table_add_column(
                table, STAGED_OPTIONS(staged_column_options, .header = headers[j],
                                      .justify = j > 0 && j < 7 ? STAGED_JUSTIFY_RIGHT
                                                                : STAGED_JUSTIFY_LEFT,
                                      .overflow = STAGED_OVERFLOW_FOLD, .no_wrap = j > 0));
        add_row(table, &scripts->items[i]);
        for (size_t j = 0; j < stages->count; j++) {
            if (strcmp(stages->items[j].script, scripts->items[i].script) == 0)
                add_row(table, &stages->items[j]);
        }
        if (i > 0)
            status = staged_console_print_text(console, NULL, "");
        if (status == STAGED_OK)
            status = staged_console_print_renderable(console, NULL, table);
        staged_renderable_free(table);
    }
    return tool_page_end(console, status);
}

static void add_json(json_t *all, const tool_figures *item)
{
    json_t *json = json_object();
    double trend;
    const bool has_trend = tool_series_trend(&item->series, &trend);
    (void)json_object_set_new(json, "script", tool_json_of(item->script));
    (void)json_object_set_new(json, "stage", tool_json_of(item->stage));
    (void)json_object_set_new(json, "runs", json_integer(item->runs));
    (void)json_object_set_new(json, "ended", json_integer(item->ended));
    (void)json_object_set_new(json, "passed", json_integer(item->passed));
    (void)json_object_set_new(json, "passed_after_retry", json_integer(item->flaky));
    (void)json_object_set_new(json, "median_ns",
                              item->series.count > 0
                                  ? json_integer(tool_series_quantile(&item->series, 0.5))
                                  : json_null());
    (void)json_object_set_new(json, "p95_ns",
                              item->series.count > 0
                                  ? json_integer(tool_series_quantile(&item->series, 0.95))
                                  : json_null());
    (void)json_object_set_new(json, "trend", has_trend ? json_real(trend) : json_null());
    (void)json_array_append_new(all, json);
}

static int write_json(const tool_figure_list *scripts, const tool_figure_list *stages)
{
    json_t *all = json_array();
    for (size_t i = 0; i < scripts->count; i++)
        add_json(all, &scripts->items[i]);
    for (size_t i = 0; i < stages->count; i++)
        add_json(all, &stages->items[i]);
    return tool_page_write_json(all);
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    tool_index index;
    tool_figure_list scripts = {0};
    tool_figure_list stages = {0};
    int exit_status = TOOL_FAILED;
    (void)parser;
    if (!tool_index_open(&index))
        return TOOL_FAILED;
    if (collect(&index, arguments, &scripts, &stages))
        exit_status = staged_namespace_bool(arguments, "json") ? write_json(&scripts, &stages)
                                                               : show(&scripts, &stages);
    tool_figures_free(&scripts);
    tool_figures_free(&stages);
    tool_index_close(&index);
    return exit_status;
}

const tool_verb tool_verb_stats = {
    .name = "stats",
    .help = "tell how often scripts and their stages pass, and how long they take",
    .parser = {.description =
                   "Shows for each script and its stages how many runs there were, how many of "
                   "those that ended passed, how many passed only after a retry, and how long "
                   "those that passed took: median, 95th percentile, the trend (the later half "
                   "against the earlier), and the last ones as a line.",
               .usage = "%(prog)s [options] [SCRIPT ...]"},
    .add_arguments = add_arguments,
    .run = run,
};
