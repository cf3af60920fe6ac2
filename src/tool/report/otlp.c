/* SPDX-License-Identifier: BSD-3-Clause
 *
 * OTLP/JSON: a trace a run, whose spans are the run, its stages, attempts, commands, and each with
 * its items. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tool/record/json.h"
#include "tool/report/formats.h"
#include "tool/report/values.h"

/* As the protocol numbers them. */
enum { KIND_INTERNAL = 1, STATUS_UNSET = 0, STATUS_OK = 1, STATUS_ERROR = 2 };
enum { ID_SIZE = 17, TRACE_ID_SIZE = 33 };

/* The spans while they are made. */
typedef struct trace {
    const tool_report *report;
    json_t *spans;
    char id[TRACE_ID_SIZE];
} trace;

/* ---- Ids ---- */

/* FNV-1a: ids are the same in each report of a run, and differ from those of others. */
static uint64_t hash(uint64_t seed, const char *text)
{
    uint64_t sum = UINT64_C(14695981039346656037) ^ seed;
    for (; *text != '\0'; text++)
        sum = (sum ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return sum;
}

static void make_trace_id(trace *t)
{
    const tool_digest *digest = &t->report->record->digest;
    sh_text text = {0};
    sh_text_addf(&text, "%s %s %s %" PRId64, digest->id == NULL ? "" : digest->id,
                 digest->host == NULL ? "" : digest->host,
                 digest->script == NULL ? "" : digest->script, digest->began_ns);
    (void)snprintf(t->id, sizeof t->id, "%016" PRIx64 "%016" PRIx64, hash(1, sh_text_of(&text)),
                   hash(2, sh_text_of(&text)) | 1);
    sh_text_free(&text);
}

/* The id of a span: of the run, or of a stage, an attempt or an item by its number. */
static const char *span_id(const trace *t, const char *kind, size_t number, char id[ID_SIZE])
{
    char text[64];
    (void)snprintf(text, sizeof text, "%s %s %zu", t->id, kind, number);
    (void)snprintf(id, ID_SIZE, "%016" PRIx64, hash(3, text) | 1);
    return id;
}

/* ---- Attributes ---- */

static void add_attribute(json_t *attributes, const char *key, const char *value)
{
    if (value != NULL && *value != '\0')
        (void)json_array_append_new(attributes, json_pack("{s:s, s:{s:o}}", "key", key, "value",
                                                          "stringValue", tool_value_of(value)));
}

/* 64 bits are a text in this JSON. */
static void add_number(json_t *attributes, const char *key, const json_t *number)
{
    char text[32];
    if (!json_is_integer(number))
        return;
    (void)snprintf(text, sizeof text, "%" PRId64, (int64_t)json_integer_value(number));
    (void)json_array_append_new(attributes,
                                json_pack("{s:s, s:{s:s}}", "key", key, "value", "intValue", text));
}

/* ---- Spans ---- */

/* What a span has in common with all others.
 *   parent      NULL: none
 *   attributes  taken over */
typedef struct span {
    const char *id, *parent, *name, *message;
    int64_t began_ns, duration_ns; /* since the run began */
    int status;
    json_t *attributes;
} span;

static void add_span(trace *t, const span *s)
{
    const int64_t run_ns = t->report->record->digest.began_ns;
    char begin[32], end[32];
    (void)snprintf(begin, sizeof begin, "%" PRId64, run_ns + s->began_ns);
    (void)snprintf(end, sizeof end, "%" PRId64,
                   run_ns + s->began_ns + (s->duration_ns < 0 ? 0 : s->duration_ns));
    json_t *status = json_pack("{s:i}", "code", s->status);
    if (s->status == STATUS_ERROR)
        tool_value_set(status, "message", s->message);
    json_t *json = json_pack("{s:s, s:s, s:o, s:i, s:s, s:s, s:o, s:o}", "traceId", t->id, "spanId",
                             s->id, "name", tool_value_of(*s->name == '\0' ? "?" : s->name), "kind",
                             KIND_INTERNAL, "startTimeUnixNano", begin, "endTimeUnixNano", end,
                             "attributes", s->attributes, "status", status);
    if (s->parent != NULL)
        (void)json_object_set_new(json, "parentSpanId", json_string(s->parent));
    (void)json_array_append_new(t->spans, json);
}

static int status_of(const char *outcome)
{
    return tool_outcome_is_bad(outcome) || strcmp(outcome, "retrying") == 0 ? STATUS_ERROR
           : strcmp(outcome, "passed") == 0                                 ? STATUS_OK
                                                                            : STATUS_UNSET;
}

static void add_run(trace *t)
{
    const tool_digest *digest = &t->report->record->digest;
    const char *outcome = tool_run_outcome_name(digest->outcome);
    char id[ID_SIZE];
    json_t *attributes = json_array();
    add_attribute(attributes, "staged.run", digest->id);
    add_attribute(attributes, "staged.outcome", outcome);
    add_attribute(attributes, "process.command_line", t->report->effective);
    add_attribute(attributes, "vcs.ref.head.revision",
                  tool_json_text(json_object_get(t->report->record->run, "git"), "commit", NULL));
    if (digest->has_ended) {
        json_t *status = json_integer(digest->exit_status);
        add_number(attributes, "process.exit.code", status);
        json_decref(status);
    }
    add_span(t, &(span){.id = span_id(t, "run", 0, id),
                        .name = digest->script == NULL ? "" : digest->script,
                        .message = digest->message,
                        .duration_ns = digest->duration_ns,
                        .status = status_of(outcome),
                        .attributes = attributes});
}

static void add_stage(trace *t, size_t number)
{
    const tool_report_stage *stage = &t->report->stages[number];
    char id[ID_SIZE], parent[ID_SIZE];
    json_t *attributes = json_array();
    add_attribute(attributes, "staged.outcome", stage->outcome);
    add_attribute(attributes, "code.file.path", tool_json_text(stage->where, "file", NULL));
    add_number(attributes, "code.line.number", json_object_get(stage->where, "line"));
    add_span(t, &(span){.id = span_id(t, "stage", number, id),
                        .parent = span_id(t, "run", 0, parent),
                        .name = stage->name,
                        .message = stage->message,
                        .began_ns = stage->began_ns,
                        .duration_ns = stage->duration_ns,
                        .status = status_of(stage->outcome),
                        .attributes = attributes});
}

static void add_attempt(trace *t, size_t number)
{
    const tool_report_attempt *attempt = &t->report->attempts[number];
    char id[ID_SIZE], parent[ID_SIZE], name[48];
    json_t *attributes = json_array();
    (void)snprintf(name, sizeof name, "attempt %" PRId64, attempt->number);
    add_attribute(attributes, "staged.outcome", attempt->outcome);
    add_span(t, &(span){.id = span_id(t, "attempt", number, id),
                        .parent = span_id(t, "stage", attempt->stage, parent),
                        .name = name,
                        .message = attempt->message,
                        .began_ns = attempt->began_ns,
                        .duration_ns = attempt->duration_ns,
                        .status = status_of(attempt->outcome),
                        .attributes = attributes});
}

/* The span that a command is in: its attempt's, or its stage's, or the run's. */
static const char *parent_of(const trace *t, const tool_report_item *item, char id[ID_SIZE])
{
    const tool_report_attempt *attempt = &t->report->attempts[item->attempt];
    if (attempt->number > 0)
        return span_id(t, "attempt", item->attempt, id);
    return *t->report->stages[attempt->stage].name != '\0' ? span_id(t, "stage", attempt->stage, id)
                                                           : span_id(t, "run", 0, id);
}

static void add_command(trace *t, size_t number)
{
    const tool_report_item *item = &t->report->items[number];
    const json_t *end = item->command->end;
    char id[ID_SIZE], parent[ID_SIZE];
    json_t *attributes = json_array();
    add_attribute(attributes, "staged.outcome", tool_command_word(item->state));
    add_attribute(attributes, "process.command_line", tool_json_text(item->event, "command", NULL));
    add_attribute(attributes, "process.working_directory",
                  tool_json_text(item->event, "directory", NULL));
    add_number(attributes, "process.pid", json_object_get(end, "pid"));
    add_attribute(attributes, "staged.place", tool_json_text(item->event, "place", NULL));
    add_attribute(attributes, "staged.place.failure", tool_command_place_failure(item->command));
    if (tool_command_place_failure(item->command) == NULL)
        add_number(attributes, "process.exit.code", json_object_get(end, "exit_code"));
    add_number(attributes, "staged.user_ns", json_object_get(end, "user_ns"));
    add_number(attributes, "staged.system_ns", json_object_get(end, "system_ns"));
    add_number(attributes, "staged.max_rss_kib", json_object_get(end, "max_rss_kib"));
    add_span(t, &(span){.id = span_id(t, "command", number, id),
                        .parent = parent_of(t, item, parent),
                        .name = tool_json_text(item->event, "command", ""),
                        .message = tool_json_text(end, "message", ""),
                        .began_ns = item->began_ns,
                        .duration_ns = item->duration_ns,
                        .status = item->state == TOOL_COMMAND_PASSED   ? STATUS_OK
                                  : item->state == TOOL_COMMAND_FAILED ? STATUS_ERROR
                                                                       : STATUS_UNSET,
                        .attributes = attributes});
}

static void add_each(trace *t, size_t number)
{
    const tool_report_item *item = &t->report->items[number];
    char id[ID_SIZE], parent[ID_SIZE];
    json_t *attributes = json_array();
    add_attribute(attributes, "process.command_line", tool_json_text(item->event, "command", NULL));
    add_attribute(attributes, "staged.place", tool_json_text(item->event, "place", NULL));
    add_span(t, &(span){.id = span_id(t, "each", number, id),
                        .parent = parent_of(t, item, parent),
                        .name = tool_json_text(item->event, "name", ""),
                        .message = tool_json_text(item->each->end, "message", ""),
                        .began_ns = item->began_ns,
                        .duration_ns = item->duration_ns,
                        .status = status_of(tool_json_text(item->each->end, "outcome", "")),
                        .attributes = attributes});
}

/* An item of each, by its place among all items of the report. */
static void add_item(trace *t, size_t each, const json_t *event, size_t number)
{
    const char *outcome = tool_json_text(event, "outcome", "");
    const tool_item_time ran = tool_item_ran(t->report->items[each].each, event);
    char id[ID_SIZE], parent[ID_SIZE];
    sh_text name = {0};
    json_t *attributes = json_array();
    tool_item_add_name(&name, event);
    add_attribute(attributes, "staged.outcome", outcome);
    add_number(attributes, "staged.attempts", json_object_get(event, "attempts"));
    add_number(attributes, "process.exit.code", json_object_get(event, "exit_code"));
    add_number(attributes, "staged.user_ns", json_object_get(event, "user_ns"));
    add_number(attributes, "staged.system_ns", json_object_get(event, "system_ns"));
    add_number(attributes, "staged.max_rss_kib", json_object_get(event, "max_rss_kib"));
    add_span(t, &(span){.id = span_id(t, "item", number, id),
                        .parent = span_id(t, "each", each, parent),
                        .name = sh_text_of(&name),
                        .message = tool_json_text(event, "message", ""),
                        .began_ns = ran.began_ns,
                        .duration_ns = ran.duration_ns,
                        .status = status_of(outcome),
                        .attributes = attributes});
    sh_text_free(&name);
}

/* Those that passed in an earlier run took no time in this one.  Returns the number for the next
 * one. */
static size_t add_items(trace *t, size_t each, size_t number)
{
    const tool_each *all = t->report->items[each].each;
    for (size_t i = 0; i < all->item_count; i++, number++) {
        if (!tool_json_bool(all->items[i], "earlier", false))
            add_item(t, each, all->items[i], number);
    }
    return number;
}

static json_t *resource_of(const tool_report *report)
{
    const json_t *run = report->record->run;
    json_t *attributes = json_array();
    add_attribute(attributes, "service.name", report->record->digest.script);
    add_attribute(attributes, "host.name", report->record->digest.host);
    add_attribute(attributes, "process.owner", tool_json_text(run, "user", NULL));
    add_attribute(attributes, "process.executable.path", report->record->digest.path);
    add_attribute(attributes, "process.working_directory", tool_json_text(run, "directory", NULL));
    add_number(attributes, "process.pid", json_object_get(run, "pid"));
    return json_pack("{s:o}", "attributes", attributes);
}

static void add_all_items(trace *t)
{
    size_t number = 0;
    for (size_t i = 0; i < t->report->item_count; i++) {
        const tool_report_item *item = &t->report->items[i];
        if (item->kind == TOOL_ITEM_COMMAND && item->state != TOOL_COMMAND_LISTED)
            add_command(t, i);
        if (item->kind == TOOL_ITEM_EACH) {
            add_each(t, i);
            number = add_items(t, i, number);
        }
    }
}

void tool_report_otlp(sh_text *out, const tool_report *report)
{
    trace t = {.report = report, .spans = json_array()};
    json_t *scope = json_pack("{s:s}", "name", "staged");
    make_trace_id(&t);
    add_run(&t);
    for (size_t i = 0; i < report->stage_count; i++) {
        if (*report->stages[i].name != '\0' && report->stages[i].first_attempt != TOOL_NONE)
            add_stage(&t, i);
    }
    for (size_t i = 0; i < report->attempt_count; i++) {
        if (report->attempts[i].number > 0)
            add_attempt(&t, i);
    }
    add_all_items(&t);
    tool_value_set(scope, "version", tool_json_text(report->record->run, "staged", NULL));
    tool_value_write(out, json_pack("{s:[{s:o, s:[{s:o, s:o}]}]}", "resourceSpans", "resource",
                                    resource_of(report), "scopeSpans", "scope", scope, "spans",
                                    t.spans));
}
