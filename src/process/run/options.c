/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reads the options, and checks them as far as possible before anything starts. */
#include "process/run/options.h"

#include <math.h>
#include <string.h>
#include <sys/types.h>

#include "base/failure/options.h"
#include "process/framework.h"

const char *stg_options_read(staged_process_options *own, staged_stream streams[3],
                             const staged_process_options *given)
{
    const char *problem = STG_READ_OPTIONS(own, given, staged_process_options);
    const staged_stream **members[] = {&own->input, &own->output, &own->error_output};
    for (int i = 0; i < 3; i++) {
        if (problem == NULL)
            problem = STG_READ_OPTIONS(&streams[i], *members[i], staged_stream);
        *members[i] = &streams[i];
    }
    return problem;
}

static staged_status refuse(stg_error *error, const char *reason)
{
    return stg_error_set(error, STAGED_BAD_USE, "%s", reason);
}

static staged_status check_command(const staged_process_options *o, stg_error *error)
{
    if (o->command == NULL && o->arguments == NULL)
        return refuse(error, "neither a command nor arguments are given; set one of the two");
    if (o->command != NULL && o->arguments != NULL)
        return refuse(error, "both a command and arguments are given; set one of the two");
    if (o->arguments != NULL && o->arguments[0] == NULL)
        return refuse(error, "the argument list is empty; it begins with the program's name");
    if (o->arguments != NULL && o->shell != NULL)
        return refuse(error, "`shell` goes with a command, not with arguments");
    if (o->command != NULL && o->program != NULL)
        return refuse(error, "`program` goes with arguments, not with a command");
    return STAGED_OK;
}

staged_status stg_check_environment(const staged_process_options *o, stg_error *error)
{
    for (const char *const *entry = o->environment; entry != NULL && *entry != NULL; entry++) {
        const char *equals = strchr(*entry, '=');
        if (equals == NULL || equals == *entry)
            return stg_error_set(error, STAGED_BAD_USE, "environment: '%s' is not NAME=value",
                                 *entry);
    }
    for (const char *const *name = o->without; name != NULL && *name != NULL; name++) {
        if (**name == '\0' || strchr(*name, '=') != NULL)
            return stg_error_set(error, STAGED_BAD_USE,
                                 "without: '%s' is not the name of a variable", *name);
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
    case STAGED_STREAM_SHOW:
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
        problem = "`kind` is not valid for this stream";
    else if (stream->kind == STAGED_STREAM_PIPE && !may_pipe)
        problem = "a pipe needs staged_process_start";
    else if (stream->kind == STAGED_STREAM_FILE && stream->path == NULL)
        problem = "a file needs a path";
    else if (stream->kind != STAGED_STREAM_FILE && stream->path != NULL)
        problem = "`path` is set, but the kind is not STAGED_STREAM_FILE";
    else if (stream->kind == STAGED_STREAM_DESCRIPTOR && stream->descriptor < 0)
        problem = "`descriptor` must not be negative";
    else if (stream->kind == STAGED_STREAM_BYTES && stream->bytes == NULL && stream->length > 0)
        problem = "`bytes` is NULL, but `length` is not 0";
    else if (stream->kind != STAGED_STREAM_BYTES && stream->bytes != NULL)
        problem = "`bytes` is set, but the kind is not STAGED_STREAM_BYTES";
    else if (stream->rest_path != NULL && stream->limit == 0)
        problem = "`rest_path` needs a `limit`";
    else if (stream->terminal && stream->kind != STAGED_STREAM_SHOW)
        problem = "`terminal` is set, but the kind is not STAGED_STREAM_SHOW";
    else if (stream->terminal && may_pipe)
        problem = "`terminal` needs staged_process_run";
    if (problem == NULL)
        return STAGED_OK;
    return stg_error_set(error, STAGED_BAD_USE, "%s: %s", names[number], problem);
}

double stg_grace_s(const staged_process_options *options)
{
    return options->grace_s == 0 ? STAGED_GRACE_S : options->grace_s;
}

static staged_status check_numbers(const staged_process_options *o, stg_error *error)
{
    if (isnan(o->timeout_s) || isnan(o->grace_s) || isnan(o->drain_s))
        return refuse(error, "`timeout_s`, `grace_s` and `drain_s` must be numbers, not NaN");
    if (o->expected_codes == NULL && o->expected_count > 0)
        return refuse(error, "`expected_codes` is NULL, but `expected_count` is not 0");
    if (o->limits == NULL && o->limit_count > 0)
        return refuse(error, "`limits` is NULL, but `limit_count` is not 0");
    if (o->keep_descriptors == NULL && o->keep_count > 0)
        return refuse(error, "`keep_descriptors` is NULL, but `keep_count` is not 0");
    if (o->umask > 0777)
        return refuse(error, "the umask must be between 0 and 0777");
    return STAGED_OK;
}

static staged_status check_identity(const staged_process_options *o, stg_error *error)
{
    if ((unsigned)o->process_group > STAGED_PROCESS_GROUP_JOIN)
        return refuse(error, "unknown kind of process group");
    if (o->process_group == STAGED_PROCESS_GROUP_JOIN &&
        (o->join_group <= 0 || o->join_group != (pid_t)o->join_group))
        return refuse(error, "`join_group` must be the id of a process group");
    if (o->process_group != STAGED_PROCESS_GROUP_JOIN && o->join_group != 0)
        return refuse(error, "`join_group` is set, but the kind is not STAGED_PROCESS_GROUP_JOIN");
    if (o->groups_of_user && o->user == NULL)
        return refuse(error, "`groups_of_user` needs a `user`");
    return STAGED_OK;
}

staged_status stg_options_check(const staged_process_options *options, bool may_pipe,
                                stg_error *error)
{
    STAGED_TRY(check_command(options, error));
    STAGED_TRY(stg_check_environment(options, error));
    STAGED_TRY(check_stream(options->input, 0, may_pipe, error));
    STAGED_TRY(check_stream(options->output, 1, may_pipe, error));
    STAGED_TRY(check_stream(options->error_output, 2, may_pipe, error));
    STAGED_TRY(check_numbers(options, error));
    return check_identity(options, error);
}
