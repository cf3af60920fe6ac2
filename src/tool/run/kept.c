/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/run/kept.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool/run/write.h"

/* The header of each piece. */
typedef struct piece {
    size_t length;
    staged_output which;
} piece;

int tool_kept_begin(tool_kept *kept)
{
    char path[4096];
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || *folder == '\0')
        folder = "/tmp";
    if (snprintf(path, sizeof path, "%s/staged-XXXXXX", folder) >= (int)sizeof path)
        return ENAMETOOLONG;
    kept->fd = tool_above_streams(mkstemp(path));
    if (kept->fd < 0)
        return errno;
    return unlink(path) == 0 ? 0 : errno;
}

int tool_kept_add(tool_kept *kept, staged_output which, const char *bytes, size_t length)
{
    const off_t before = lseek(kept->fd, 0, SEEK_CUR);
    piece head;
    memset(&head, 0, sizeof head);
    head.length = length;
    head.which = which;
    int error = tool_write(kept->fd, (const char *)&head, sizeof head, TOOL_NEVER);
    if (error == 0)
        error = tool_write(kept->fd, bytes, length, TOOL_NEVER);
    /* A partial piece would be read as a complete one. */
    if (error != 0 && ftruncate(kept->fd, before) == 0)
        (void)lseek(kept->fd, before, SEEK_SET);
    return error;
}

static bool read_all(int fd, void *bytes, size_t length)
{
    for (char *to = bytes; length > 0;) {
        const ssize_t n = read(fd, to, length);
        if (n <= 0 && !(n < 0 && errno == EINTR))
            return false;
        to += n > 0 ? n : 0;
        length -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

void tool_kept_show(tool_kept *kept)
{
    piece head;
    char bytes[16384];
    if (kept->fd < 0 || lseek(kept->fd, 0, SEEK_SET) != 0)
        return;
    while (read_all(kept->fd, &head, sizeof head)) {
        while (head.length > 0) {
            const size_t part = head.length < sizeof bytes ? head.length : sizeof bytes;
            if (!read_all(kept->fd, bytes, part))
                return;
            (void)tool_write((int)head.which, bytes, part, TOOL_NEVER);
            head.length -= part;
        }
    }
}

void tool_kept_free(tool_kept *kept)
{
    if (kept->fd >= 0)
        (void)close(kept->fd);
    kept->fd = -1;
}
