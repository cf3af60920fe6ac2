/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The page: what page.html has in braces. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tool/page_run.h"
#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/formats.h"
#include "tool/report/page.h"

/* How much output is on the page: of the failed command, of each other one, and of all of them. */
enum { MOST_OF_FAILED = 128 * 1024, MOST_OF_COMMAND = 32 * 1024, MOST_OF_ALL = 8 * 1024 * 1024 };

/* Adds what a run, a stage or an attempt has to say. */
static void add_message(tool_page_state *page, const char *message, const char *outcome)
{
    if (*message == '\0')
        return;
    sh_text_addf(page->out, "<p class=\"message %s\">", tool_page_class(outcome));
    tool_escape_text(page->out, message);
    sh_text_addf(page->out, "</p>\n");
}

/* ---- The head ---- */

static void add_title(tool_page_state *page)
{
    const tool_digest *digest = &page->report->record->digest;
    char *result = tool_report_result(page->report);
    tool_escape_text(page->out, digest->script == NULL ? "run" : digest->script);
    sh_text_addf(page->out, " %s", result);
    free(result);
}

/* Adds how many items there were, if there was each. */
static void add_item_counts(tool_page_state *page)
{
    const tool_eaches *eaches = &page->report->record->eaches;
    size_t items = 0, failed = 0;
    for (size_t i = 0; i < eaches->count; i++) {
        items += eaches->all[i].item_count;
        failed += eaches->all[i].failed;
    }
    if (eaches->count > 0)
        sh_text_addf(page->out, "; %zu item%s", items, items == 1 ? "" : "s");
    if (failed > 0)
        sh_text_addf(page->out, ", %zu of which failed", failed);
}

static void add_counts(tool_page_state *page)
{
    const tool_report *report = page->report;
    size_t stages = 0, passed = 0, retried = 0, commands = 0, failed = 0;
    for (size_t i = 0; i < report->stage_count; i++) {
        const tool_report_stage *stage = &report->stages[i];
        const bool has_passed = strcmp(stage->outcome, "passed") == 0;
        stages += *stage->name != '\0';
        passed += has_passed;
        retried += has_passed && stage->attempts > 1;
    }
    for (size_t i = 0; i < report->item_count; i++) {
        commands += report->items[i].kind == TOOL_ITEM_COMMAND;
        failed += report->items[i].kind == TOOL_ITEM_COMMAND &&
                  report->items[i].state == TOOL_COMMAND_FAILED;
    }
    sh_text_addf(page->out, "<p class=\"counts\">%zu of %zu stages passed", passed, stages);
    if (retried > 0)
        sh_text_addf(page->out, ", %zu of them after a retry", retried);
    sh_text_addf(page->out, "; %zu command%s", commands, commands == 1 ? "" : "s");
    if (failed > 0)
        sh_text_addf(page->out, ", %zu of which failed", failed);
    add_item_counts(page);
    sh_text_addf(page->out, "</p>\n");
}

static void add_head(tool_page_state *page)
{
    const tool_record *record = page->report->record;
    const tool_digest *digest = &record->digest;
    char moment[TOOL_MOMENT_SIZE];
    sh_text text = {0};
    sh_text_addf(page->out, "<h1>");
    tool_page_add_outcome(page->out, tool_run_outcome_name(digest->outcome));
    sh_text_addf(page->out, " ");
    tool_escape_text(page->out, digest->script == NULL ? "" : digest->script);
    sh_text_addf(page->out, "</h1>\n");
    add_message(page, digest->message == NULL ? "" : digest->message,
                tool_run_outcome_name(digest->outcome));
    add_counts(page);
    sh_text_addf(page->out, "<pre class=\"facts\">");
    if (digest->has_ended) {
        sh_text_addf(&text, "%" PRId64, digest->exit_status);
        tool_page_add_fact(page->out, "Exit status", sh_text_of(&text));
        sh_text_clear(&text);
    }
    tool_page_add_fact(page->out, "Began", tool_moment_text(digest->began_ns, true, moment));
    tool_page_add_duration(&text, digest->duration_ns);
    sh_text_addf(&text, "%s", digest->has_ended ? "" : " until the last event");
    tool_page_add_fact(page->out, "Took", sh_text_of(&text));
    sh_text_clear(&text);
    tool_record_add_runner(&text, record);
    tool_page_add_fact(page->out, "By", sh_text_of(&text));
    tool_page_add_fact(page->out, "Command line", page->report->effective);
    tool_page_add_fact(page->out, "Run", digest->id);
    sh_text_addf(page->out, "</pre>\n");
    sh_text_free(&text);
}

/* ---- What failed ---- */

static const char *failed_heading(const tool_report *report, bool is_command)
{
    const tool_run_outcome outcome = report->record->digest.outcome;
    return outcome == TOOL_RUN_DIED      ? "Died during"
           : outcome == TOOL_RUN_RUNNING ? "Running"
           : is_command                  ? "Failed command"
                                         : "Failed stage";
}

static void add_failed_command(tool_page_state *page)
{
    const tool_report *report = page->report;
    const tool_report_item *item = &report->items[report->failed];
    const tool_report_attempt *attempt = &report->attempts[item->attempt];
    const tool_report_stage *stage = &report->stages[attempt->stage];
    tool_page_begin_section(page->out, "failed", failed_heading(report, true));
    sh_text_addf(page->out, "<p><a href=\"#c%zu\">Command %" PRId64 "</a>", report->failed,
                 tool_json_int(item->event, "number", 0));
    if (*stage->name != '\0') {
        sh_text_addf(page->out, " in stage <a href=\"#s%zu\">", attempt->stage);
        tool_escape_text(page->out, stage->name);
        sh_text_addf(page->out, "</a>, attempt %" PRId64, attempt->number);
    }
    sh_text_addf(page->out, "</p>\n");
    add_message(page, stage->message, stage->outcome);
    tool_page_add_command(page, item, MOST_OF_FAILED);
    sh_text_addf(page->out, "</section>\n");
}

static void add_failed(tool_page_state *page)
{
    const tool_report *report = page->report;
    if (report->failed != TOOL_NONE) {
        add_failed_command(page);
        return;
    }
    for (size_t i = 0; i < report->stage_count; i++) {
        const tool_report_stage *stage = &report->stages[i];
        if (!tool_outcome_is_bad(stage->outcome))
            continue;
        tool_page_begin_section(page->out, "failed", failed_heading(report, false));
        sh_text_addf(page->out, "<p><a href=\"#s%zu\">", i);
        tool_escape_text(page->out, stage->name);
        sh_text_addf(page->out, "</a></p>\n");
        add_message(page, stage->message, stage->outcome);
        sh_text_addf(page->out, "</section>\n");
        return;
    }
}

/* ---- Timing, as on the terminal ---- */

static void add_timing(tool_page_state *page)
{
    const tool_record *record = page->report->record;
    if (record->attempt_count == 0)
        return;
    tool_page_begin_section(page->out, "timing", "Timing results");
    sh_text_addf(page->out,
                 "<table>\n<thead><tr><th scope=\"col\">Stage</th><th scope=\"col\">Duration</th>"
                 "<th scope=\"col\">Result</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < record->attempt_count; i++) {
        const tool_attempt *attempt = &record->attempts[i];
        sh_text_addf(page->out, "<tr><td>");
        tool_escape_text(page->out, attempt->stage);
        sh_text_addf(page->out, "</td><td>");
        tool_page_add_duration(page->out, attempt->duration_ns);
        sh_text_addf(page->out, "</td><td>");
        tool_page_add_outcome(page->out, attempt->outcome);
        sh_text_addf(page->out, "</td></tr>\n");
    }
    sh_text_addf(page->out, "</tbody>\n<tfoot><tr><th scope=\"row\">Total</th><td>");
    tool_page_add_duration(page->out, record->digest.duration_ns);
    sh_text_addf(page->out, "</td><td></td></tr></tfoot>\n</table>\n</section>\n");
}

static void add_timeline(tool_page_state *page)
{
    if (page->report->item_count > 0 || page->report->attempt_count > 0)
        tool_page_add_timeline(page);
}

/* ---- What ran ---- */

static void add_each(tool_page_state *page, size_t number)
{
    const tool_report_item *item = &page->report->items[number];
    sh_text *out = page->out;
    sh_text totals = {0};
    tool_each_add_totals(&totals, item->each);
    sh_text_addf(out, "<details class=\"c %s\" id=\"c%zu\"><summary><b></b> <code>",
                 tool_page_command_class(item), number);
    tool_escape_text(out, tool_json_text(item->event, "command", ""));
    sh_text_addf(out, "</code> <em>%s</em> <time>", sh_text_of(&totals));
    tool_page_add_duration(out, item->duration_ns);
    sh_text_addf(out, "</time></summary><noscript>");
    tool_page_add_each(page, item);
    sh_text_addf(out, "</noscript></details>\n");
    sh_text_free(&totals);
}

static void add_item(tool_page_state *page, size_t number)
{
    const tool_report_item *item = &page->report->items[number];
    sh_text *out = page->out;
    char moment[TOOL_MOMENT_SIZE];
    if (item->kind == TOOL_ITEM_LOG) {
        (void)tool_moment_text(tool_json_int(item->event, "wall_ns", 0), false, moment);
        sh_text_addf(out, "<p class=\"log\"><time>%s</time> ", moment);
        tool_escape_text(out, tool_json_text(item->event, "text", ""));
        sh_text_addf(out, "</p>\n");
        return;
    }
    if (item->kind == TOOL_ITEM_OUTPUT) {
        tool_page_add_output(page, item, MOST_OF_COMMAND);
        return;
    }
    if (item->kind == TOOL_ITEM_EACH) {
        add_each(page, number);
        return;
    }
    char *result = tool_command_comment(item->command);
    sh_text_addf(out, "<details class=\"c %s\" id=\"c%zu\"><summary><b>%" PRId64 "</b> <code>",
                 tool_page_command_class(item), number, tool_json_int(item->event, "number", 0));
    tool_escape_text(out, tool_json_text(item->event, "command", ""));
    sh_text_addf(out, "</code>");
    if (*result != '\0') {
        sh_text_addf(out, " <em>");
        tool_escape_text(out, result);
        sh_text_addf(out, "</em>");
    }
    sh_text_addf(out, " <time>");
    if (item->state != TOOL_COMMAND_LISTED)
        tool_page_add_duration(out, item->duration_ns);
    /* Where scripts run this is a text until the command is opened: the page opens sooner. */
    sh_text_addf(out, "</time></summary><noscript>");
    tool_page_add_command(page, item, MOST_OF_COMMAND);
    sh_text_addf(out, "</noscript></details>\n");
    free(result);
}

static void add_attempt(tool_page_state *page, const tool_report_attempt *attempt)
{
    sh_text *out = page->out;
    if (attempt->number > 0) {
        sh_text_addf(out, "<h4>Attempt %" PRId64 " ", attempt->number);
        tool_page_add_outcome(out, attempt->outcome);
        sh_text_addf(out, " <time>");
        tool_page_add_duration(out, attempt->duration_ns);
        sh_text_addf(out, "</time></h4>\n");
        add_message(page, attempt->message, attempt->outcome);
    }
    for (size_t i = attempt->first_item; i != TOOL_NONE; i = page->report->items[i].next)
        add_item(page, i);
}

static void add_stage(tool_page_state *page, size_t number)
{
    const tool_report *report = page->report;
    const tool_report_stage *stage = &report->stages[number];
    sh_text *out = page->out;
    sh_text_addf(out, "<details class=\"stage\" id=\"s%zu\" open><summary><h3>", number);
    tool_escape_text(out, *stage->name == '\0' ? "Outside of stages" : stage->name);
    sh_text_addf(out, "</h3> ");
    if (*stage->outcome != '\0')
        tool_page_add_outcome(out, stage->outcome);
    if (*stage->heading != '\0') {
        sh_text_addf(out, " <span class=\"heading\">");
        tool_escape_text(out, stage->heading);
        sh_text_addf(out, "</span>");
    }
    if (*stage->name != '\0' && strcmp(stage->outcome, "not run") != 0) {
        sh_text_addf(out, " <time>");
        tool_page_add_duration(out, stage->duration_ns);
        sh_text_addf(out, "</time>");
    }
    sh_text_addf(out, "</summary>\n");
    if (stage->last_attempt == TOOL_NONE ||
        strcmp(report->attempts[stage->last_attempt].message, stage->message) != 0)
        add_message(page, stage->message, stage->outcome);
    for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next)
        add_attempt(page, &report->attempts[at]);
    sh_text_addf(out, "</details>\n");
}

static void add_commands(tool_page_state *page)
{
    for (size_t i = 0; i < page->report->stage_count; i++)
        add_stage(page, i);
    if (page->report->stage_count == 0)
        sh_text_addf(page->out, "<p class=\"note\">Nothing ran.</p>\n");
}

/* ---- The rest ---- */

static void add_run(tool_page_state *page)
{
    const tool_record *record = page->report->record;
    const json_t *run = record->run;
    const char *name;
    json_t *value;
    union {
        const json_t *given;
        json_t *wanted;
    } environment = {.given = json_object_get(run, "environment")};
    tool_page_begin_section(page->out, "run", "Where it ran");
    sh_text_addf(page->out, "<pre class=\"facts\">");
    tool_page_add_fact(page->out, "Script", record->digest.path);
    tool_page_add_fact(page->out, "Hash", record->digest.hash);
    tool_page_add_fact(page->out, "Commit",
                       tool_json_text(json_object_get(run, "git"), "commit", NULL));
    tool_page_add_fact(page->out, "Directory", tool_json_text(run, "directory", NULL));
    tool_page_add_fact(page->out, "Umask", tool_json_text(run, "umask", NULL));
    tool_page_add_fact(page->out, "Resumes", record->digest.resumes);
    if (tool_json_bool(run, "dry_run", false))
        tool_page_add_fact(page->out, "Dry run", "yes: no command was run");
    tool_page_add_fact(page->out, "Record", record->folder);
    sh_text_addf(page->out, "\n");
    json_object_foreach(environment.wanted, name, value)
    {
        sh_text line = {0};
        sh_text_addf(&line, "%s=%s\n", name,
                     json_string_value(value) == NULL ? "" : json_string_value(value));
        tool_escape_text(page->out, sh_text_of(&line));
        sh_text_free(&line);
    }
    sh_text_addf(page->out, "</pre>\n</section>\n");
}

static void add_foot(tool_page_state *page)
{
    sh_text_addf(page->out, "<p>Made by <code>staged report</code>; recorded by staged ");
    tool_escape_text(page->out, tool_json_text(page->report->record->run, "staged", ""));
    sh_text_addf(page->out, "</p>\n");
}

void tool_report_html(sh_text *out, const tool_report *report)
{
    static const struct {
        const char *name;
        void (*add)(tool_page_state *page);
    } parts[] = {{"{{title}}", add_title},       {"{{head}}", add_head},
                 {"{{failed}}", add_failed},     {"{{timing}}", add_timing},
                 {"{{timeline}}", add_timeline}, {"{{commands}}", add_commands},
                 {"{{run}}", add_run},           {"{{foot}}", add_foot}};
    tool_page_state page = {.out = out, .report = report, .room = MOST_OF_ALL};
    const char *at = (const char *)tool_page_run;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        at = tool_page_until(out, at, parts[i].name);
        parts[i].add(&page);
    }
    sh_text_addf(out, "%s", at);
}
