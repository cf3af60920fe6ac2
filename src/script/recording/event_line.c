/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/event_line.h"

#include <string.h>

#include "base/text/buf.h"

/* ---- Words ---- */

static const char *name_of_kind(staged_event_kind kind)
{
    static const char *const names[] = {
        [STAGED_EVENT_SCRIPT_BEGIN] = "script_begin",
        [STAGED_EVENT_STAGE_BEGIN] = "stage_begin",
        [STAGED_EVENT_ATTEMPT_BEGIN] = "attempt_begin",
        [STAGED_EVENT_COMMAND_BEGIN] = "command_begin",
        [STAGED_EVENT_COMMAND_END] = "command_end",
        [STAGED_EVENT_LOG] = "log",
        [STAGED_EVENT_ATTEMPT_END] = "attempt_end",
        [STAGED_EVENT_STAGE_END] = "stage_end",
        [STAGED_EVENT_SCRIPT_END] = "script_end",
        [STAGED_EVENT_CHECK] = "check",
        [STAGED_EVENT_QUESTION] = "question",
        [STAGED_EVENT_EACH_BEGIN] = "each_begin",
        [STAGED_EVENT_ITEM] = "item",
        [STAGED_EVENT_EACH_END] = "each_end",
        [STAGED_EVENT_PLACE] = "place",
    };
    return names[kind];
}

static const char *name_of_outcome(staged_outcome outcome)
{
    static const char *const names[] = {
        [STAGED_OUTCOME_NONE] = NULL,
        [STAGED_OUTCOME_PASSED] = "passed",
        [STAGED_OUTCOME_SKIPPED] = "skipped",
        [STAGED_OUTCOME_RETRYING] = "retrying",
        [STAGED_OUTCOME_ABANDONED] = "abandoned",
        [STAGED_OUTCOME_FAILED] = "failed",
        [STAGED_OUTCOME_EXITED] = "exited",
        [STAGED_OUTCOME_INTERRUPTED] = "interrupted",
    };
    return names[outcome];
}

/* ---- Members ---- */

static void add_where(stg_record *record, const staged_location *where)
{
    if (where->file == NULL) {
        stg_record_text(record, "where", NULL);
        return;
    }
    stg_record_open_object(record, "where");
    stg_record_text(record, "file", where->file);
    stg_record_number(record, "line", where->line);
    stg_record_close_object(record);
}

static void add_result(stg_record *record, const staged_event *event)
{
    stg_record_text(record, "outcome", name_of_outcome(event->outcome));
    stg_record_number(record, "duration_ns", event->duration_ns);
    stg_record_text(record, "message", event->message);
}

/* "NAME=value"; an entry without "=" stays as it is. */
static void add_environment(stg_record *record, const char *const *entries)
{
    stg_buf name = {0};
    stg_record_open_object(record, "environment");
    for (; entries != NULL && *entries != NULL; entries++) {
        const char *equals = strchr(*entries, '=');
        if (equals == NULL)
            continue;
        stg_buf_clear(&name);
        stg_buf_add(&name, *entries, (size_t)(equals - *entries));
        stg_record_text(record, stg_buf_text(&name), equals + 1);
    }
    stg_record_close_object(record);
    stg_buf_free(&name);
}

static void add_expected(stg_record *record, const staged_process_options *options)
{
    stg_record_open_list(record, "expected");
    if (options->expected_count == 0)
        stg_record_number(record, NULL, 0);
    for (size_t i = 0; i < options->expected_count; i++)
        stg_record_number(record, NULL, options->expected_codes[i]);
    stg_record_close_list(record);
}

/* ---- Commands ---- */

/* Where the command runs, and how its environment differs from the script's.  The function's own
 * settings come first: what the command adds to them is that function's doing. */
static void add_surroundings(stg_record *record, const staged_event *event,
                             const staged_process_options *options)
{
    static const char *const none[] = {NULL};
    static const staged_surroundings of_script = {0};
    const staged_surroundings *given =
        event->surroundings == NULL ? &of_script : event->surroundings;
    const char *const *without = given->without == NULL ? options->without : given->without;
    stg_record_text(record, "directory",
                    given->directory == NULL ? options->directory : given->directory);
    add_environment(record, given->environment == NULL ? options->environment : given->environment);
    stg_record_texts(record, "without", without == NULL ? none : without);
}

static void add_command_begin(stg_record *record, const staged_event *event)
{
    /* A command that is only recorded has no options of a process. */
    static const staged_process_options nothing = {.size = sizeof nothing};
    const staged_process_options *options = event->options == NULL ? &nothing : event->options;
    const char *shell = options->shell == NULL ? "/bin/sh" : options->shell;
    stg_record_number(record, "number", event->number);
    stg_record_text(record, "command", event->command);
    stg_record_texts(record, "words", options->arguments);
    stg_record_text(record, "program", options->program);
    stg_record_text(record, "shell", options->command == NULL ? NULL : shell);
    stg_record_text(record, "line", options->command);
    add_surroundings(record, event, options);
    stg_record_bool(record, "clear_environment", options->clear_environment);
    stg_record_seconds(record, "timeout_s", options->timeout_s);
    add_expected(record, options);
    stg_record_bool(record, "unlisted", event->unlisted);
    stg_record_bool(record, "runs", event->options != NULL);
    stg_record_text(record, "place", event->place);
    add_where(record, &event->where);
}

static void add_ended(stg_record *record, const staged_completed_process *process)
{
    stg_record_open_list(record, "ended");
    for (size_t i = 0; i < process->ended_count; i++) {
        const staged_ended_process *ended = process->ended[i];
        stg_record_open_object(record, NULL);
        stg_record_number(record, "pid", ended->pid);
        stg_record_number(record, "signal", ended->signal);
        stg_record_bool(record, "gone", ended->gone);
        stg_record_text(record, "name", ended->name);
        stg_record_close_object(record);
    }
    stg_record_close_list(record);
}

static void add_output(stg_record *record, const staged_event *event)
{
    if (event->output_file == NULL) {
        stg_record_text(record, "output", NULL);
        return;
    }
    stg_record_open_object(record, "output");
    stg_record_text(record, "file", event->output_file);
    stg_record_number(record, "offset", (int64_t)event->output_offset);
    stg_record_number(record, "length", (int64_t)event->output_length);
    stg_record_close_object(record);
}

static void add_usage(stg_record *record, const staged_completed_process *process)
{
    stg_record_number(record, "user_ns", process->user_ns);
    stg_record_number(record, "system_ns", process->system_ns);
    stg_record_number(record, "max_rss_kib", process->max_rss_kib);
}

/* What the place that it ran at tells of its end. */
static void add_end_at_place(stg_record *record, const staged_event *event)
{
    const staged_place_end *end = event->process == NULL ? NULL : event->process->place;
    if (event->place == NULL) {
        stg_record_text(record, "place", NULL);
        return;
    }
    /* It could not even begin. */
    static const staged_place_end unknown = {0};
    if (end == NULL)
        end = &unknown;
    stg_record_open_object(record, "place");
    stg_record_text(record, "name", event->place);
    stg_record_text(record, "job", end->job);
    stg_record_text(record, "node", end->node);
    stg_record_number(record, "queue_ns", end->queue_ns);
    stg_record_text(record, "failure", staged_place_failure_name(end->failure));
    stg_record_text(record, "left", end->left);
    stg_record_number(record, "user_ns", end->user_ns);
    stg_record_number(record, "system_ns", end->system_ns);
    stg_record_number(record, "max_rss_kib", end->max_rss_kib);
    stg_record_close_object(record);
}

static void add_command_end(stg_record *record, const staged_event *event)
{
    /* The result is unknown when out of memory. */
    static const staged_completed_process unknown = {.failed_step = STAGED_START_PROCESS};
    const staged_completed_process *process = event->process == NULL ? &unknown : event->process;
    stg_record_number(record, "number", event->number);
    stg_record_bool(record, "started", process->failed_step == STAGED_START_OK);
    stg_record_number(record, "exit_code", process->exit_code);
    stg_record_number(record, "signal", process->signal);
    stg_record_bool(record, "expected", process->expected);
    stg_record_bool(record, "timed_out", process->timed_out);
    stg_record_number(record, "interrupted", process->interrupted);
    stg_record_number(record, "duration_ns", event->duration_ns);
    add_usage(record, process);
    stg_record_number(record, "pid", process->pid);
    add_ended(record, process);
    stg_record_text(record, "message", event->message);
    add_output(record, event);
    add_end_at_place(record, event);
}

/* ---- Items ---- */

static void add_each_begin(stg_record *record, const staged_event *event)
{
    const staged_each_state *each = event->each;
    stg_record_number(record, "number", each->number);
    stg_record_text(record, "name", each->name);
    stg_record_text(record, "command", event->command);
    stg_record_number(record, "jobs", each->jobs);
    if (each->total < 0)
        stg_record_text(record, "total", NULL);
    else
        stg_record_number(record, "total", each->total);
    stg_record_text(record, "place", event->place);
    add_where(record, &event->where);
}

static void add_item(stg_record *record, const staged_event *event)
{
    /* It passed in an earlier run, or memory ran out. */
    static const staged_completed_process unknown = {0};
    const staged_completed_process *process = event->process == NULL ? &unknown : event->process;
    const staged_each_state *each = event->each;
    stg_record_number(record, "each", each->number);
    stg_record_text(record, "item", each->item);
    stg_record_bool(record, "hidden", each->is_hidden);
    stg_record_number(record, "index", each->index);
    stg_record_number(record, "attempts", each->attempts);
    stg_record_number(record, "exit_code", process->exit_code);
    stg_record_number(record, "signal", process->signal);
    stg_record_bool(record, "timed_out", process->timed_out);
    add_usage(record, process);
    add_result(record, event);
    stg_record_bool(record, "earlier", event->earlier);
    add_output(record, event);
}

static void add_place(stg_record *record, const staged_event *event)
{
    static const char *const states[] = {
        [STAGED_PLACE_STATE_WAITS] = "waits",
        [STAGED_PLACE_STATE_RUNS] = "runs",
        [STAGED_PLACE_STATE_AWAY] = "away",
        [STAGED_PLACE_STATE_GONE] = "gone",
    };
    const staged_place_look *look = event->look;
    stg_record_number(record, "number", event->number);
    if (event->each == NULL)
        stg_record_text(record, "each", NULL);
    else
        stg_record_number(record, "each", event->each->number);
    stg_record_text(record, "place", event->place);
    stg_record_text(record, "state", states[look->state]);
    stg_record_text(record, "job", look->job);
    stg_record_text(record, "node", look->node);
    stg_record_text(record, "reason", look->reason);
    stg_record_number(record, "queue_ns", look->queue_ns);
    stg_record_text(record, "folder", event->folder);
}

static void add_each_end(stg_record *record, const staged_event *event)
{
    const staged_each_state *each = event->each;
    stg_record_number(record, "number", each->number);
    stg_record_number(record, "passed", each->passed);
    stg_record_number(record, "earlier", each->earlier);
    stg_record_number(record, "failed", each->failed);
    stg_record_number(record, "not_run", each->not_run);
    stg_record_text(record, "left", each->left);
    add_result(record, event);
}

/* ---- All events ---- */

static void add_members(stg_record *record, const staged_event *event)
{
    switch (event->kind) {
    case STAGED_EVENT_SCRIPT_BEGIN:
        stg_record_text(record, "effective", event->command_line);
        stg_record_texts(record, "stages", event->stages);
        break;
    case STAGED_EVENT_STAGE_BEGIN:
        stg_record_text(record, "heading", event->heading);
        add_where(record, &event->where);
        break;
    case STAGED_EVENT_ATTEMPT_BEGIN:
        break;
    case STAGED_EVENT_COMMAND_BEGIN:
        add_command_begin(record, event);
        break;
    case STAGED_EVENT_COMMAND_END:
        add_command_end(record, event);
        break;
    case STAGED_EVENT_LOG:
        stg_record_text(record, "message", event->message);
        stg_record_text(record, "text", event->text);
        add_where(record, &event->where);
        break;
    case STAGED_EVENT_ATTEMPT_END:
        add_result(record, event);
        break;
    case STAGED_EVENT_STAGE_END:
        add_result(record, event);
        stg_record_bool(record, "earlier", event->earlier);
        break;
    case STAGED_EVENT_CHECK:
        add_result(record, event);
        add_where(record, &event->where);
        break;
    case STAGED_EVENT_QUESTION:
        stg_record_text(record, "message", event->message);
        stg_record_text(record, "answer", event->answer);
        add_where(record, &event->where);
        break;
    case STAGED_EVENT_EACH_BEGIN:
        add_each_begin(record, event);
        break;
    case STAGED_EVENT_ITEM:
        add_item(record, event);
        break;
    case STAGED_EVENT_EACH_END:
        add_each_end(record, event);
        break;
    case STAGED_EVENT_PLACE:
        add_place(record, event);
        break;
    case STAGED_EVENT_SCRIPT_END:
        stg_record_number(record, "exit_status", event->exit_status);
        add_result(record, event);
        break;
    }
}

void stg_write_stage_output(stg_record *record, const staged_event *end,
                            const stg_record_output *output)
{
    stg_record_begin(record, "stage_output", end->wall_ns, end->elapsed_ns);
    stg_record_text(record, "stage", end->stage);
    stg_record_number(record, "attempt", end->attempt);
    stg_record_text(record, "file", stg_record_output_name(output));
    stg_record_number(record, "offset", 0);
    stg_record_number(record, "length", (int64_t)stg_record_output_length(output));
    stg_record_end(record);
}

void stg_write_event(stg_record *record, const staged_event *event)
{
    stg_record_begin(record, name_of_kind(event->kind), event->wall_ns, event->elapsed_ns);
    stg_record_text(record, "stage", event->stage);
    stg_record_number(record, "attempt", event->attempt);
    add_members(record, event);
    stg_record_end(record);
}
