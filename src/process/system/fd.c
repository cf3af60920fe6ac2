/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Descriptors of our own. */
#include "process/system/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

int stg_fd_raise(int *fd)
{
    if (*fd > 2)
        return 0;
    const int higher = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
    const int error = higher < 0 ? errno : 0;
    stg_fd_close(fd);
    *fd = higher;
    return error;
}

static int plain_pipe(int ends[2])
{
#if defined(__APPLE__) || defined(STAGED_PORTABLE)
    if (pipe(ends) != 0)
        return -1;
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#else
    return pipe2(ends, O_CLOEXEC);
#endif
}

int stg_fd_pipe(int *read_end, int *write_end)
{
    int ends[2];
    *read_end = *write_end = -1;
    if (plain_pipe(ends) != 0)
        return errno;
    int error = stg_fd_raise(&ends[0]);
    if (error == 0)
        error = stg_fd_raise(&ends[1]);
    if (error != 0) {
        stg_fd_close(&ends[0]);
        stg_fd_close(&ends[1]);
    }
    *read_end = ends[0];
    *write_end = ends[1];
    return error;
}

int stg_fd_open(const char *path, int flags, int *fd)
{
    do {
        *fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0666);
    } while (*fd < 0 && errno == EINTR);
    return *fd < 0 ? errno : stg_fd_raise(fd);
}

int stg_fd_set_nonblocking(int fd)
{
    const int flags = fcntl(fd, F_GETFL);
    return flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ? errno : 0;
}

int stg_fd_write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t n = write(fd, bytes, length);
        if (n >= 0) {
            bytes += n;
            length -= (size_t)n;
        } else if (errno == EAGAIN) {
            (void)poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

void stg_fd_close(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}
