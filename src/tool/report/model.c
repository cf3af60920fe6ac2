/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/report/model.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tool/record/json.h"

static const char not_run[] = "not run";

/* ---- Growing ---- */

static size_t add_stage(tool_report *report, const char *name, int64_t began_ns)
{
    report->stages = sh_grown(report->stages, report->stage_count, sizeof *report->stages);
    report->stages[report->stage_count] = (tool_report_stage){.name = name,
                                                              .heading = "",
                                                              .outcome = "",
                                                              .message = "",
                                                              .began_ns = began_ns,
                                                              .first_attempt = TOOL_NONE,
                                                              .last_attempt = TOOL_NONE};
    return report->stage_count++;
}

static size_t add_attempt(tool_report *report, size_t stage, int64_t number, int64_t began_ns)
{
    tool_report_stage *of = &report->stages[stage];
    const size_t attempt = report->attempt_count;
    report->attempts = sh_grown(report->attempts, attempt, sizeof *report->attempts);
    report->attempts[attempt] = (tool_report_attempt){.stage = stage,
                                                      .number = number,
                                                      .outcome = "",
                                                      .message = "",
                                                      .began_ns = began_ns,
                                                      .first_item = TOOL_NONE,
                                                      .last_item = TOOL_NONE,
                                                      .next = TOOL_NONE};
    if (of->last_attempt == TOOL_NONE)
        of->first_attempt = attempt;
    else
        report->attempts[of->last_attempt].next = attempt;
    of->last_attempt = attempt;
    of->attempts += number > 0;
    report->attempt_count++;
    return attempt;
}

static tool_report_item *add_item(tool_report *report, size_t attempt, tool_item_kind kind,
                                  const json_t *event)
{
    tool_report_attempt *of = &report->attempts[attempt];
    const size_t item = report->item_count;
    report->items = sh_grown(report->items, item, sizeof *report->items);
    report->items[item] = (tool_report_item){.kind = kind,
                                             .event = event,
                                             .attempt = attempt,
                                             .began_ns = tool_json_int(event, "elapsed_ns", 0),
                                             .next = TOOL_NONE};
    if (of->last_item == TOOL_NONE)
        of->first_item = item;
    else
        report->items[of->last_item].next = item;
    of->last_item = item;
    report->item_count++;
    return &report->items[item];
}

/* ---- Finding ---- */

/* The last stage of a name that has not ended, or without one the last of that name. */
static size_t find_stage(const tool_report *report, const char *name)
{
    size_t found = TOOL_NONE;
    for (size_t i = report->stage_count; i > 0; i--) {
        if (strcmp(report->stages[i - 1].name, name) != 0)
            continue;
        if (report->stages[i - 1].is_open)
            return i - 1;
        if (found == TOOL_NONE)
            found = i - 1;
    }
    return found;
}

/* The stage of an event, which is made where the record has lost its beginning. */
static size_t stage_of(tool_report *report, const json_t *event)
{
    const char *name = tool_json_text(event, "stage", "");
    const size_t stage = find_stage(report, name);
    return stage != TOOL_NONE ? stage
                              : add_stage(report, name, tool_json_int(event, "elapsed_ns", 0));
}

static size_t attempt_of(tool_report *report, const json_t *event)
{
    const size_t stage = stage_of(report, event);
    const int64_t number = tool_json_int(event, "attempt", 0);
    size_t found = report->stages[stage].last_attempt;
    if (found == TOOL_NONE || report->attempts[found].number != number) {
        size_t at = report->stages[stage].first_attempt;
        while (at != TOOL_NONE && report->attempts[at].number != number)
            at = report->attempts[at].next;
        found = at;
    }
    return found != TOOL_NONE
               ? found
               : add_attempt(report, stage, number, tool_json_int(event, "elapsed_ns", 0));
}

/* ---- Events ---- */

static void take_script_begin(tool_report *report, const json_t *event)
{
    report->effective = tool_json_text(event, "effective", report->effective);
    /* Those of the script itself, not of one inside of it. */
    if (report->selected == NULL)
        report->selected = json_object_get(event, "stages");
}

static void take_stage_begin(tool_report *report, const json_t *event)
{
    const size_t stage = add_stage(report, tool_json_text(event, "stage", ""),
                                   tool_json_int(event, "elapsed_ns", 0));
    report->stages[stage].heading = tool_json_text(event, "heading", "");
    report->stages[stage].where = json_object_get(event, "where");
    report->stages[stage].is_open = true;
}

static void take_attempt_begin(tool_report *report, const json_t *event)
{
    (void)add_attempt(report, stage_of(report, event), tool_json_int(event, "attempt", 1),
                      tool_json_int(event, "elapsed_ns", 0));
}

static void take_attempt_end(tool_report *report, const json_t *event)
{
    /* First: it may move them all. */
    const size_t number = attempt_of(report, event);
    tool_report_attempt *attempt = &report->attempts[number];
    attempt->outcome = tool_json_text(event, "outcome", "");
    attempt->message = tool_json_text(event, "message", "");
    attempt->duration_ns = tool_json_int(event, "duration_ns", 0);
}

static void take_stage_end(tool_report *report, const json_t *event)
{
    const size_t number = stage_of(report, event);
    tool_report_stage *stage = &report->stages[number];
    const bool is_earlier = tool_json_bool(event, "earlier", false);
    stage->outcome = is_earlier ? "earlier" : tool_json_text(event, "outcome", "");
    stage->message = tool_json_text(event, "message", "");
    stage->duration_ns = tool_json_int(event, "duration_ns", 0);
    stage->is_open = false;
    /* Only the end of the stage shows that no attempt was left. */
    if (stage->last_attempt != TOOL_NONE && tool_outcome_is_bad(stage->outcome))
        report->attempts[stage->last_attempt].outcome = stage->outcome;
}

static tool_command_state state_of(const tool_command *command)
{
    if (command->end == NULL)
        return tool_json_bool(command->begin, "runs", true) ? TOOL_COMMAND_OPEN
                                                            : TOOL_COMMAND_LISTED;
    return tool_json_bool(command->end, "expected",
                          tool_json_int(command->end, "exit_code", 1) == 0)
               ? TOOL_COMMAND_PASSED
               : TOOL_COMMAND_FAILED;
}

static void take_command(tool_report *report, const json_t *event, const tool_command *command)
{
    tool_report_item *item = add_item(report, attempt_of(report, event), TOOL_ITEM_COMMAND, event);
    item->command = command;
    item->state = state_of(command);
    item->duration_ns = tool_json_int(
        command->end, "duration_ns",
        item->state == TOOL_COMMAND_OPEN ? report->record->digest.duration_ns - item->began_ns : 0);
}

/* Whether the last item of an attempt is a listing, as stands before each. */
static bool ends_listed(const tool_report *report, size_t attempt)
{
    const size_t last = report->attempts[attempt].last_item;
    return last != TOOL_NONE && report->items[last].kind == TOOL_ITEM_COMMAND &&
           report->items[last].state == TOOL_COMMAND_LISTED;
}

static void take_each(tool_report *report, const json_t *event, const tool_each *each)
{
    const size_t attempt = attempt_of(report, event);
    tool_report_item *item = ends_listed(report, attempt)
                                 ? &report->items[report->attempts[attempt].last_item]
                                 : add_item(report, attempt, TOOL_ITEM_EACH, event);
    item->kind = TOOL_ITEM_EACH;
    item->event = event;
    item->command = NULL;
    item->each = each;
    item->state = each->failed > 0    ? TOOL_COMMAND_FAILED
                  : each->end == NULL ? TOOL_COMMAND_OPEN
                                      : TOOL_COMMAND_PASSED;
    item->began_ns = tool_json_int(event, "elapsed_ns", 0);
    item->duration_ns = tool_json_int(each->end, "duration_ns",
                                      report->record->digest.duration_ns - item->began_ns);
}

static void take_output(tool_report *report, const json_t *event)
{
    (void)add_item(report, attempt_of(report, event), TOOL_ITEM_OUTPUT, event);
}

static void take_log(tool_report *report, const json_t *event)
{
    (void)add_item(report, attempt_of(report, event), TOOL_ITEM_LOG, event);
}

static void take_events(tool_report *report)
{
    static const struct {
        const char *kind;
        void (*take)(tool_report *report, const json_t *event);
    } kinds[] = {{"script_begin", take_script_begin},
                 {"stage_begin", take_stage_begin},
                 {"attempt_begin", take_attempt_begin},
                 {"attempt_end", take_attempt_end},
                 {"stage_end", take_stage_end},
                 {"stage_output", take_output},
                 {"log", take_log}};
    size_t commands = 0, eaches = 0;
    for (size_t i = 0; i < json_array_size(report->record->events); i++) {
        const json_t *event = json_array_get(report->record->events, i);
        if (tool_json_is(event, "command_begin") && commands < report->record->command_count)
            take_command(report, event, &report->record->commands[commands++]);
        if (tool_json_is(event, "each_begin") && eaches < report->record->eaches.count)
            take_each(report, event, &report->record->eaches.all[eaches++]);
        for (size_t j = 0; j < sizeof kinds / sizeof kinds[0]; j++) {
            if (tool_json_is(event, kinds[j].kind))
                kinds[j].take(report, event);
        }
    }
}

/* ---- After the last event ---- */

/* What was not over when the record ended. */
static void close_open(tool_report *report)
{
    const tool_digest *digest = &report->record->digest;
    const char *outcome = tool_run_outcome_name(digest->outcome);
    for (size_t i = 0; i < report->stage_count; i++) {
        tool_report_stage *stage = &report->stages[i];
        tool_report_attempt *last =
            stage->last_attempt == TOOL_NONE ? NULL : &report->attempts[stage->last_attempt];
        if (!stage->is_open)
            continue;
        stage->outcome = outcome;
        stage->duration_ns = digest->duration_ns - stage->began_ns;
        if (last != NULL && *last->outcome == '\0') {
            last->outcome = outcome;
            last->duration_ns = digest->duration_ns - last->began_ns;
        }
    }
}

/* The stages that were to run, and did not come to. */
static void add_not_run(tool_report *report)
{
    const tool_digest *digest = &report->record->digest;
    const json_t *names = digest->outcome == TOOL_RUN_RUNNING ? NULL : report->selected;
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (name == NULL || find_stage(report, name) != TOOL_NONE)
            continue;
        const size_t stage = add_stage(report, name, digest->duration_ns);
        report->stages[stage].outcome = not_run;
    }
}

static size_t find_failed(const tool_report *report)
{
    const tool_command *failed = tool_record_failed(report->record);
    for (size_t i = 0; failed != NULL && i < report->item_count; i++) {
        if (report->items[i].command == failed)
            return report->items[i].state == TOOL_COMMAND_LISTED ? TOOL_NONE : i;
    }
    return TOOL_NONE;
}

void tool_report_make(tool_report *report, const tool_record *record)
{
    *report = (tool_report){.record = record,
                            .effective =
                                record->digest.arguments == NULL ? "" : record->digest.arguments};
    take_events(report);
    close_open(report);
    add_not_run(report);
    report->failed = find_failed(report);
}

void tool_report_free(tool_report *report)
{
    free(report->stages);
    free(report->attempts);
    free(report->items);
    *report = (tool_report){0};
}

/* ---- Words ---- */

char *tool_report_result(const tool_report *report)
{
    const tool_digest *digest = &report->record->digest;
    sh_text text = {0};
    sh_text_addf(&text, "%s", tool_run_outcome_name(digest->outcome));
    if (digest->outcome == TOOL_RUN_FAILED || digest->outcome == TOOL_RUN_INTERRUPTED)
        sh_text_addf(&text, " with exit status %" PRId64, digest->exit_status);
    return text.bytes;
}

bool tool_outcome_is_bad(const char *outcome)
{
    static const char *const bad[] = {"failed", "abandoned", "interrupted", "died"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (strcmp(bad[i], outcome) == 0)
            return true;
    }
    return false;
}

const char *tool_outcome_word(const char *outcome)
{
    return strcmp(outcome, "retrying") == 0 ? "retried" : outcome;
}

/* ---- Output ---- */

/* Where an item's output is: {"file", "offset", "length"}. */
static const json_t *output_of(const tool_report_item *item)
{
    return item->kind == TOOL_ITEM_OUTPUT ? item->event
           : item->command == NULL        ? NULL
                                          : json_object_get(item->command->end, "output");
}

const char *tool_report_output_file(const tool_report_item *item)
{
    return tool_json_text(output_of(item), "file", NULL);
}

char *tool_report_output(const tool_report *report, const tool_report_item *item, size_t most,
                         size_t *length, size_t *total)
{
    const json_t *output = output_of(item);
    const int64_t size = tool_json_int(output, "length", 0);
    *length = 0;
    *total = size < 0 ? 0 : (size_t)size;
    if (output == NULL)
        return NULL;
    if (item->command != NULL)
        return tool_record_output(report->record, item->command->end, most, length);
    json_t *end = json_object();
    (void)json_object_set_new(end, "output", json_deep_copy(output));
    char *bytes = tool_record_output(report->record, end, most, length);
    json_decref(end);
    return bytes;
}
