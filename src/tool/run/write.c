/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/run/write.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/signals.h>

#include "tool/common/clock.h"

/* Waits until something can be written.  Returns 0 if so, or an errno. */
static int wait_for_room(int fd, int64_t until_ns)
{
    struct pollfd place = {.fd = fd, .events = POLLOUT};
    int time_ms = -1;
    if (until_ns != TOOL_NEVER) {
        const int64_t left_ms = (until_ns - tool_now_ns() + 999999) / 1000000;
        time_ms = left_ms <= 0 ? 0 : left_ms > INT_MAX ? INT_MAX : (int)left_ms;
    }
    const int count = poll(&place, 1, time_ms);
    if (count < 0 && errno != EINTR)
        return errno;
    if (count < 0)
        return staged_signals_caught() != 0 ? EINTR : 0;
    return count == 0 && tool_now_ns() >= until_ns ? ETIMEDOUT : 0;
}

/* A write to a pipe blocks until there is room for all of it, unless it is no longer than the room
 * that poll guarantees. */
static bool may_block(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && !S_ISREG(status.st_mode);
}

int tool_write(int fd, const char *bytes, size_t length, int64_t until_ns)
{
    const bool waits = may_block(fd);
    while (length > 0) {
        const int error = waits ? wait_for_room(fd, until_ns) : 0;
        if (error != 0)
            return error;
        const ssize_t n = write(fd, bytes, waits && length > PIPE_BUF ? PIPE_BUF : length);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return errno;
        if (n > 0) {
            bytes += n;
            length -= (size_t)n;
        }
    }
    return 0;
}

bool tool_reader_has_left(int fd)
{
    struct pollfd place = {.fd = fd, .events = POLLOUT};
    return poll(&place, 1, 0) == 1 && (place.revents & POLLERR) != 0;
}

int tool_above_streams(int fd)
{
    if (fd < 0)
        return fd;
    if (fd > STDERR_FILENO) {
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
        return fd;
    }
    const int copy = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    (void)close(fd);
    return copy;
}
