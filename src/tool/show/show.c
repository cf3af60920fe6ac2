/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/show/show.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/runs/page.h"
#include "tool/show/items.h"
#include "tool/show/tail.h"

/* ---- Who, where, when ---- */

static void add_fact(staged_renderable *table, const char *name, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    staged_renderable *cells[] = {
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = "bold"), name),
        staged_text_new(NULL, text)};
    (void)staged_table_add_row(table, NULL, cells, 2);
}

static void add_times(staged_renderable *table, const tool_digest *digest)
{
    char began[TOOL_MOMENT_SIZE];
    char took[TOOL_MOMENT_SIZE];
    sh_text text = {0};
    sh_text_addf(&text, "%s", tool_moment_text(digest->began_ns, true, began));
    add_fact(table, "Began", sh_text_of(&text));
    sh_text_clear(&text);
    (void)tool_duration_text(digest->duration_ns, took);
    sh_text_addf(&text, digest->has_ended ? "%s" : "%s until the last event", took);
    add_fact(table, "Took", sh_text_of(&text));
    sh_text_free(&text);
}

static void add_facts(staged_renderable *table, const tool_record *record)
{
    const json_t *run = record->run;
    const json_t *git = json_object_get(run, "git");
    sh_text text = {0};
    add_fact(table, "Run", record->digest.id);
    add_fact(table, "Script", record->digest.path);
    add_times(table, &record->digest);
    add_fact(table, "Directory", tool_json_text(run, "directory", NULL));
    tool_record_add_runner(&text, record);
    add_fact(table, "By", sh_text_of(&text));
    add_fact(table, "Commit", tool_json_text(git, "commit", NULL));
    add_fact(table, "Resumes", record->digest.resumes);
    if (tool_json_bool(run, "dry_run", false))
        add_fact(table, "Dry run", "yes: no command was run");
    add_fact(table, "Record", record->folder);
    sh_text_free(&text);
}

staged_status tool_show_head(staged_console *console, const tool_record *record)
{
    const tool_run_outcome outcome = record->digest.outcome;
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .box = STAGED_BOX_NONE,
                                        .show_header = STAGED_NO, .pad_edge = STAGED_NO));
    (void)staged_table_add_column(table, STAGED_OPTIONS(staged_column_options, .no_wrap = true));
    (void)staged_table_add_column(
        table, STAGED_OPTIONS(staged_column_options, .overflow = STAGED_OVERFLOW_FOLD));
    add_facts(table, record);
    sh_text title = {0};
    sh_text_addf(&title, "%s: %s", record->digest.script == NULL ? "" : record->digest.script,
                 tool_run_outcome_name(outcome));
    staged_status status = staged_console_rule_text(
        console, STAGED_OPTIONS(staged_rule_options, .style = tool_run_outcome_style(outcome)),
        sh_text_of(&title));
    sh_text_free(&title);
    if (status == STAGED_OK)
        status = staged_console_print_renderable(console, NULL, table);
    staged_renderable_free(table);
    if (status == STAGED_OK)
        status = staged_console_print_text(console, NULL, "");
    return status;
}

/* ---- Commands ---- */

/* A command over several lines, with what came of it after a "#". */
static staged_renderable *command_lines(const tool_command *command)
{
    char *result = tool_command_comment(command);
    char *pretty = staged_command_pretty(tool_json_text(command->begin, "command", ""), 4);
    sh_text text = {0};
    sh_text_addf(&text, "%s%s%s", pretty == NULL ? "" : pretty, *result == '\0' ? "" : "  # ",
                 result);
    staged_renderable *lines = staged_text_new(NULL, sh_text_of(&text));
    sh_text_free(&text);
    free(pretty);
    free(result);
    return lines;
}

static staged_renderable *failed_command(const tool_record *record, const tool_command *command,
                                         int64_t lines)
{
    const json_t *where = json_object_get(command->begin, "where");
    const char *stage = tool_json_text(command->begin, "stage", "");
    staged_renderable *group = staged_render_group_new();
    sh_text text = {0};
    sh_text_addf(&text, "# command %" PRId64, tool_json_int(command->begin, "number", 0));
    if (*stage != '\0')
        sh_text_addf(&text, ", stage '%s', attempt %" PRId64, stage,
                     tool_json_int(command->begin, "attempt", 1));
    if (tool_json_text(where, "file", NULL) != NULL)
        sh_text_addf(&text, ", %s:%" PRId64, tool_json_text(where, "file", ""),
                     tool_json_int(where, "line", 0));
    (void)staged_render_group_add(
        group,
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = "dim"), sh_text_of(&text)));
    (void)staged_render_group_add(group, command_lines(command));
    tool_tail_add(group, record, command->end, lines);
    sh_text_free(&text);
    return group;
}

static staged_renderable *all_commands(const tool_record *record)
{
    staged_renderable *group = staged_render_group_new();
    for (size_t i = 0; i < record->command_count; i++) {
        if (!tool_json_bool(record->commands[i].begin, "unlisted", false))
            (void)staged_render_group_add(group, command_lines(&record->commands[i]));
    }
    return group;
}

/* ---- The log ---- */

static staged_status show_log(staged_console *console, const tool_record *record)
{
    for (size_t i = 0; i < json_array_size(record->events); i++) {
        const json_t *event = json_array_get(record->events, i);
        char moment[TOOL_MOMENT_SIZE];
        if (!tool_json_is(event, "log"))
            continue;
        staged_renderable *cells[] = {
            staged_text_new(STAGED_OPTIONS(staged_text_options, .style = "log.time"),
                            tool_moment_text(tool_json_int(event, "wall_ns", 0), false, moment)),
            staged_text_new(NULL, tool_json_text(event, "text", ""))};
        staged_renderable *line =
            staged_table_new(STAGED_OPTIONS(staged_table_options, .box = STAGED_BOX_NONE,
                                            .show_header = STAGED_NO, .pad_edge = STAGED_NO));
        (void)staged_table_add_row(line, NULL, cells, 2);
        const staged_status status = staged_console_print_renderable(console, NULL, line);
        staged_renderable_free(line);
        if (status != STAGED_OK)
            return status;
    }
    return staged_console_print_text(console, NULL, "");
}

/* ---- Timing ---- */

static const char *style_of(const char *outcome)
{
    static const struct {
        const char *outcome;
        const char *style;
    } styles[] = {{"passed", "green"},         {"skipped", "dim"},      {"retrying", "yellow"},
                  {"abandoned", "bold red"},   {"failed", "bold red"},  {"died", "bold magenta"},
                  {"interrupted", "bold red"}, {"running", "bold cyan"}};
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        if (strcmp(styles[i].outcome, outcome) == 0)
            return styles[i].style;
    }
    return NULL;
}

static void add_timing(staged_renderable *table, const tool_attempt *attempt)
{
    char duration[STAGED_DURATION_TEXT_SIZE];
    (void)staged_duration_text(attempt->duration_ns, duration, sizeof duration);
    const char *word = strcmp(attempt->outcome, "retrying") == 0 ? "retried" : attempt->outcome;
    staged_renderable *cells[] = {
        staged_text_new(NULL, attempt->stage), staged_text_new(NULL, duration),
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = style_of(attempt->outcome)),
                        word)};
    (void)staged_table_add_row(table, NULL, cells, 3);
}

static staged_renderable *timing_table(const tool_record *record)
{
    tool_attempt unfinished;
    char total[STAGED_DURATION_TEXT_SIZE];
    (void)staged_duration_text(record->digest.duration_ns, total, sizeof total);
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .show_footer = true));
    const char *const headers[][2] = {{"Stage", "Total"}, {"Duration", total}, {"Result", NULL}};
    for (size_t i = 0; i < 3; i++)
        (void)staged_table_add_column(
            table, STAGED_OPTIONS(staged_column_options, .header = headers[i][0],
                                  .footer = headers[i][1], .overflow = STAGED_OVERFLOW_FOLD));
    for (size_t i = 0; i < record->attempt_count; i++)
        add_timing(table, &record->attempts[i]);
    if (tool_record_unfinished(record, &unfinished))
        add_timing(table, &unfinished);
    return table;
}

/* ---- The whole ---- */

static staged_status show_section(staged_console *console, const char *heading,
                                  staged_renderable *content)
{
    staged_renderable *section = tool_page_section(heading, content);
    const staged_status status = staged_console_print_renderable(console, NULL, section);
    staged_renderable_free(section);
    return status;
}

/* Why a stage failed; "" if nothing says so. */
static const char *reason_of(const tool_record *record, const char *stage)
{
    for (size_t i = json_array_size(record->events); i > 0; i--) {
        const json_t *event = json_array_get(record->events, i - 1);
        if (tool_json_is(event, "stage_end") &&
            strcmp(tool_json_text(event, "stage", ""), stage) == 0)
            return tool_json_text(event, "message", "");
    }
    return "";
}

/* The failed command, or the one in which it died or is. */
static staged_status show_failed(staged_console *console, const tool_record *record, int64_t lines)
{
    const tool_command *failed = tool_record_failed(record);
    const tool_digest *digest = &record->digest;
    const char *heading = digest->outcome == TOOL_RUN_DIED      ? "Died during"
                          : digest->outcome == TOOL_RUN_RUNNING ? "Running"
                                                                : "Failed command";
    if (failed != NULL)
        return show_section(console, heading, failed_command(record, failed, lines));
    if (digest->stage == NULL || digest->outcome == TOOL_RUN_PASSED)
        return STAGED_OK;
    const char *reason = reason_of(record, digest->stage);
    return show_section(
        console, digest->outcome == TOOL_RUN_FAILED ? "Failed stage" : heading,
        staged_markup_new("# stage '%s'%s%s", digest->stage, *reason == '\0' ? "" : "\n", reason));
}

static staged_status show_result(staged_console *console, const tool_record *record)
{
    const tool_digest *digest = &record->digest;
    sh_text text = {0};
    switch (digest->outcome) {
    case TOOL_RUN_PASSED:
        sh_text_addf(&text, "Success");
        break;
    case TOOL_RUN_FAILED:
        sh_text_addf(&text, "Failure, exit status %" PRId64, digest->exit_status);
        break;
    case TOOL_RUN_INTERRUPTED:
        sh_text_addf(&text, "Interrupted, exit status %" PRId64, digest->exit_status);
        break;
    case TOOL_RUN_DIED:
        sh_text_addf(&text, "Died: the process ended without a last word");
        break;
    case TOOL_RUN_RUNNING:
    case TOOL_RUN_OUTCOME_COUNT:
        sh_text_addf(&text, "Running, as process %" PRId64, digest->pid);
        break;
    }
    if (digest->message != NULL)
        sh_text_addf(&text, "\n%s", digest->message);
    const staged_status status = show_section(
        console, "Script result",
        staged_text_new(
            STAGED_OPTIONS(staged_text_options, .style = tool_run_outcome_style(digest->outcome)),
            sh_text_of(&text)));
    sh_text_free(&text);
    return status;
}

/* The effective command line, which is there once the script has read its own. */
static staged_renderable *command_line(const tool_record *record)
{
    const char *line = record->digest.arguments == NULL ? "" : record->digest.arguments;
    for (size_t i = 0; i < json_array_size(record->events); i++) {
        const json_t *event = json_array_get(record->events, i);
        if (tool_json_is(event, "script_begin"))
            line = tool_json_text(event, "effective", line);
    }
    char *pretty = staged_command_pretty(line, 4);
    staged_renderable *text = pretty == NULL ? NULL : staged_text_new(NULL, pretty);
    free(pretty);
    return text;
}

static staged_status show_timing(staged_console *console, const tool_record *record)
{
    tool_attempt unfinished;
    if (record->attempt_count == 0 && !tool_record_unfinished(record, &unfinished))
        return STAGED_OK;
    return show_section(console, "Timing results", timing_table(record));
}

staged_status tool_show_end(staged_console *console, const tool_record *record, int64_t lines)
{
    STAGED_TRY(show_failed(console, record, lines));
    STAGED_TRY(tool_show_items(console, record, lines));
    STAGED_TRY(show_timing(console, record));
    return show_result(console, record);
}

staged_status tool_show(staged_console *console, const tool_record *record,
                        const tool_show_options *options)
{
    STAGED_TRY(tool_show_head(console, record));
    STAGED_TRY(show_failed(console, record, options->lines));
    STAGED_TRY(tool_show_items(console, record, options->lines));
    if (options->has_log)
        STAGED_TRY(show_log(console, record));
    STAGED_TRY(show_section(console, "Ran the following", command_line(record)));
    if (options->has_commands && record->command_count > 0)
        STAGED_TRY(show_section(console, "Commands executed", all_commands(record)));
    STAGED_TRY(show_timing(console, record));
    return show_result(console, record);
}
