/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/output.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Waits until a non-blocking descriptor accepts more. */
static void wait_for(int fd)
{
    struct pollfd waited = {.fd = fd, .events = POLLOUT};
    (void)poll(&waited, 1, -1);
}

/* Returns 0, or an error number. */
static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(fd, bytes, length);
        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait_for(fd);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

/* Returns 0, or an error number. */
static int write_descriptor(const stg_output *output, const char *bytes, size_t length)
{
    if (output->file != NULL && fflush(output->file) != 0)
        return errno;
    return write_all(output->fd, bytes, length);
}

/* A reader that goes away must not kill the script: SIGPIPE is blocked while writing, and discarded
 * if it came. */
static int write_without_signal(const stg_output *output, const char *bytes, size_t length)
{
    sigset_t pipe;
    sigset_t before;
    sigset_t pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    const int failure = write_descriptor(output, bytes, length);
    int signal_number;
    if (failure == EPIPE && sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1)
        (void)sigwait(&pipe, &signal_number);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failure;
}

static int write_stream(FILE *file, const char *bytes, size_t length)
{
    errno = 0;
    const bool written = fwrite(bytes, 1, length, file) == length && fflush(file) == 0;
    return written ? 0 : errno != 0 ? errno : EIO;
}

static staged_status fail(stg_output *output, int failure, stg_error *error)
{
    if (failure == EPIPE) {
        output->closed = true;
        return stg_error_set(error, STAGED_CLOSED, "the reader closed the output");
    }
    output->lost = true;
    if (output->failing)
        return STAGED_OK;
    output->failing = true;
    return stg_error_set(error, STAGED_IO, "cannot write: %s", strerror(failure));
}

void stg_output_set_descriptor(stg_output *output, int fd)
{
    struct stat about;
    output->fd = fd;
    output->breaks =
        fd >= 0 && fstat(fd, &about) == 0 && (S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode));
}

staged_status stg_output_write(stg_output *output, const char *bytes, size_t length,
                               stg_error *error)
{
    if (output->closed || length == 0)
        return STAGED_OK;
    if (output->to_text) {
        stg_buf_add(&output->text, bytes, length);
        if (output->text.failure == STAGED_OK)
            return STAGED_OK;
        output->text.failure = STAGED_OK;
        return stg_error_set(error, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
    }
    int failure;
    if (output->fd < 0)
        failure = write_stream(output->file, bytes, length);
    else if (output->breaks)
        failure = write_without_signal(output, bytes, length);
    else
        failure = write_descriptor(output, bytes, length);
    if (failure != 0)
        return fail(output, failure, error);
    output->failing = false;
    return STAGED_OK;
}

staged_status stg_output_flush(stg_output *output, stg_error *error)
{
    if (output->closed || output->file == NULL || fflush(output->file) == 0)
        return STAGED_OK;
    return fail(output, errno, error);
}
