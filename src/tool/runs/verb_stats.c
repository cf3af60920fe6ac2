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
#include "tool/runs/page.h"
#include "tool/runs/rows.h"
#include "tool/runs/scan.h"
#include "tool/runs/series.h"

/* A script, or a stage of one.
 *   ended    how many runs of it passed or not: neither skipped, nor died
 *   flaky    how many of these passed, but only after a retry
 *   series   how long those took that passed, the earliest first */
typedef struct subject {
    char *script;
    char *stage; /* NULL: the whole script */
    int64_t runs;
    int64_t ended, passed, flaky;
    tool_series series;
} subject;

typedef struct subjects {
    subject *items;
    size_t count;
} subjects;

static void add_arguments(staged_parser *parser)
{
    tool_filter_add_arguments(parser);
    staged_parser_add_argument(parser, "--json", .action = STAGED_ARG_STORE_TRUE,
                               .help = "write the figures as JSON, an array of objects");
}

/* ---- Collecting ---- */

static subject *subject_of(subjects *all, const char *script, const char *stage)
{
    for (size_t i = 0; i < all->count; i++) {
        subject *item = &all->items[i];
        if (strcmp(item->script, script) == 0 &&
            (stage == NULL ? item->stage == NULL
                           : item->stage != NULL && strcmp(item->stage, stage) == 0))
            return item;
    }
    all->items = sh_grown(all->items, all->count, sizeof *all->items);
    all->items[all->count] =
        (subject){.script = sh_copy(script), .stage = stage == NULL ? NULL : sh_copy(stage)};
    return &all->items[all->count++];
}

static void add_run(subjects *all, const tool_row *row)
{
    subject *item = subject_of(all, row->stem, NULL);
    const bool has_passed = row->outcome == TOOL_RUN_PASSED;
    item->runs++;
    item->ended += row->outcome != TOOL_RUN_RUNNING;
    item->passed += has_passed;
    if (has_passed)
        tool_series_add(&item->series, row->duration_ns);
}

/* A row of a stage: script, name, attempts, outcome, duration, whether an earlier run did it. */
static void take_stage(void *context, sqlite3_stmt *row)
{
    subjects *all = context;
    subject *item = subject_of(all, tool_column_text(row, 0), tool_column_text(row, 1));
    const char *outcome = tool_column_text(row, 3);
    const bool has_passed = strcmp(outcome, "passed") == 0;
    if (sqlite3_column_int(row, 5) != 0)
        return;
    item->runs++;
    if (!has_passed && strcmp(outcome, "failed") != 0 && strcmp(outcome, "abandoned") != 0)
        return;
    item->ended++;
    item->passed += has_passed;
    item->flaky += has_passed && sqlite3_column_int64(row, 2) > 1;
    if (has_passed)
        tool_series_add(&item->series, sqlite3_column_int64(row, 4));
}

static void forget(void *context)
{
    subjects *all = context;
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].script);
        free(all->items[i].stage);
        tool_series_free(&all->items[i].series);
    }
    free(all->items);
    *all = (subjects){0};
}

/* The runs, which are few enough to be named, and their stages. */
static bool collect(tool_index *index, staged_namespace *arguments, subjects *scripts,
                    subjects *stages)
{
    tool_rows rows;
    bool is_read = tool_rows_filter(&rows, index, arguments, -1, NULL);
    for (size_t i = rows.count; i > 0; i--)
        add_run(scripts, &rows.items[i - 1]);
    tool_rows_free(&rows);
    tool_query query = {.take = take_stage, .forget = forget, .context = stages};
    sh_text where = tool_filter_condition(&query, arguments);
    sh_text sql = {0};
    sh_text_addf(&sql,
                 "SELECT stem, name, attempts, stages.outcome, stages.duration_ns, earlier FROM "
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

static staged_renderable *rate_cell(const subject *item)
{
    char text[TOOL_MOMENT_SIZE] = "";
    if (item->ended > 0)
        (void)snprintf(text, sizeof text, "%.0f %%",
                       100 * (double)item->passed / (double)item->ended);
    return cell(item->passed < item->ended ? "red" : "green", text);
}

static staged_renderable *duration_cell(const subject *item, double part)
{
    char text[TOOL_MOMENT_SIZE] = "";
    if (item->series.count > 0)
        (void)tool_duration_text(tool_series_quantile(&item->series, part), text);
    return cell(NULL, text);
}

static staged_renderable *trend_cell(const subject *item)
{
    char text[TOOL_MOMENT_SIZE] = "";
    double trend;
    if (tool_series_trend(&item->series, &trend))
        (void)snprintf(text, sizeof text, "%+.0f %%", 100 * trend);
    return cell(NULL, text);
}

static void add_row(staged_renderable *table, const subject *item)
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

static int show(const subjects *scripts, const subjects *stages)
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

static void add_json(json_t *all, const subject *item)
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

static int write_json(const subjects *scripts, const subjects *stages)
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
    subjects scripts = {0};
    subjects stages = {0};
    int exit_status = TOOL_FAILED;
    (void)parser;
    if (!tool_index_open(&index))
        return TOOL_FAILED;
    if (collect(&index, arguments, &scripts, &stages))
        exit_status = staged_namespace_bool(arguments, "json") ? write_json(&scripts, &stages)
                                                               : show(&scripts, &stages);
    forget(&scripts);
    forget(&stages);
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
