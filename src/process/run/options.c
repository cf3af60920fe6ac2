/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which options make sense: all that can be known before anything is started. */
#include "process/run/options.h"

#include <string.h>
#include <sys/types.h>

static staged_status refuse(stg_error *error, const char *reason)
{
    return stg_error_set(error, STAGED_BAD_USE, "%s", reason);
}

static staged_status check_command(const staged_process_options *o, stg_error *error)
{
    if (o->command == NULL && o->arguments == NULL)
        return refuse(error, "a command or arguments are needed");
    if (o->command != NULL && o->arguments != NULL)
        return refuse(error, "a command and arguments exclude each other");
    if (o->arguments != NULL && o->arguments[0] == NULL)
        return refuse(error, "the arguments are empty");
    if (o->arguments != NULL && o->shell != NULL)
        return refuse(error, "a shell needs a command, not arguments");
    if (o->command != NULL && o->program != NULL)
        return refuse(error, "a program needs arguments, not a command");
    return STAGED_OK;
}

static staged_status check_environment(const staged_process_options *o, stg_error *error)
{
    for (const char *const *entry = o->environment; entry != NULL && *entry != NULL; entry++) {
        const char *equals = strchr(*entry, '=');
        if (equals == NULL || equals == *entry)
            return stg_error_set(error, STAGED_BAD_USE, "environment: '%s' is not NAME=value",
                                 *entry);
    }
    for (const char *const *name = o->without; name != NULL && *name != NULL; name++) {
        if (**name == '\0' || strchr(*name, '=') != NULL)
            return stg_error_set(error, STAGED_BAD_USE, "without: '%s' is not a name", *name);
    }
    return STAGED_OK;
}

static bool is_for(staged_stream_kind kind, int number)
{
    switch (kind) {
    case STAGED_STREAM_INHERIT:
    case STAGED_STREAM_DISCARD:
    case STAGED_STREAM_FILE:
    case STAGED_STREAM_DESCRIPTOR:
    case STAGED_STREAM_PIPE:
        return true;
    case STAGED_STREAM_CAPTURE:
    case STAGED_STREAM_TEE:
        return number > 0;
    case STAGED_STREAM_STDOUT:
        return number == 2;
    case STAGED_STREAM_BYTES:
        return number == 0;
    }
    return false;
}

static staged_status check_stream(const staged_stream *stream, int number, bool may_pipe,
                                  stg_error *error)
{
    static const char *const names[] = {"input", "output", "error output"};
    const char *problem = NULL;
    if (!is_for(stream->kind, number))
        problem = "this kind of stream does not fit";
    else if (stream->kind == STAGED_STREAM_PIPE && !may_pipe)
        problem = "a pipe needs staged_process_start";
    else if (stream->kind == STAGED_STREAM_FILE && stream->path == NULL)
        problem = "a file needs a path";
    else if (stream->kind != STAGED_STREAM_FILE && stream->path != NULL)
        problem = "a path is given, but the kind is not a file";
    else if (stream->kind == STAGED_STREAM_DESCRIPTOR && stream->descriptor < 0)
        problem = "this is no descriptor";
    else if (stream->kind == STAGED_STREAM_BYTES && stream->bytes == NULL && stream->length > 0)
        problem = "there are no bytes";
    else if (stream->kind != STAGED_STREAM_BYTES && stream->bytes != NULL)
        problem = "bytes are given, but the kind is not bytes";
    else if (stream->rest_path != NULL && stream->limit == 0)
        problem = "a file for the rest needs a limit";
    if (problem == NULL)
        return STAGED_OK;
    return stg_error_set(error, STAGED_BAD_USE, "%s: %s", names[number], problem);
}

static staged_status check_numbers(const staged_process_options *o, stg_error *error)
{
    if (o->timeout_ms < 0)
        return refuse(error, "the timeout is negative");
    if (o->expected_codes == NULL && o->expected_count > 0)
        return refuse(error, "there are no expected codes");
    if (o->limits == NULL && o->limit_count > 0)
        return refuse(error, "there are no limits");
    if (o->keep_descriptors == NULL && o->keep_count > 0)
        return refuse(error, "there are no descriptors to keep");
    if (o->umask > 0777)
        return refuse(error, "the umask has bits that no file has");
    return STAGED_OK;
}

static staged_status check_identity(const staged_process_options *o, stg_error *error)
{
    if ((unsigned)o->process_group > STAGED_PROCESS_GROUP_JOIN)
        return refuse(error, "this is no process group");
    if (o->process_group == STAGED_PROCESS_GROUP_JOIN &&
        (o->join_group <= 0 || o->join_group != (pid_t)o->join_group))
        return refuse(error, "the process group to join is none");
    if (o->process_group != STAGED_PROCESS_GROUP_JOIN && o->join_group != 0)
        return refuse(error, "a process group to join is given, but the kind is another one");
    if (o->groups_of_user && o->user == NULL)
        return refuse(error, "groups of a user need a user");
    return STAGED_OK;
}

staged_status stg_options_check(const staged_process_options *options, bool may_pipe,
                                stg_error *error)
{
    STAGED_TRY(check_command(options, error));
    STAGED_TRY(check_environment(options, error));
    STAGED_TRY(check_stream(&options->input, 0, may_pipe, error));
    STAGED_TRY(check_stream(&options->output, 1, may_pipe, error));
    STAGED_TRY(check_stream(&options->error_output, 2, may_pipe, error));
    STAGED_TRY(check_numbers(options, error));
    return check_identity(options, error);
}
