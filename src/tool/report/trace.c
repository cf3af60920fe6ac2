/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Trace Event Format: stages and attempts on one track, commands on others, since those of the
 * background overlap, and so the items of each. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tool/record/json.h"
#include "tool/report/formats.h"
#include "tool/report/lanes.h"
#include "tool/report/values.h"

enum {
    PROCESS = 1,
    STAGES = 1,
    FIRST_LANE = 2,
    FIRST_ITEM_LANE = FIRST_LANE + TOOL_MOST_LANES,
};

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

/* What is known of the process of a command or an item. */
static void add_numbers(json_t *details, const json_t *end)
{
    static const char *const numbers[] = {"attempts", "exit_code", "signal",
                                          "user_ns",  "system_ns", "max_rss_kib"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const json_t *number = json_object_get(end, numbers[i]);
        if (json_is_integer(number))
            (void)json_object_set_new(details, numbers[i],
                                      json_integer(json_integer_value(number)));
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
    tool_value_set(details, "place", tool_json_text(item->event, "place", NULL));
    tool_value_set(details, "place_failure", tool_command_place_failure(item->command));
    add_numbers(details, end);
    return details;
}

/* ---- Items ---- */

/* Those that passed in an earlier run took no time in this one. */
static bool is_drawn(const json_t *item)
{
    return !tool_json_bool(item, "earlier", false);
}

/* An item with its time. */
typedef struct timed_item {
    const json_t *event;
    tool_item_time ran;
} timed_item;

static int compare_beginnings(const void *a, const void *b)
{
    const int64_t first = ((const timed_item *)a)->ran.began_ns;
    const int64_t second = ((const timed_item *)b)->ran.began_ns;
    return (first > second) - (first < second);
}

static void add_item(json_t *events, tool_lanes *lanes, const json_t *each, const timed_item *timed)
{
    sh_text name = {0};
    json_t *details = json_object();
    const tool_report_item item = {.began_ns = timed->ran.began_ns,
                                   .duration_ns = timed->ran.duration_ns};
    tool_item_add_name(&name, timed->event);
    tool_value_set(details, "each", tool_json_text(each, "name", NULL));
    tool_value_set(details, "outcome", tool_json_text(timed->event, "outcome", NULL));
    tool_value_set(details, "message", tool_json_text(timed->event, "message", NULL));
    tool_value_set(details, "place", tool_json_text(each, "place", NULL));
    add_numbers(details, timed->event);
    add_event(events, "item", FIRST_ITEM_LANE + tool_lane_for(lanes, &item, TOOL_MOST_LANES),
              sh_text_of(&name), item.began_ns, item.duration_ns, details);
    sh_text_free(&name);
}

/* Lanes are given in the order of beginnings; the record has that of ends. */
static void add_items(json_t *events, tool_lanes *lanes, const tool_each *each)
{
    size_t count = 0;
    timed_item *items = sh_alloc((each->item_count + 1) * sizeof *items);
    for (size_t i = 0; i < each->item_count; i++) {
        const json_t *event = each->items[i];
        if (is_drawn(event))
            items[count++] = (timed_item){event, tool_item_ran(each, event)};
    }
    qsort(items, count, sizeof *items, compare_beginnings);
    for (size_t i = 0; i < count; i++)
        add_item(events, lanes, each->begin, &items[i]);
    free(items);
}

static void add_eaches(json_t *events, const tool_report *report)
{
    tool_lanes lanes = {0};
    for (size_t i = 0; i < report->item_count; i++) {
        if (report->items[i].kind == TOOL_ITEM_EACH)
            add_items(events, &lanes, report->items[i].each);
    }
    for (int lane = 0; lane < lanes.count; lane++)
        add_name(events, "thread_name", FIRST_ITEM_LANE + lane, "items");
}

/* ---- Commands ---- */

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
    add_eaches(events, report);
    tool_value_set(about, "run", digest->id);
    tool_value_set(about, "outcome", tool_run_outcome_name(digest->outcome));
    tool_value_set(about, "host", digest->host);
    tool_value_write(out, json_pack("{s:o, s:s, s:o}", "traceEvents", events, "displayTimeUnit",
                                    "ms", "otherData", about));
}
