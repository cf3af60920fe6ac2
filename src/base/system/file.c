/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/system/signal_guard.h"

int stg_file_open(const char *path, int flags)
{
    int descriptor;
    do {
        descriptor = open(path, flags | O_CLOEXEC | O_NOCTTY, 0600);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0 || descriptor > STDERR_FILENO)
        return descriptor;
    const int raised = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int error = errno;
    (void)close(descriptor);
    errno = error;
    return raised;
}

int stg_file_write(int descriptor, const char *bytes, size_t length)
{
    /* A limit on the size of files is an error as any other, and must not end the script. */
    const stg_signal_guard guard = stg_signal_guard_begin(SIGXFSZ);
    int error = 0;
    while (length > 0 && error == 0) {
        const ssize_t written = write(descriptor, bytes, length);
        if (written <= 0) {
            error = written < 0 ? errno : EIO;
            error = error == EINTR ? 0 : error;
            continue;
        }
        bytes += written;
        length -= (size_t)written;
    }
    stg_signal_guard_end(guard);
    return error;
}

int stg_file_make(const char *path, int flags, const char *bytes, size_t length)
{
    const int descriptor = stg_file_open(path, O_WRONLY | O_CREAT | flags);
    if (descriptor < 0)
        return errno;
    const int error = stg_file_write(descriptor, bytes, length);
    return close(descriptor) != 0 && error == 0 ? errno : error;
}

int stg_file_read(const char *path, size_t most, stg_buf *out)
{
    const int descriptor = stg_file_open(path, O_RDONLY | O_NONBLOCK);
    if (descriptor < 0)
        return errno;
    /* In pieces: most files are far shorter than they may be. */
    enum { PIECE = 4096 };
    int error = 0;
    ssize_t length = 1;
    for (size_t left = most; left > 0 && length > 0; left -= (size_t)length) {
        const size_t piece = left < PIECE ? left : PIECE;
        char *room = stg_buf_reserve(out, piece);
        do {
            length = room == NULL ? -1 : read(descriptor, room, piece);
        } while (room != NULL && length < 0 && errno == EINTR);
        if (length < 0) {
            error = room == NULL ? ENOMEM : errno;
            break;
        }
        out->length += (size_t)length;
        stg_buf_end(out);
    }
    (void)close(descriptor);
    return error;
}
