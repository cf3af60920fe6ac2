/* SPDX-License-Identifier: BSD-3-Clause */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/report/escape.h"
#include "tool/report/formats.h"
#include "tool/report/terminal.h"

/* Of each command's output so many bytes, of its end, and as many of all commands of an attempt. */
enum { MOST_OF_COMMAND = 16 * 1024, MOST_OF_ATTEMPT = 256 * 1024 };

/* How many failed items of a stage are cases, and how much of the output of each. */
enum { MOST_ITEMS = 1000, MOST_OF_ITEM = 4 * 1024 };

typedef struct counts {
    size_t tests, failures, errors, skipped;
} counts;

static void add_attribute(sh_text *out, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    sh_text_addf(out, " %s=\"", name);
    tool_escape_attribute(out, value);
    sh_text_addf(out, "\"");
}

static void add_time(sh_text *out, int64_t duration_ns)
{
    const int64_t milliseconds = duration_ns < 0 ? 0 : duration_ns / 1000000;
    sh_text_addf(out, " time=\"%" PRId64 ".%03d\"", milliseconds / 1000,
                 (int)(milliseconds % 1000));
}

static bool is_skipped(const tool_report_stage *stage)
{
    return strcmp(stage->outcome, "skipped") == 0 || strcmp(stage->outcome, "earlier") == 0 ||
           strcmp(stage->outcome, "not run") == 0;
}

/* What was not judged, but ended. */
static bool is_error(const char *outcome)
{
    return strcmp(outcome, "interrupted") == 0 || strcmp(outcome, "died") == 0;
}

/* Whether the run failed and no stage says so. */
static bool fails_outside(const tool_report *report)
{
    if (report->record->digest.outcome == TOOL_RUN_PASSED ||
        report->record->digest.outcome == TOOL_RUN_RUNNING)
        return false;
    for (size_t i = 0; i < report->stage_count; i++) {
        if (*report->stages[i].name != '\0' && tool_outcome_is_bad(report->stages[i].outcome))
            return false;
    }
    return true;
}

/* The attempt of a stage that decided: the last of those with a number, or else the first; NULL: it
 * has none. */
static const tool_report_attempt *last_attempt(const tool_report *report,
                                               const tool_report_stage *stage)
{
    const tool_report_attempt *found = NULL;
    for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next) {
        if (found == NULL || report->attempts[at].number > 0)
            found = &report->attempts[at];
    }
    return found;
}

/* Calls a function for each item that failed in the attempt that decided a stage's failure. */
static void for_each_failed(const tool_report *report, const tool_report_stage *stage,
                            void (*take)(void *context, const tool_report_item *each,
                                         const json_t *item),
                            void *context)
{
    const tool_report_attempt *attempt =
        tool_outcome_is_bad(stage->outcome) ? last_attempt(report, stage) : NULL;
    size_t taken = 0;
    for (size_t i = attempt == NULL ? TOOL_NONE : attempt->first_item; i != TOOL_NONE;
         i = report->items[i].next) {
        const tool_report_item *each = &report->items[i];
        size_t at = 0;
        for (const json_t *item; each->kind == TOOL_ITEM_EACH && taken < MOST_ITEMS &&
                                 (item = tool_each_next_failed(each->each, &at)) != NULL;
             taken++)
            take(context, each, item);
    }
}

static void count_item(void *context, const tool_report_item *each, const json_t *item)
{
    counts *all = context;
    const bool has_ended = !is_error(tool_json_text(item, "outcome", ""));
    (void)each;
    all->tests++;
    all->failures += has_ended;
    all->errors += !has_ended;
}

static counts count(const tool_report *report)
{
    counts all = {0};
    for (size_t i = 0; i < report->stage_count; i++) {
        const tool_report_stage *stage = &report->stages[i];
        if (*stage->name == '\0')
            continue;
        all.tests++;
        all.skipped += is_skipped(stage);
        all.errors += is_error(stage->outcome);
        all.failures += tool_outcome_is_bad(stage->outcome) && !is_error(stage->outcome);
        for_each_failed(report, stage, count_item, &all);
    }
    if (fails_outside(report)) {
        all.tests++;
        all.errors++;
    }
    return all;
}

static void add_counts(sh_text *out, const tool_report *report, const counts *all)
{
    add_attribute(out, "name", report->record->digest.script);
    sh_text_addf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"", all->tests,
                 all->failures, all->errors, all->skipped);
    add_time(out, report->record->digest.duration_ns);
}

/* ---- Output ---- */

static void add_bytes(sh_text *out, const char *bytes, size_t length, size_t total)
{
    if (bytes != NULL && length < total)
        sh_text_addf(out, "[the last %zu of %zu bytes]\n", length, total);
    if (bytes != NULL)
        tool_terminal_add(out, bytes, length, TOOL_TERMINAL_ESCAPED);
    if (length > 0 && bytes[length - 1] != '\n')
        sh_text_addf(out, "\n");
}

static void add_each(sh_text *out, const tool_report_item *item)
{
    sh_text totals = {0};
    tool_each_add_totals(&totals, item->each);
    sh_text_addf(out, "$ ");
    tool_escape_text(out, tool_json_text(item->event, "command", ""));
    sh_text_addf(out, "  # for each item: %s\n", sh_text_of(&totals));
    sh_text_free(&totals);
}

static void add_item(sh_text *out, const tool_report *report, const tool_report_item *item)
{
    size_t length, total;
    if (item->kind == TOOL_ITEM_EACH)
        add_each(out, item);
    if (item->kind == TOOL_ITEM_EACH || item->kind == TOOL_ITEM_LOG)
        return;
    if (item->kind == TOOL_ITEM_COMMAND) {
        char *result = tool_command_comment(item->command);
        sh_text_addf(out, "$ ");
        tool_escape_text(out, tool_json_text(item->event, "command", ""));
        sh_text_addf(out, "%s", *result == '\0' ? "" : "  # ");
        tool_escape_text(out, result);
        sh_text_addf(out, "\n");
        free(result);
    }
    char *bytes = tool_report_output(report, item, MOST_OF_COMMAND, &length, &total);
    add_bytes(out, bytes, length, total);
    free(bytes);
}

static void add_system_out(sh_text *out, const tool_report *report,
                           const tool_report_attempt *attempt)
{
    sh_text text = {0};
    size_t at = attempt->first_item;
    for (; at != TOOL_NONE && text.length < MOST_OF_ATTEMPT; at = report->items[at].next)
        add_item(&text, report, &report->items[at]);
    if (at != TOOL_NONE)
        sh_text_addf(&text, "[cut: the record has all of it]\n");
    if (text.length > 0)
        sh_text_addf(out, "<system-out>%s</system-out>\n", sh_text_of(&text));
    sh_text_free(&text);
}

/* ---- Cases ---- */

/* Why an attempt did not pass; its outcome, where nothing says more. */
static const char *reason_of(const tool_report_attempt *attempt, const tool_report_stage *stage)
{
    if (attempt != NULL && *attempt->message != '\0')
        return attempt->message;
    if (*stage->message != '\0')
        return stage->message;
    return tool_outcome_word(attempt != NULL ? attempt->outcome : stage->outcome);
}

/* An element that tells why an attempt failed. */
static void add_failure(sh_text *out, const tool_report *report, const char *element,
                        const tool_report_attempt *attempt, const tool_report_stage *stage)
{
    const char *reason = reason_of(attempt, stage);
    const bool is_rerun = strstr(element, "Failure") != NULL;
    sh_text_addf(out, "<%s", element);
    add_attribute(out, "message", reason);
    add_attribute(out, "type",
                  tool_outcome_word(attempt != NULL ? attempt->outcome : stage->outcome));
    sh_text_addf(out, ">%s", is_rerun ? "\n<stackTrace>" : "");
    if (attempt != NULL && attempt->number > 0)
        sh_text_addf(out, "attempt %" PRId64 ": ", attempt->number);
    tool_escape_text(out, reason);
    if (is_rerun) {
        sh_text_addf(out, "</stackTrace>\n");
        add_system_out(out, report, attempt);
    }
    sh_text_addf(out, "</%s>\n", element);
}

/* The first failed attempt of a stage that failed is its failure, the others are reruns; those of
 * one that passed in the end are flaky. */
static void add_attempts(sh_text *out, const tool_report *report, const tool_report_stage *stage)
{
    const bool is_bad = tool_outcome_is_bad(stage->outcome);
    const char *first = is_error(stage->outcome) ? "error" : "failure";
    bool is_told = false;
    for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next) {
        const tool_report_attempt *attempt = &report->attempts[at];
        const bool failed =
            tool_outcome_is_bad(attempt->outcome) || strcmp(attempt->outcome, "retrying") == 0;
        if (!failed)
            continue;
        add_failure(out, report,
                    !is_bad    ? "flakyFailure"
                    : !is_told ? first
                               : "rerunFailure",
                    attempt, stage);
        is_told = true;
    }
    if (is_bad && !is_told)
        add_failure(out, report, first, NULL, stage);
}

/* The output that no rerun has. */
static void add_output(sh_text *out, const tool_report *report, const tool_report_stage *stage)
{
    const bool is_bad = tool_outcome_is_bad(stage->outcome);
    const tool_report_attempt *chosen = NULL;
    for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next) {
        if (report->attempts[at].number > 0 && (chosen == NULL || !is_bad))
            chosen = &report->attempts[at];
    }
    if (chosen == NULL && stage->first_attempt != TOOL_NONE)
        chosen = &report->attempts[stage->first_attempt];
    if (chosen != NULL)
        add_system_out(out, report, chosen);
}

static void add_place(sh_text *out, const json_t *where)
{
    if (tool_json_text(where, "file", NULL) == NULL)
        return;
    add_attribute(out, "file", tool_json_text(where, "file", ""));
    sh_text_addf(out, " line=\"%" PRId64 "\"", tool_json_int(where, "line", 0));
}

static void add_case(sh_text *out, const tool_report *report, const tool_report_stage *stage)
{
    sh_text_addf(out, "<testcase");
    add_attribute(out, "classname", report->record->digest.script);
    add_attribute(out, "name", stage->name);
    add_place(out, stage->where);
    add_time(out, stage->duration_ns);
    sh_text_addf(out, ">\n");
    if (is_skipped(stage)) {
        sh_text_addf(out, "<skipped");
        add_attribute(out, "message",
                      strcmp(stage->outcome, "earlier") == 0   ? "passed in an earlier run"
                      : strcmp(stage->outcome, "not run") == 0 ? "did not run"
                                                               : stage->message);
        sh_text_addf(out, "/>\n");
    }
    add_attempts(out, report, stage);
    add_output(out, report, stage);
    sh_text_addf(out, "</testcase>\n");
}

/* The cases of items while they are written. */
typedef struct item_cases {
    sh_text *out;
    const tool_report *report;
    const tool_report_stage *stage;
} item_cases;

static void add_item_name(sh_text *out, const item_cases *cases, const tool_report_item *each,
                          const json_t *item)
{
    const char *script = cases->report->record->digest.script;
    sh_text text = {0};
    sh_text_addf(&text, "%s.%s", script == NULL ? "" : script, cases->stage->name);
    add_attribute(out, "classname", sh_text_of(&text));
    sh_text_clear(&text);
    sh_text_addf(&text, "%s: ", tool_json_text(each->event, "name", ""));
    tool_item_add_name(&text, item);
    add_attribute(out, "name", sh_text_of(&text));
    sh_text_free(&text);
}

static void add_item_case(void *context, const tool_report_item *each, const json_t *item)
{
    const item_cases *cases = context;
    sh_text *out = cases->out;
    const char *outcome = tool_json_text(item, "outcome", "failed");
    const char *element = is_error(outcome) ? "error" : "failure";
    char *result = tool_item_result(item);
    size_t length;
    char *bytes = tool_record_output(cases->report->record, item, MOST_OF_ITEM, &length);
    const int64_t total = tool_json_int(json_object_get(item, "output"), "length", 0);
    sh_text_addf(out, "<testcase");
    add_item_name(out, cases, each, item);
    add_place(out, json_object_get(each->event, "where"));
    add_time(out, tool_json_int(item, "duration_ns", 0));
    sh_text_addf(out, ">\n<%s", element);
    add_attribute(out, "message", result);
    add_attribute(out, "type", outcome);
    sh_text_addf(out, ">attempts: %" PRId64 "\n", tool_json_int(item, "attempts", 0));
    tool_escape_text(out, result);
    sh_text_addf(out, "</%s>\n", element);
    if (length > 0) {
        sh_text_addf(out, "<system-out>");
        add_bytes(out, bytes, length, total < 0 ? 0 : (size_t)total);
        sh_text_addf(out, "</system-out>\n");
    }
    sh_text_addf(out, "</testcase>\n");
    free(bytes);
    free(result);
}

/* What the script does outside of stages is a case where it fails there. */
static void add_case_outside(sh_text *out, const tool_report *report)
{
    const tool_digest *digest = &report->record->digest;
    char *result = tool_report_result(report);
    sh_text_addf(out, "<testcase");
    add_attribute(out, "classname", digest->script);
    sh_text_addf(out, " name=\"(outside of stages)\"");
    add_time(out, 0);
    sh_text_addf(out, ">\n<error");
    add_attribute(out, "message", digest->message == NULL ? result : digest->message);
    add_attribute(out, "type", tool_run_outcome_name(digest->outcome));
    sh_text_addf(out, "/>\n");
    for (size_t i = 0; i < report->stage_count; i++) {
        if (*report->stages[i].name == '\0')
            add_output(out, report, &report->stages[i]);
    }
    sh_text_addf(out, "</testcase>\n");
    free(result);
}

/* A stage, and its items that failed. */
static void add_stage(sh_text *out, const tool_report *report, const tool_report_stage *stage)
{
    item_cases cases = {.out = out, .report = report, .stage = stage};
    add_case(out, report, stage);
    for_each_failed(report, stage, add_item_case, &cases);
}

/* ---- The file ---- */

static void add_property(sh_text *out, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    sh_text_addf(out, "<property name=\"%s\"", name);
    add_attribute(out, "value", value);
    sh_text_addf(out, "/>\n");
}

static void add_properties(sh_text *out, const tool_report *report)
{
    const json_t *run = report->record->run;
    sh_text_addf(out, "<properties>\n");
    add_property(out, "run", report->record->digest.id);
    add_property(out, "outcome", tool_run_outcome_name(report->record->digest.outcome));
    add_property(out, "script", report->record->digest.path);
    add_property(out, "directory", tool_json_text(run, "directory", NULL));
    add_property(out, "command line", report->effective);
    add_property(out, "user", tool_json_text(run, "user", NULL));
    add_property(out, "commit", tool_json_text(json_object_get(run, "git"), "commit", NULL));
    sh_text_addf(out, "</properties>\n");
}

static void add_timestamp(sh_text *out, int64_t moment_ns)
{
    const time_t seconds = (time_t)(moment_ns / TOOL_SECOND_NS);
    struct tm utc;
    char text[TOOL_MOMENT_SIZE];
    if (gmtime_r(&seconds, &utc) != NULL &&
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc) > 0)
        add_attribute(out, "timestamp", text);
}

void tool_report_junit(sh_text *out, const tool_report *report)
{
    const counts all = count(report);
    sh_text_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    add_counts(out, report, &all);
    sh_text_addf(out, ">\n<testsuite");
    add_counts(out, report, &all);
    add_timestamp(out, report->record->digest.began_ns);
    add_attribute(out, "hostname", report->record->digest.host);
    sh_text_addf(out, ">\n");
    add_properties(out, report);
    for (size_t i = 0; i < report->stage_count; i++) {
        if (*report->stages[i].name != '\0')
            add_stage(out, report, &report->stages[i]);
    }
    if (fails_outside(report))
        add_case_outside(out, report);
    sh_text_addf(out, "</testsuite>\n</testsuites>\n");
}
