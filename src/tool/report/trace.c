/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Trace Event Format: stages and attempts on one track, commands on others, since those of the
 * background overlap. */
#include <inttypes.h>
#include <stdio.h>

#include "tool/record/json.h"
#include "tool/report/formats.h"
#include "tool/report/lanes.h"
#include "tool/report/values.h"

enum { PROCESS = 1, STAGES = 1, FIRST_LANE = 2 };

/* Names a process or a track. */
static void add_name(json_t *events, const char *kind, int track, const char *name)
{
    json_t *arguments = json_object();
    tool_value_set(arguments, "name", name);
    (void)json_array_append_new(events,
                                json_pack("{s:s, s:s, s:i, s:i, s:o}", "name", kind, "ph", "M",
                                          "pid", PROCESS, "tid", track, "args", arguments));
}

/* Adds a complete event.  Its ends are rounded one by one, so that those inside stay inside.
 *   arguments  taken over */
static void add_event(json_t *events, const char *category, int track, const char *name,
                      int64_t began_ns, int64_t duration_ns, json_t *arguments)
{
    const int64_t began_us = began_ns / 1000;
    const int64_t end_us = (began_ns + (duration_ns < 0 ? 0 : duration_ns)) / 1000;
    (void)json_array_append_new(
        events, json_pack("{s:o, s:s, s:s, s:I, s:I, s:i, s:i, s:o}", "name",
                          tool_value_of(*name == '\0' ? "?" : name), "cat", category, "ph", "X",
                          "ts", (json_int_t)began_us, "dur", (json_int_t)(end_us - began_us), "pid",
                          PROCESS, "tid", track, "args", arguments));
}

static json_t *result_of(const char *outcome, const char *message)
{
    json_t *arguments = json_object();
    tool_value_set(arguments, "outcome", outcome);
    tool_value_set(arguments, "message", message);
    return arguments;
}

static void add_stages(json_t *events, const tool_report *report)
{
    for (size_t i = 0; i < report->stage_count; i++) {
        const tool_report_stage *stage = &report->stages[i];
        if (*stage->name == '\0' || stage->first_attempt == TOOL_NONE)
            continue;
        add_event(events, "stage", STAGES, stage->name, stage->began_ns, stage->duration_ns,
                  result_of(stage->outcome, stage->message));
        for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next) {
            const tool_report_attempt *attempt = &report->attempts[at];
            char name[48];
            (void)snprintf(name, sizeof name, "attempt %" PRId64, attempt->number);
            if (attempt->number > 0)
                add_event(events, "attempt", STAGES, name, attempt->began_ns, attempt->duration_ns,
                          result_of(attempt->outcome, attempt->message));
        }
    }
}

static json_t *details_of(const tool_report *report, const tool_report_item *item)
{
    const json_t *end = item->command->end;
    json_t *details = json_object();
    tool_value_set(details, "stage", report->stages[report->attempts[item->attempt].stage].name);
    (void)json_object_set_new(details, "number",
                              json_integer(tool_json_int(item->event, "number", 0)));
    tool_value_set(details, "outcome", tool_command_word(item->state));
    tool_value_set(details, "directory", tool_json_text(item->event, "directory", NULL));
    static const char *const numbers[] = {"exit_code", "signal", "user_ns", "system_ns",
                                          "max_rss_kib"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const json_t *number = json_object_get(end, numbers[i]);
        if (json_is_integer(number))
            (void)json_object_set_new(details, numbers[i],
                                      json_integer(json_integer_value(number)));
    }
    return details;
}

static void add_commands(json_t *events, const tool_report *report)
{
    tool_lanes lanes = {0};
    for (size_t i = 0; i < report->item_count; i++) {
        const tool_report_item *item = &report->items[i];
        if (item->kind != TOOL_ITEM_COMMAND || item->state == TOOL_COMMAND_LISTED)
            continue;
        add_event(events, "command", FIRST_LANE + tool_lane_for(&lanes, item, TOOL_MOST_LANES),
                  tool_json_text(item->event, "command", ""), item->began_ns, item->duration_ns,
                  details_of(report, item));
    }
    for (int lane = 0; lane < lanes.count; lane++)
        add_name(events, "thread_name", FIRST_LANE + lane, "commands");
}

void tool_report_trace(sh_text *out, const tool_report *report)
{
    const tool_digest *digest = &report->record->digest;
    json_t *events = json_array();
    json_t *about = json_object();
    add_name(events, "process_name", STAGES, digest->script);
    add_name(events, "thread_name", STAGES, "stages");
    add_stages(events, report);
    add_commands(events, report);
    tool_value_set(about, "run", digest->id);
    tool_value_set(about, "outcome", tool_run_outcome_name(digest->outcome));
    tool_value_set(about, "host", digest->host);
    tool_value_write(out, json_pack("{s:o, s:s, s:o}", "traceEvents", events, "displayTimeUnit",
                                    "ms", "otherData", about));
}
