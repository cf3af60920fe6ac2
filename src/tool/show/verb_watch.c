/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged watch`: follows a run from another terminal. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <staged/clock.h>

#include "tool/common/verb.h"
#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/runs/page.h"
#include "tool/runs/rows.h"
#include "tool/runs/series.h"
#include "tool/show/show.h"

/* How often to look for what is new, and how many of the last lines of a failed command to show. */
enum { PAUSE_NS = 100000000, LINES = 20 };

/* The process is gone, and did not say how it ended. */
enum { DIED = 1 };

/* What fewer runs took says nothing of what is usual. */
enum { FEWEST = 5 };

static void add_arguments(staged_parser *parser)
{
    tool_run_add_argument(parser, "run", "the run, as for `staged show`", true);
    staged_parser_add_argument(parser, "--interval", .type = STAGED_ARG_FLOAT, .metavar = "SECONDS",
                               .default_text = "0.1",
                               .help = "how often to look for what is new (default: 0.1)");
}

/* ---- Events as lines ---- */

/* Adds how long the stage usually takes, if that is known. */
static void add_usual(sh_text *text, const tool_record *record, const char *stage)
{
    char usual[TOOL_MOMENT_SIZE];
    tool_series series = {0};
    sh_text path = {0};
    sh_text_addf(&path, "%s/../durations", record->folder);
    tool_series_read(&series, sh_text_of(&path), stage);
    if (series.count >= FEWEST)
        sh_text_addf(text, " (usually %s)",
                     tool_duration_text(tool_series_quantile(&series, 0.5), usual));
    tool_series_free(&series);
    sh_text_free(&path);
}

/* What is to be said of an event, in markup that `style` names; "": nothing. */
static sh_text words_for(const tool_record *record, const json_t *event, const char **style)
{
    sh_text text = {0};
    const char *stage = tool_json_text(event, "stage", "");
    const char *outcome = tool_json_text(event, "outcome", "");
    const char *message = tool_json_text(event, "message", "");
    char took[TOOL_MOMENT_SIZE];
    (void)tool_duration_text(tool_json_int(event, "duration_ns", 0), took);
    *style = NULL;
    if (tool_json_is(event, "stage_begin")) {
        *style = "bold";
        sh_text_addf(&text, "stage '%s' begins: %s", stage, tool_json_text(event, "heading", ""));
        add_usual(&text, record, stage);
    } else if (tool_json_is(event, "attempt_begin") && tool_json_int(event, "attempt", 1) > 1) {
        sh_text_addf(&text, "attempt %" PRId64, tool_json_int(event, "attempt", 1));
    } else if (tool_json_is(event, "command_begin")) {
        *style = "green";
        const char *place = tool_json_text(event, "place", NULL);
        sh_text_addf(&text, "%s%s%s", tool_json_text(event, "command", ""),
                     place == NULL ? "" : "  # on ", place == NULL ? "" : place);
    } else if (tool_json_is(event, "command_end") && *message != '\0') {
        *style = "bold red";
        sh_text_addf(&text, "# %s, after %s", message, took);
    } else if (tool_json_is(event, "check")) {
        sh_text_addf(&text, "check of %s: %s", message, outcome);
    } else if (tool_json_is(event, "log")) {
        sh_text_addf(&text, "%s", tool_json_text(event, "text", message));
    } else if (tool_json_is(event, "stage_end")) {
        *style = strcmp(outcome, "passed") == 0 ? "bold" : "bold red";
        sh_text_addf(&text, "stage '%s' %s, after %s%s%s", stage, outcome, took,
                     *message == '\0' ? "" : ": ", message);
    }
    return text;
}

static staged_status print_event(staged_console *console, const tool_record *record,
                                 const json_t *event)
{
    char moment[TOOL_MOMENT_SIZE];
    const char *style;
    sh_text text = words_for(record, event, &style);
    if (text.length == 0)
        return STAGED_OK;
    /* The time of day is enough: the head has the date. */
    const char *time = tool_moment_text(tool_json_int(event, "wall_ns", 0), false, moment);
    const char *blank = strchr(time, ' ');
    staged_renderable *cells[] = {
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = "log.time"),
                        blank == NULL ? time : blank + 1),
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = style), sh_text_of(&text))};
    staged_renderable *line =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .box = STAGED_BOX_NONE,
                                        .show_header = STAGED_NO, .pad_edge = STAGED_NO));
    for (size_t i = 0; i < 2; i++)
        (void)staged_table_add_column(line, STAGED_OPTIONS(staged_column_options, .no_wrap = i == 0,
                                                           .overflow = STAGED_OVERFLOW_FOLD));
    (void)staged_table_add_row(line, NULL, cells, 2);
    const staged_status status = staged_console_print_renderable(console, NULL, line);
    staged_renderable_free(line);
    sh_text_free(&text);
    return status;
}

/* ---- Following ---- */

/* Prints what has come since.  Returns whether the run is over. */
static bool print_new(staged_console *console, tool_record *record, staged_status *status)
{
    tool_life life = tool_lines_life(&record->lines, record->run);
    for (json_t *event; (event = tool_lines_next(&record->lines)) != NULL;) {
        tool_record_add(record, event);
        if (*status == STAGED_OK)
            *status = print_event(console, record, event);
    }
    tool_digest_end(&record->digest, life);
    return record->digest.has_ended || life == TOOL_LIFE_OVER;
}

static staged_status follow(staged_console *console, tool_record *record, double interval_s)
{
    const staged_clock *clock = staged_clock_system();
    staged_status status = tool_show_head(console, record);
    for (size_t i = 0; i < json_array_size(record->events) && status == STAGED_OK; i++)
        status = print_event(console, record, json_array_get(record->events, i));
    bool is_over = record->digest.outcome != TOOL_RUN_RUNNING;
    while (!is_over && status == STAGED_OK) {
        (void)clock->sleep_ns(clock->context,
                              interval_s > 0 ? (int64_t)(interval_s * TOOL_SECOND_NS) : PAUSE_NS);
        is_over = print_new(console, record, &status);
    }
    if (status == STAGED_OK)
        status = staged_console_print_text(console, NULL, "");
    if (status == STAGED_OK)
        status = tool_show_end(console, record, LINES);
    return status;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)parser;
    tool_record record;
    int exit_status = TOOL_BAD_USAGE;
    if (tool_record_read(&record, tool_run_find(staged_namespace_text(arguments, "run")))) {
        staged_console *console = tool_page_console();
        const staged_status status =
            follow(console, &record, staged_namespace_float(arguments, "interval"));
        exit_status = tool_page_end(console, status);
        if (exit_status == TOOL_OK)
            exit_status = record.digest.has_ended ? (int)(record.digest.exit_status & 0xff) : DIED;
    }
    tool_record_free(&record);
    return exit_status;
}

const tool_verb tool_verb_watch = {
    .name = "watch",
    .help = "follow a run that goes on, from another terminal",
    .parser = {.description = "Shows a run and, while it goes on, what it does, until it ends.",
               .usage = "%(prog)s [--interval SECONDS] [RUN]",
               .epilog =
                   "The exit status is that of the run, 1 if it died, or 2 if there is no such "
                   "run."},
    .add_arguments = add_arguments,
    .run = run,
};
