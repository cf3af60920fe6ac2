/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/common/text.h"
#include "tool/record/json.h"

enum { PIECE = 16 * 1024, LONGEST_KIND = 32 };

/* How the writer begins each line, and what is left of a line after another was cut off. */
static const char beginning[] = "{\"event\":";

int tool_lines_open(tool_lines *lines, const char *folder)
{
    sh_text path = {0};
    sh_text_addf(&path, "%s/events.jsonl", folder);
    *lines = (tool_lines){.fd = open(sh_text_of(&path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    int error = lines->fd < 0 ? errno : 0;
    struct stat status;
    if (error == 0 && (fstat(lines->fd, &status) != 0 || !S_ISREG(status.st_mode))) {
        (void)close(lines->fd);
        lines->fd = -1;
        error = EINVAL;
    }
    if (error == 0)
        lines->bytes = sh_alloc(lines->capacity = PIECE);
    sh_text_free(&path);
    return error;
}

void tool_lines_close(tool_lines *lines)
{
    if (lines->fd >= 0)
        (void)close(lines->fd);
    free(lines->bytes);
    json_decref(lines->event);
    *lines = (tool_lines){.fd = -1};
}

/* Reads on.  Returns whether there was more. */
static bool read_more(tool_lines *lines)
{
    if (lines->done > 0) {
        memmove(lines->bytes, lines->bytes + lines->done, lines->length - lines->done);
        lines->length -= lines->done;
        lines->done = 0;
    }
    if (lines->length + PIECE > lines->capacity) {
        lines->capacity = 2 * lines->capacity + PIECE;
        char *bytes = sh_alloc(lines->capacity);
        if (lines->length > 0)
            memcpy(bytes, lines->bytes, lines->length);
        free(lines->bytes);
        lines->bytes = bytes;
    }
    ssize_t count;
    do
        count = read(lines->fd, lines->bytes + lines->length, lines->capacity - lines->length);
    while (count < 0 && errno == EINTR);
    lines->length += count > 0 ? (size_t)count : 0;
    return count > 0;
}

/* Whether to read a line, by how the writer begins it; one that begins differently is read. */
static bool is_wanted(const char *line, size_t length, bool (*wants)(const char *kind))
{
    char kind[LONGEST_KIND];
    const char *end = line + length;
    if (length < sizeof beginning || strncmp(line, beginning, sizeof beginning - 1) != 0)
        return true;
    line += sizeof beginning - 1;
    line += *line == ' ';
    const char *quote =
        line < end && *line == '"' ? memchr(line + 1, '"', (size_t)(end - line - 1)) : NULL;
    if (quote == NULL || quote - line - 1 >= LONGEST_KIND)
        return true;
    memcpy(kind, line + 1, (size_t)(quote - line - 1));
    kind[quote - line - 1] = '\0';
    return wants(kind);
}

/* Reads a line, or what follows in it on one that was cut off. */
static json_t *read_line(const char *line, size_t length)
{
    json_t *event = tool_json_read(line, length);
    while (event == NULL && length > 1) {
        const char *next = memmem(line + 1, length - 1, beginning, sizeof beginning - 1);
        if (next == NULL)
            break;
        length -= (size_t)(next - line);
        line = next;
        event = tool_json_read(line, length);
    }
    if (event != NULL && tool_json_text(event, "event", NULL) == NULL) {
        json_decref(event);
        event = NULL;
    }
    return event;
}

/* The bytes of the next whole line, which the next call changes; NULL: there is none. */
static const char *next_line(tool_lines *lines, size_t *length)
{
    size_t looked = 0;
    for (;;) {
        const char *line = lines->bytes + lines->done;
        const size_t left = lines->length - lines->done;
        const char *newline = left <= looked ? NULL : memchr(line + looked, '\n', left - looked);
        if (newline != NULL) {
            *length = (size_t)(newline - line);
            lines->done += *length + 1;
            return line;
        }
        looked = left;
        if (!read_more(lines))
            return NULL;
    }
}

json_t *tool_lines_next(tool_lines *lines)
{
    size_t length;
    for (const char *line; (line = next_line(lines, &length)) != NULL;) {
        json_t *event = read_line(line, length);
        if (event != NULL)
            return event;
    }
    return NULL;
}

bool tool_lines_next_brief(tool_lines *lines, tool_brief *brief, bool (*wants)(const char *kind))
{
    size_t length;
    for (const char *line; (line = next_line(lines, &length)) != NULL;) {
        json_decref(lines->event);
        lines->event = NULL;
        if (!is_wanted(line, length, wants))
            continue;
        if (!tool_brief_read(brief, line, length)) {
            lines->event = read_line(line, length);
            tool_brief_clear(brief);
            tool_brief_take(brief, lines->event);
        }
        if (brief->event != NULL && wants(brief->event))
            return true;
    }
    tool_brief_free(brief);
    return false;
}

/* Without locks: whether there is such a process, where that can be told. */
static tool_life life_of_process(const tool_brief *run)
{
    char host[256] = "";
    (void)gethostname(host, sizeof host - 1);
    const pid_t pid = (pid_t)tool_brief_value(run->pid, 0);
    if (pid <= 0 || run->host == NULL || strcmp(run->host, host) != 0)
        return TOOL_LIFE_UNKNOWN;
    return kill(pid, 0) == 0 || errno == EPERM ? TOOL_LIFE_RUNNING : TOOL_LIFE_OVER;
}

tool_life tool_lines_life_in_brief(const tool_lines *lines, const tool_brief *run)
{
    if (tool_brief_value(run->lock, 1) == 0)
        return life_of_process(run);
    if (flock(lines->fd, LOCK_SH | LOCK_NB) == 0) {
        (void)flock(lines->fd, LOCK_UN);
        return TOOL_LIFE_OVER;
    }
    return errno == EWOULDBLOCK ? TOOL_LIFE_RUNNING : life_of_process(run);
}

tool_life tool_lines_life(const tool_lines *lines, const json_t *run)
{
    tool_brief brief = {0};
    tool_brief_take(&brief, run);
    const tool_life life = tool_lines_life_in_brief(lines, &brief);
    tool_brief_free(&brief);
    return life;
}
