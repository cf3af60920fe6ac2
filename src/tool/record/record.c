/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/record.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/signals.h>

#include "tool/record/json.h"

/* ---- Reading ---- */

static void add_attempt(tool_record *record, const json_t *event)
{
    record->attempts = sh_grown(record->attempts, record->attempt_count, sizeof *record->attempts);
    record->attempts[record->attempt_count++] = (tool_attempt){
        .stage = tool_json_text(event, "stage", ""),
        .outcome = tool_json_text(event, "outcome", ""),
        .duration_ns = tool_json_int(event, "duration_ns", 0),
    };
}

static tool_attempt *last_attempt_of(tool_record *record, const char *stage)
{
    for (size_t i = record->attempt_count; i > 0; i--) {
        if (strcmp(record->attempts[i - 1].stage, stage) == 0)
            return &record->attempts[i - 1];
    }
    return NULL;
}

/* Only the end of the stage shows that no attempt was left, or that it failed outside of them. */
static void end_stage(tool_record *record, const json_t *event)
{
    tool_attempt *attempt = last_attempt_of(record, tool_json_text(event, "stage", ""));
    if (attempt == NULL)
        add_attempt(record, event);
    else
        attempt->outcome = tool_json_text(event, "outcome", "");
    if (tool_json_bool(event, "earlier", false))
        record->attempts[record->attempt_count - 1].outcome = "earlier";
}

static void begin_command(tool_record *record, const json_t *event)
{
    record->commands = sh_grown(record->commands, record->command_count, sizeof *record->commands);
    record->commands[record->command_count++] = (tool_command){.begin = event};
}

static void end_command(tool_record *record, const json_t *event)
{
    const int64_t number = tool_json_int(event, "number", 0);
    for (size_t i = record->command_count; i > 0; i--) {
        tool_command *command = &record->commands[i - 1];
        if (command->end == NULL && tool_json_int(command->begin, "number", -1) == number) {
            command->end = event;
            return;
        }
    }
}

/* Something is known of a command that runs elsewhere. */
static void note_place(tool_record *record, const json_t *event)
{
    const int64_t number = tool_json_int(event, "number", 0);
    for (size_t i = record->command_count; i > 0; i--) {
        tool_command *command = &record->commands[i - 1];
        if (command->end == NULL && tool_json_int(command->begin, "number", -1) == number) {
            command->place = event;
            return;
        }
    }
}

void tool_record_add(tool_record *record, json_t *event)
{
    static const struct {
        const char *kind;
        void (*take)(tool_record *record, const json_t *event);
    } kinds[] = {{"attempt_end", add_attempt},
                 {"stage_end", end_stage},
                 {"command_begin", begin_command},
                 {"place", note_place},
                 {"command_end", end_command}};
    (void)json_array_append_new(record->events, event);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (tool_json_is(event, kinds[i].kind))
            kinds[i].take(record, event);
    }
    tool_eaches_add(&record->eaches, event);
    tool_digest_add(&record->digest, event);
}

bool tool_record_unfinished(const tool_record *record, tool_attempt *attempt)
{
    const json_t *begin = NULL;
    for (size_t i = 0; i < json_array_size(record->events); i++) {
        const json_t *event = json_array_get(record->events, i);
        if (tool_json_is(event, "attempt_begin") || tool_json_is(event, "stage_begin"))
            begin = event;
        else if (tool_json_is(event, "attempt_end") || tool_json_is(event, "stage_end"))
            begin = NULL;
    }
    if (begin == NULL || record->digest.has_ended)
        return false;
    *attempt = (tool_attempt){.stage = tool_json_text(begin, "stage", ""),
                              .outcome = tool_run_outcome_name(record->digest.outcome),
                              .duration_ns = record->digest.duration_ns -
                                             tool_json_int(begin, "elapsed_ns", 0)};
    return true;
}

bool tool_record_read(tool_record *record, char *folder)
{
    tool_life life = TOOL_LIFE_UNKNOWN;
    *record = (tool_record){.folder = folder, .events = json_array(), .lines = {.fd = -1}};
    if (folder == NULL)
        return false;
    const int error = tool_lines_open(&record->lines, folder);
    for (json_t *event; error == 0 && (event = tool_lines_next(&record->lines)) != NULL;) {
        if (record->run == NULL && tool_json_is(event, "run")) {
            /* Before the rest is read: whatever a process wrote that has left is in there. */
            life = tool_lines_life(&record->lines, event);
            record->run = event;
        }
        tool_record_add(record, event);
    }
    tool_digest_end(&record->digest, life);
    if (error != 0)
        fprintf(stderr, "staged: cannot read '%s/events.jsonl': %s\n", folder, strerror(error));
    else if (record->run == NULL)
        fprintf(stderr, "staged: '%s/events.jsonl' has no record of a run\n", folder);
    return record->run != NULL;
}

void tool_record_free(tool_record *record)
{
    json_decref(record->events);
    tool_digest_free(&record->digest);
    free(record->commands);
    free(record->attempts);
    tool_eaches_free(&record->eaches);
    tool_lines_close(&record->lines);
    free(record->folder);
    *record = (tool_record){.lines = {.fd = -1}};
}

/* ---- Commands ---- */

static bool has_failed(const tool_command *command)
{
    /* What was listed and not run, as an each is, neither fails nor goes on. */
    if (command->end == NULL)
        return tool_json_bool(command->begin, "runs", true);
    return !tool_json_bool(command->end, "expected",
                           tool_json_int(command->end, "exit_code", 1) == 0);
}

const tool_command *tool_record_failed(const tool_record *record)
{
    const tool_digest *digest = &record->digest;
    if (digest->outcome == TOOL_RUN_PASSED)
        return NULL;
    for (size_t i = record->command_count; i > 0; i--) {
        const tool_command *command = &record->commands[i - 1];
        const bool is_there =
            digest->stage == NULL ||
            strcmp(tool_json_text(command->begin, "stage", ""), digest->stage) == 0;
        if (is_there && has_failed(command))
            return command;
    }
    return NULL;
}

/* Opens a file of the record.  A record that comes from elsewhere names none outside of it. */
static int open_kept(const tool_record *record, const char *file)
{
    sh_text path = {0};
    if (file[0] == '/' || strstr(file, "..") != NULL)
        return -1;
    sh_text_addf(&path, "%s/%s", record->folder, file);
    const int fd = open(sh_text_of(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    sh_text_free(&path);
    return fd;
}

char *tool_record_output(const tool_record *record, const json_t *end, size_t most, size_t *length)
{
    const json_t *output = json_object_get(end, "output");
    const char *file = tool_json_text(output, "file", NULL);
    int64_t offset = tool_json_int(output, "offset", 0);
    int64_t size = tool_json_int(output, "length", 0);
    const int fd = file == NULL ? -1 : open_kept(record, file);
    *length = 0;
    if (fd < 0)
        return NULL;
    const off_t there = lseek(fd, 0, SEEK_END);
    offset = offset < 0 || offset > there ? there : offset;
    size = size < 0 || size > there - offset ? there - offset : size;
    if (most > 0 && size > (int64_t)most) {
        offset += size - (int64_t)most;
        size = (int64_t)most;
    }
    char *bytes = sh_alloc((size_t)size + 1);
    while (*length < (size_t)size) {
        const ssize_t count =
            pread(fd, bytes + *length, (size_t)size - *length, (off_t)(offset + (int64_t)*length));
        if (count == 0 || (count < 0 && errno != EINTR))
            break;
        *length += count > 0 ? (size_t)count : 0;
    }
    (void)close(fd);
    return bytes;
}

char *tool_command_result(const tool_command *command)
{
    const json_t *end = command->end;
    sh_text text = {0};
    const int64_t code = tool_json_int(end, "exit_code", 0);
    const int64_t signal = tool_json_int(end, "signal", 0);
    const char *message = tool_json_text(end, "message", "");
    if (*message != '\0')
        sh_text_addf(&text, "%s", message);
    else if (end != NULL && signal > 0)
        sh_text_addf(&text, "killed by %s", staged_signal_name((int)signal));
    else if (end != NULL && code != 0)
        sh_text_addf(&text, "exit code %" PRId64, code);
    char *result = sh_copy(sh_text_of(&text));
    sh_text_free(&text);
    return result;
}

char *tool_command_place(const tool_command *command)
{
    enum { LEAST_S = 1 };
    const char *name = tool_json_text(command->begin, "place", NULL);
    const json_t *known = json_object_get(command->end, "place");
    if (!json_is_object(known))
        known = command->place;
    const char *job = tool_json_text(known, "job", NULL);
    const char *node = tool_json_text(known, "node", NULL);
    const int64_t queue_s = tool_json_int(known, "queue_ns", 0) / 1000000000;
    sh_text text = {0};
    if (name != NULL)
        sh_text_addf(&text, "%s%s%s%s%s", name, job == NULL ? "" : ", job ", job == NULL ? "" : job,
                     node == NULL  ? ""
                     : job == NULL ? ", on "
                                   : " on ",
                     node == NULL ? "" : node);
    /* What a command that has not ended waits for. */
    const char *reason = tool_json_text(known, "reason", NULL);
    if (name != NULL && command->end == NULL && reason != NULL &&
        strcmp(tool_json_text(known, "state", ""), "waits") == 0)
        sh_text_addf(&text, ", waiting %s", reason);
    if (name != NULL && queue_s >= LEAST_S)
        sh_text_addf(&text, ", after %" PRId64 " s in the queue", queue_s);
    char *place = sh_copy(sh_text_of(&text));
    sh_text_free(&text);
    return place;
}

const char *tool_command_place_failure(const tool_command *command)
{
    return tool_json_text(json_object_get(command->end, "place"), "failure", NULL);
}

char *tool_command_comment(const tool_command *command)
{
    char *place = tool_command_place(command);
    char *result = tool_command_result(command);
    sh_text text = {0};
    sh_text_addf(&text, "%s%s%s%s", *place == '\0' ? "" : "on ", place,
                 *place == '\0' || *result == '\0' ? "" : ": ", result);
    char *comment = sh_copy(sh_text_of(&text));
    sh_text_free(&text);
    free(place);
    free(result);
    return comment;
}

char *tool_item_result(const json_t *item)
{
    char *result = tool_command_result(&(tool_command){.end = item});
    if (*result != '\0')
        return result;
    free(result);
    return sh_copy(tool_json_text(item, "outcome", ""));
}

void tool_record_add_runner(sh_text *text, const tool_record *record)
{
    const char *user = tool_json_text(record->run, "user", NULL);
    if (user != NULL)
        sh_text_addf(text, "%s", user);
    else
        sh_text_addf(text, "user %" PRId64, tool_json_int(record->run, "uid", -1));
    sh_text_addf(text, " on %s, process %" PRId64, tool_json_text(record->run, "host", "?"),
                 tool_json_int(record->run, "pid", 0));
}
