/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The time and the path of a log line. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"
#include "console/log/log_line.h"

/* For a line number with its colon. */
enum { LINE_MAX_BYTES = sizeof ":-2147483648" };

bool stg_log_tell_time(staged_console *console)
{
    stg_log_state *log = &console->log;
    const int64_t now_ns = console->clock->wall_ns(console->clock->context);
    const int64_t second = now_ns / 1000000000 - (now_ns % 1000000000 < 0);
    if (second == log->second)
        return true;
    const time_t seconds = (time_t)second;
    struct tm parts;
    char text[128];
    const char *format = log->format == NULL ? "[%X]" : log->format;
    size_t length = 0;
    if (localtime_r(&seconds, &parts) != NULL)
        length = strftime(text, sizeof text, format, &parts);
    log->second = second;
    if (length == log->time.length && memcmp(stg_buf_text(&log->time), text, length) == 0)
        return true;
    stg_buf_clear(&log->time);
    stg_buf_add(&log->time, text, length);
    log->time_told = false;
    if (log->time.failure == STAGED_OK)
        return true;
    log->second = INT64_MIN;
    return false;
}

stg_text stg_log_time(const staged_console *console, stg_draw *draw)
{
    const stg_buf *time = &console->log.time;
    stg_text text = stg_text_of(draw, stg_buf_text(time), time->length);
    if (console->log.time_told) {
        const size_t blanks = stg_utf8_count(text.data, text.length);
        text = (stg_text){.plain = true, .end = "\n"};
        stg_text_pad_right(draw, &text, blanks);
    }
    return text;
}

static bool has_space(const char *text, size_t length)
{
    if (stg_cells_plain(text, length))
        return memchr(text, ' ', length) != NULL;
    for (size_t i = 0; i < length;) {
        uint32_t codepoint;
        i += stg_utf8_decode(text + i, length - i, &codepoint);
        if (stg_is_space(codepoint))
            return true;
    }
    return false;
}

/* A link to a file, and to a line in it if there is a number.  A path with blanks gets none: it
 * would not be a valid address. */
static stg_style link_style(stg_draw *draw, const char *path, const char *number, size_t digits)
{
    static const char scheme[] = "file://";
    stg_style style = {0};
    const size_t length = strlen(path);
    if (!draw->styled || has_space(path, length))
        return style;
    char *link = stg_draw_alloc(draw, sizeof scheme + length + 1 + digits);
    if (link == NULL)
        return style;
    memcpy(link, scheme, sizeof scheme - 1);
    size_t end = sizeof scheme - 1;
    memcpy(link + end, path, length);
    end += length;
    if (digits > 0) {
        link[end++] = '#';
        memcpy(link + end, number, digits);
        end += digits;
    }
    style.link = link;
    style.link_length = (uint32_t)end;
    return style;
}

stg_text stg_log_path(stg_draw *draw, const stg_log_place *place)
{
    stg_text text = stg_text_of(draw, place->path, strlen(place->path));
    const size_t name = text.length;
    char *data = stg_draw_alloc(draw, name + LINE_MAX_BYTES);
    if (data == NULL)
        return text;
    memcpy(data, text.data, name);
    text.data = data;
    if (place->line != 0) {
        text.length = name + (size_t)snprintf(data + name, LINE_MAX_BYTES, ":%d", place->line);
    }
    if (place->link == NULL)
        return text;
    const stg_style file = link_style(draw, place->link, NULL, 0);
    stg_text_add_span(draw, &text, 0, name, &file);
    if (place->line != 0) {
        const size_t digits = text.length - name - 1;
        const stg_style line = link_style(draw, place->link, data + name + 1, digits);
        stg_text_add_span(draw, &text, name + 1, text.length, &line);
    }
    return text;
}
