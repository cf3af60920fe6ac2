/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The JSON summary, which docs/reports.md describes. */
#include <stdlib.h>
#include <string.h>

#include "tool/record/json.h"
#include "tool/report/formats.h"
#include "tool/report/values.h"

/* Sets a text, or null where there is none; its bytes are kept, as in the record. */
static void set_text(json_t *object, const char *name, const char *text)
{
    (void)json_object_set_new(object, name,
                              tool_json_of(text == NULL || *text == '\0' ? NULL : text));
}

static void set_number(json_t *object, const char *name, int64_t number)
{
    (void)json_object_set_new(object, name, json_integer(number));
}

/* Sets a number that an event has, or null. */
static void copy_number(json_t *object, const char *name, const json_t *event)
{
    const json_t *number = json_object_get(event, name);
    (void)json_object_set_new(object, name,
                              json_is_integer(number) ? json_integer(json_integer_value(number))
                                                      : json_null());
}

static void set_times(json_t *object, int64_t began_ns, int64_t duration_ns)
{
    set_number(object, "began_ns", began_ns);
    set_number(object, "duration_ns", duration_ns);
}

static void set_place(json_t *object, const json_t *where)
{
    set_text(object, "file", tool_json_text(where, "file", NULL));
    copy_number(object, "line", where);
}

/* What is known of the place that it ran at; null: here. */
static void set_where_it_ran(json_t *object, const tool_command *command)
{
    static const char *const texts[] = {"job", "node", "failure", "left"};
    const char *name = tool_json_text(command->begin, "place", NULL);
    const json_t *known = json_object_get(command->end, "place");
    if (!json_is_object(known))
        known = command->place;
    json_t *place = name == NULL ? json_null() : json_object();
    if (name != NULL) {
        set_text(place, "name", name);
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            set_text(place, texts[i], tool_json_text(known, texts[i], NULL));
        copy_number(place, "queue_ns", known);
    }
    (void)json_object_set_new(object, "place", place);
}

static json_t *command_of(const tool_report_item *item)
{
    const json_t *end = item->command->end;
    json_t *command = json_object();
    copy_number(command, "number", item->event);
    set_text(command, "command", tool_json_text(item->event, "command", NULL));
    set_text(command, "outcome", tool_command_word(item->state));
    set_text(command, "message", tool_json_text(end, "message", NULL));
    set_times(command, item->began_ns, item->duration_ns);
    static const char *const numbers[] = {"exit_code", "signal", "user_ns", "system_ns",
                                          "max_rss_kib"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        copy_number(command, numbers[i], end);
    /* It is that of the command, or nothing. */
    if (tool_command_place_failure(item->command) != NULL)
        (void)json_object_set_new(command, "exit_code", json_null());
    set_text(command, "output", tool_report_output_file(item));
    set_place(command, json_object_get(item->event, "where"));
    set_where_it_ran(command, item->command);
    return command;
}

static json_t *failure_of(const json_t *item)
{
    static const char *const numbers[] = {"index",  "attempts", "duration_ns", "exit_code",
                                          "signal", "user_ns",  "system_ns",   "max_rss_kib"};
    json_t *failure = json_object();
    (void)json_object_set_new(failure, "item", tool_json_of(tool_json_text(item, "item", "")));
    set_text(failure, "outcome", tool_json_text(item, "outcome", NULL));
    set_text(failure, "message", tool_json_text(item, "message", NULL));
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        copy_number(failure, numbers[i], item);
    (void)json_object_set_new(failure, "timed_out",
                              json_boolean(tool_json_bool(item, "timed_out", false)));
    set_text(failure, "output", tool_json_text(json_object_get(item, "output"), "file", NULL));
    copy_number(failure, "offset", json_object_get(item, "output"));
    copy_number(failure, "length", json_object_get(item, "output"));
    return failure;
}

static json_t *each_of(const tool_report_item *item)
{
    const tool_each *each = item->each;
    json_t *object = json_object();
    json_t *failures = json_array();
    const int64_t total = tool_each_total(each);
    size_t at = 0;
    copy_number(object, "number", item->event);
    set_text(object, "name", tool_json_text(item->event, "name", NULL));
    set_text(object, "command", tool_json_text(item->event, "command", NULL));
    set_text(object, "outcome", tool_json_text(each->end, "outcome", NULL));
    set_text(object, "message", tool_json_text(each->end, "message", NULL));
    set_times(object, item->began_ns, item->duration_ns);
    (void)json_object_set_new(object, "total", total < 0 ? json_null() : json_integer(total));
    set_number(object, "passed", (int64_t)each->passed);
    set_number(object, "retried", (int64_t)each->retried);
    set_number(object, "earlier", (int64_t)each->earlier);
    set_number(object, "failed", (int64_t)each->failed);
    set_number(object, "not_run", tool_each_not_run(each));
    set_text(object, "left", tool_json_text(each->end, "left", NULL));
    for (const json_t *failed; (failed = tool_each_next_failed(each, &at)) != NULL;)
        (void)json_array_append_new(failures, failure_of(failed));
    (void)json_object_set_new(object, "failures", failures);
    set_place(object, json_object_get(item->event, "where"));
    return object;
}

static json_t *attempt_of(const tool_report *report, const tool_report_attempt *attempt)
{
    json_t *object = json_object();
    json_t *commands = json_array();
    json_t *eaches = json_array();
    set_number(object, "number", attempt->number);
    set_text(object, "outcome", attempt->outcome);
    set_text(object, "message", attempt->message);
    set_times(object, attempt->began_ns, attempt->duration_ns);
    for (size_t i = attempt->first_item; i != TOOL_NONE; i = report->items[i].next) {
        if (report->items[i].kind == TOOL_ITEM_COMMAND)
            (void)json_array_append_new(commands, command_of(&report->items[i]));
        if (report->items[i].kind == TOOL_ITEM_EACH)
            (void)json_array_append_new(eaches, each_of(&report->items[i]));
    }
    (void)json_object_set_new(object, "commands", commands);
    (void)json_object_set_new(object, "eaches", eaches);
    return object;
}

static json_t *stage_of(const tool_report *report, const tool_report_stage *stage)
{
    json_t *object = json_object();
    json_t *attempts = json_array();
    set_text(object, "name", stage->name);
    set_text(object, "outcome", stage->outcome);
    set_text(object, "message", stage->message);
    set_times(object, stage->began_ns, stage->duration_ns);
    set_place(object, stage->where);
    for (size_t at = stage->first_attempt; at != TOOL_NONE; at = report->attempts[at].next)
        (void)json_array_append_new(attempts, attempt_of(report, &report->attempts[at]));
    (void)json_object_set_new(object, "attempts", attempts);
    return object;
}

static void set_run(json_t *object, const tool_report *report)
{
    const tool_digest *digest = &report->record->digest;
    const json_t *run = report->record->run;
    set_number(object, "format", 1);
    set_text(object, "run", digest->id);
    set_text(object, "script", digest->script);
    set_text(object, "outcome", tool_run_outcome_name(digest->outcome));
    (void)json_object_set_new(object, "exit_status",
                              digest->has_ended ? json_integer(digest->exit_status) : json_null());
    set_text(object, "message", digest->message);
    set_times(object, digest->began_ns, digest->duration_ns);
    set_text(object, "path", digest->path);
    set_text(object, "command_line", report->effective);
    set_text(object, "directory", tool_json_text(run, "directory", NULL));
    set_text(object, "host", digest->host);
    set_text(object, "user", tool_json_text(run, "user", NULL));
    set_text(object, "commit", tool_json_text(json_object_get(run, "git"), "commit", NULL));
    set_text(object, "folder", report->record->folder);
    if (report->failed == TOOL_NONE)
        (void)json_object_set_new(object, "failed_command", json_null());
    else
        (void)json_object_set_new(object, "failed_command",
                                  command_of(&report->items[report->failed]));
}

void tool_report_summary(sh_text *out, const tool_report *report)
{
    json_t *object = json_object();
    json_t *stages = json_array();
    set_run(object, report);
    for (size_t i = 0; i < report->stage_count; i++)
        (void)json_array_append_new(stages, stage_of(report, &report->stages[i]));
    (void)json_object_set_new(object, "stages", stages);
    char *text = tool_json_write(object, JSON_INDENT(2));
    sh_text_addf(out, "%s\n", text);
    free(text);
    json_decref(object);
}
