/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading an output line by line. */
#include "process/run/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory/grow.h"

enum { CHUNK = 4096 };

void stg_lines_free(stg_lines *lines)
{
    free(lines->data);
    *lines = (stg_lines){0};
}

/* Room for a chunk and a NUL; lines that were returned make way. */
static bool make_room(stg_lines *l)
{
    if (l->start > 0 && l->start >= l->end - l->start) {
        memmove(l->data, l->data + l->start, l->end - l->start);
        l->scanned -= l->start;
        l->end -= l->start;
        l->start = 0;
    }
    return stg_grow(&l->data, &l->capacity, l->end + CHUNK + 1, 1);
}

stg_read_result stg_lines_read(stg_lines *lines, int fd)
{
    if (!make_room(lines)) {
        lines->failed = true;
        return STG_READ_END;
    }
    const ssize_t n = read(fd, lines->data + lines->end, CHUNK);
    if (n > 0)
        lines->end += (size_t)n;
    if (n > 0)
        return STG_READ_SOME;
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? STG_READ_NOTHING : STG_READ_END;
}

const char *stg_lines_next(stg_lines *lines, bool is_last, size_t *length)
{
    stg_lines *l = lines;
    char *newline =
        l->scanned == l->end ? NULL : memchr(l->data + l->scanned, '\n', l->end - l->scanned);
    if (newline == NULL && (!is_last || l->start == l->end)) {
        l->scanned = l->end;
        return NULL;
    }
    char *line = l->data + l->start;
    char *end = newline == NULL ? l->data + l->end : newline;
    *length = (size_t)(end - line);
    *end = '\0';
    l->start = l->scanned = (size_t)(end - l->data) + (newline != NULL);
    return line;
}
