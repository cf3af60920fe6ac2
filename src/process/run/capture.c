/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The captured output of a command. */
#include "process/run/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/system/system.h"
#include "process/secrets/secrets.h"
#include "process/system/fd.h"

enum { SMALLEST_CHUNK = 4096, LARGEST_CHUNK = 256 * 1024, LARGE_PIPE = 1024 * 1024 };

bool stg_capture_init(stg_capture *capture, const staged_stream *stream,
                      const staged_secrets *secrets)
{
    *capture = (stg_capture){.chunk = SMALLEST_CHUNK,
                             .limit = stream->limit,
                             .keep_last = stream->keep_last,
                             .forms = stg_secrets_forms(secrets)};
    if (stream->rest_path == NULL)
        return true;
    capture->rest_path = strdup(stream->rest_path);
    return capture->rest_path != NULL;
}

static void close_rest(stg_capture *c)
{
    if (c->rest_fd > 0 && close(c->rest_fd) != 0 && c->error == 0)
        c->error = errno;
    c->rest_fd = 0;
}

void stg_capture_free(stg_capture *capture)
{
    close_rest(capture);
    free(capture->data);
    free(capture->rest_path);
    *capture = (stg_capture){0};
}

static void note(stg_capture *c, int error)
{
    if (c->error == 0)
        c->error = error;
}

/* Makes room for one chunk.  Not stg_grow: zeroing memory that is overwritten next costs as much as
 * reading. */
static bool make_room(stg_capture *c)
{
    if (c->capacity - c->length >= c->chunk)
        return true;
    size_t wanted = c->capacity < SMALLEST_CHUNK ? SMALLEST_CHUNK : c->capacity;
    while (wanted - c->length < c->chunk) {
        if (wanted > SIZE_MAX / 2)
            return false;
        wanted *= 2;
    }
    char *data = realloc(c->data, wanted);
    if (data == NULL)
        return false;
    c->data = data;
    c->capacity = wanted;
    return true;
}

/* The file for output past the limit gets everything, from the first byte on. */
static void add_to_rest(stg_capture *c, size_t length)
{
    if (c->rest_path == NULL || c->total <= c->limit)
        return;
    const bool is_first = c->rest_fd == 0;
    if (is_first) {
        const int error = stg_fd_open(c->rest_path, O_WRONLY | O_CREAT | O_TRUNC, &c->rest_fd);
        if (error != 0) {
            note(c, error);
            c->rest_fd = -1;
        }
    }
    if (c->rest_fd < 0)
        return;
    const char *from = is_first ? c->data : c->data + c->length;
    const int error = stg_fd_write_all(c->rest_fd, from, length + (is_first ? c->length : 0));
    if (error != 0)
        note(c, error);
}

/* How much of the output is needed to know whether the limit cuts a secret. */
static size_t needed(const stg_capture *c)
{
    const size_t longest = c->forms == NULL ? 0 : c->forms->longest;
    return c->limit > SIZE_MAX - longest ? SIZE_MAX : c->limit + longest;
}

/* Decides how much of the new bytes to keep. */
static void keep(stg_capture *c, size_t length)
{
    if (c->is_only_shown)
        return;
    if (c->limit == 0) {
        c->length += length;
    } else if (!c->keep_last) {
        const size_t room = needed(c) - c->length;
        c->length += length < room ? length : room;
    } else {
        c->length += length;
        /* Moving only now and then keeps the cost linear. */
        if (c->length / 2 > needed(c)) {
            memmove(c->data, c->data + c->length - needed(c), needed(c));
            c->length = needed(c);
        }
    }
}

/* Removes what exceeds the limit, and any part of a secret at its edge. */
static void cut(stg_capture *c)
{
    if (c->limit == 0 || c->length <= c->limit)
        return;
    size_t at = c->keep_last ? c->length - c->limit : c->limit;
    if (c->forms != NULL)
        at = stg_forms_cut(c->forms, c->data, c->length, at, c->keep_last);
    if (c->keep_last)
        memmove(c->data, c->data + at, c->length - at);
    c->length = c->keep_last ? c->length - at : at;
}

/* For a lot of output, fewer and larger reads. */
static void speed_up(stg_capture *c, int fd)
{
    if (c->chunk >= LARGEST_CHUNK)
        return;
    c->chunk *= 4;
#if STG_ON_LINUX
    if (c->chunk >= LARGEST_CHUNK)
        (void)fcntl(fd, F_SETPIPE_SZ, LARGE_PIPE);
#else
    (void)fd;
#endif
}

static stg_read_result result_of(ssize_t length)
{
    if (length > 0)
        return STG_READ_SOME;
    return length < 0 && (errno == EAGAIN || errno == EINTR) ? STG_READ_NOTHING : STG_READ_END;
}

/* Out of memory, the output is still read: otherwise the command would wait forever. */
static stg_read_result read_past(stg_capture *c, int fd)
{
    char bytes[SMALLEST_CHUNK];
    note(c, ENOMEM);
    const ssize_t length = read(fd, bytes, sizeof bytes);
    if (length > 0) {
        c->total += (uint64_t)length;
        if (c->show != NULL)
            stg_show_add(c->show, bytes, (size_t)length);
    }
    return result_of(length);
}

stg_read_result stg_capture_read(stg_capture *capture, int fd)
{
    stg_capture *c = capture;
    if (c->error == ENOMEM || !make_room(c))
        return read_past(c, fd);
    const size_t space = c->capacity - c->length;
    const size_t wanted = space < LARGEST_CHUNK ? space : LARGEST_CHUNK;
    const ssize_t length = read(fd, c->data + c->length, wanted);
    if (length <= 0)
        return result_of(length);
    c->total += (uint64_t)length;
    if (c->show != NULL)
        stg_show_add(c->show, c->data + c->length, (size_t)length);
    add_to_rest(c, (size_t)length);
    keep(c, (size_t)length);
    if ((size_t)length >= c->chunk)
        speed_up(c, fd);
    return STG_READ_SOME;
}

char *stg_capture_take(stg_capture *capture, size_t *length, uint64_t *lost)
{
    stg_capture *c = capture;
    close_rest(c);
    cut(c);
    *length = c->length;
    *lost = c->total - c->length;
    char *data = realloc(c->data, c->length + 1);
    if (data == NULL)
        return NULL;
    data[c->length] = '\0';
    c->data = NULL;
    c->length = c->capacity = 0;
    return data;
}
