/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The streams of a command. */
#include "process/run/streams.h"

#include <fcntl.h>
#include <string.h>

#include "process/signals/pty.h"
#include "process/system/fd.h"

static staged_status open_path(const char *path, int flags, int *fd, stg_error *error)
{
    const int code = stg_fd_open(path, flags, fd);
    if (code == 0)
        return STAGED_OK;
    return stg_error_set(error, stg_status_of_errno(code), "cannot open '%s': %s", path,
                         strerror(code));
}

static staged_status open_pipe(int number, int *child, int *ours, stg_error *error)
{
    const int code = number == 0 ? stg_fd_pipe(child, ours) : stg_fd_pipe(ours, child);
    if (code == 0) {
        (void)stg_fd_set_nonblocking(*ours);
        return STAGED_OK;
    }
    return stg_error_set(error, stg_status_of_errno(code), "cannot create a pipe: %s",
                         strerror(code));
}

static staged_status open_one(const staged_stream *stream, int number, stg_streams *s,
                              stg_error *error)
{
    staged_status status = STAGED_OK;
    const int for_writing = O_WRONLY | O_CREAT | (stream->append ? O_APPEND : O_TRUNC);
    s->child[number] = number;
    switch (stream->kind) {
    case STAGED_STREAM_INHERIT:
        return STAGED_OK;
    case STAGED_STREAM_DESCRIPTOR:
        s->child[number] = stream->descriptor;
        return STAGED_OK;
    case STAGED_STREAM_STDOUT:
        s->child[number] = s->child[1];
        return STAGED_OK;
    case STAGED_STREAM_DISCARD:
        status = open_path("/dev/null", number == 0 ? O_RDONLY : O_WRONLY, &s->made[number], error);
        break;
    case STAGED_STREAM_FILE:
        status =
            open_path(stream->path, number == 0 ? O_RDONLY : for_writing, &s->made[number], error);
        break;
    case STAGED_STREAM_CAPTURE:
    case STAGED_STREAM_TEE:
    case STAGED_STREAM_SHOW:
    case STAGED_STREAM_BYTES:
    case STAGED_STREAM_PIPE:
        status = open_pipe(number, &s->made[number], &s->ours[number], error);
        break;
    }
    s->child[number] = s->made[number];
    return status;
}

staged_status stg_streams_open(const staged_process_options *options, staged_pty *const screens[2],
                               stg_streams *streams, stg_error *error)
{
    const staged_stream *wanted[] = {options->input, options->output, options->error_output};
    *streams = (stg_streams){.made = {-1, -1, -1}, .ours = {-1, -1, -1}};
    for (int i = 0; i < 3; i++) {
        if (i > 0 && screens[i - 1] != NULL) {
            streams->ours[i] = staged_pty_descriptor(screens[i - 1]);
            streams->child[i] = streams->made[i] = stg_pty_take_command_end(screens[i - 1]);
            continue;
        }
        const staged_status status = open_one(wanted[i], i, streams, error);
        if (status != STAGED_OK) {
            stg_streams_close_made(streams);
            stg_streams_close_ours(streams);
            return status;
        }
    }
    return STAGED_OK;
}

void stg_streams_close_made(stg_streams *streams)
{
    for (int i = 0; i < 3; i++)
        stg_fd_close(&streams->made[i]);
}

void stg_streams_close_ours(stg_streams *streams)
{
    for (int i = 0; i < 3; i++)
        stg_fd_close(&streams->ours[i]);
}
