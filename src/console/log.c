/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Log lines: the time, the text, and where it comes from. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "console/console_impl.h"
#include "console/table.h"

/* ---- a style over something ---- */

typedef struct styled {
    staged_renderable base;
    const staged_renderable *child;
    const char *style;
} styled;

static void draw_styled(const staged_renderable *self, stg_draw *draw,
                        const stg_draw_options *options, stg_segments *out)
{
    const styled *s = (const styled *)self;
    const size_t first = out->count;
    const stg_style style = stg_draw_style(draw, s->style);
    stg_item_draw(s->child, draw, options, out);
    stg_segments_apply(out, first, &style);
}

static stg_measurement measure_styled(const staged_renderable *self, stg_draw *draw,
                                      const stg_draw_options *options)
{
    return stg_item_measure(((const styled *)self)->child, draw, options);
}

static const stg_item_kind styled_kind = {draw_styled, measure_styled, NULL};

/* ---- the time ---- */

/* Brings the text of the time up to date; it changes once a second. */
static void tell_time(staged_console *console)
{
    stg_log_state *log = &console->log;
    const int64_t now_us = console->clock->wall_us(console->clock->context);
    const int64_t second = now_us / 1000000 - (now_us % 1000000 < 0);
    if (second == log->second)
        return;
    const time_t seconds = (time_t)second;
    struct tm parts;
    char text[128];
    const char *format = log->format == NULL ? "[%X]" : log->format;
    size_t length = 0;
    if (localtime_r(&seconds, &parts) != NULL)
        length = strftime(text, sizeof text, format, &parts);
    stg_buf_clear(&log->time);
    stg_buf_add(&log->time, text, length);
    log->second = second;
}

/* The time, or as many blanks if the line before has the same. */
static stg_text time_text(staged_console *console, stg_draw *draw)
{
    stg_log_state *log = &console->log;
    tell_time(console);
    stg_text text = stg_text_of(draw, stg_buf_text(&log->time), log->time.length);
    const bool repeated =
        log->last_time.length == log->time.length &&
        memcmp(stg_buf_text(&log->last_time), stg_buf_text(&log->time), log->time.length) == 0;
    if (repeated && log->time.length > 0) {
        const size_t blanks = stg_utf8_count(text.data, text.length);
        text = (stg_text){.plain = true, .end = "\n"};
        stg_text_pad_right(draw, &text, blanks);
    } else {
        stg_buf_clear(&log->last_time);
        stg_buf_add(&log->last_time, stg_buf_text(&log->time), log->time.length);
    }
    if (log->time.failure != 0 || log->last_time.failure != 0)
        stg_draw_fail(draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
    return text;
}

/* ---- the path ---- */

/* Adds a part of the path that links to the file. */
static void add_link(stg_draw *draw, stg_text *text, const char *part, const char *link, int line)
{
    stg_style style = {0};
    if (link != NULL && draw->styled) {
        char *definition = stg_draw_alloc(draw, strlen(link) + 32);
        if (definition == NULL)
            return;
        int length = sprintf(definition, "link file://%s", link);
        if (line > 0)
            length += sprintf(definition + length, "#%d", line);
        (void)stg_theme_get(draw->theme, definition, (size_t)length, &style, NULL);
    }
    const stg_text added = stg_text_of(draw, part, strlen(part));
    stg_text_append(draw, text, added.data, added.length, link == NULL ? NULL : &style);
}

static stg_text path_text(stg_draw *draw, const stg_log_place *place)
{
    stg_text text = {.plain = true, .end = "\n"};
    add_link(draw, &text, place->path, place->link, 0);
    if (place->line != 0) {
        char *number = stg_draw_alloc(draw, 16);
        if (number == NULL)
            return text;
        (void)snprintf(number, 16, "%d", place->line);
        stg_text_append(draw, &text, ":", 1, NULL);
        add_link(draw, &text, number, place->link, place->line);
    }
    return text;
}

/* ---- the line ---- */

/* The columns of one log line, as a table without lines. */
typedef struct log_table {
    stg_table table;
    stg_column columns[3];
    stg_row row;
    staged_renderable *cells[3];
} log_table;

static void add_cell(log_table *line, const staged_renderable *cell, const char *style)
{
    const size_t index = line->table.column_count++;
    line->columns[index] = (stg_column){
        .style = style, .justify = STAGED_JUSTIFY_LEFT, .overflow = STAGED_OVERFLOW_ELLIPSIS};
    line->cells[index] = (staged_renderable *)(uintptr_t)cell;
    line->row.count++;
}

static void begin_table(log_table *line)
{
    *line = (log_table){0};
    line->table.options.padding = (staged_pad){.given = true, .right = 1, .left = 1};
    line->table.options.collapse_padding = true;
    line->table.options.expand = true;
    line->table.columns = line->columns;
    line->table.rows = &line->row;
    line->table.row_count = 1;
    line->row.cells = line->cells;
}

staged_status stg_console_log_placed(staged_console *console, const staged_log_options *options,
                                     const stg_log_place *place,
                                     const staged_renderable *renderable)
{
    stg_draw draw = stg_console_begin(console);
    const stg_draw_options how = stg_console_options(console);
    const stg_collect_options collecting = {.justify = options->justify,
                                            .markup = options->markup,
                                            .highlight = options->highlight,
                                            .end = options->end};
    const staged_renderable *message = stg_collect(&draw, renderable, &collecting);
    log_table line;
    stg_text_item time;
    stg_text_item path;
    styled over;
    begin_table(&line);
    if (draw.status == STAGED_OK && options->style != NULL) {
        over = (styled){.base = {.kind = &styled_kind}, .child = message, .style = options->style};
        message = &over.base;
    }
    if (console->log.show_time) {
        const stg_text text = time_text(console, &draw);
        time = stg_text_item_of(&text);
        add_cell(&line, &time.base, "log.time");
    }
    add_cell(&line, message, "log.message");
    line.columns[line.table.column_count - 1].ratio = 1;
    line.columns[line.table.column_count - 1].overflow = STAGED_OVERFLOW_FOLD;
    if (console->log.show_path && place->path != NULL && place->path[0] != '\0') {
        const stg_text text = path_text(&draw, place);
        path = stg_text_item_of(&text);
        add_cell(&line, &path.base, "log.path");
    }
    stg_segments segments = {0};
    if (draw.status == STAGED_OK)
        stg_table_draw(&line.table.base, &draw, &how, &segments);
    stg_console_add(console, &draw, &segments, true);
    return stg_console_finish(console, &draw);
}

/* The address of a file, if it is there.  Kept, since a script logs from few files. */
static const char *link_of(staged_console *console, const char *file)
{
    stg_log_state *log = &console->log;
    if (console->colors == STG_COLORS_NONE && !console->record)
        return NULL;
    if (log->file != file) {
        char folder[4096];
        stg_buf_clear(&log->link);
        log->file = file;
        if (file[0] != '/') {
            if (access(file, F_OK) != 0 || getcwd(folder, sizeof folder) == NULL)
                return NULL;
            stg_buf_addf(&log->link, "%s/", folder);
        }
        stg_buf_add_text(&log->link, file);
    }
    return log->link.length == 0 ? NULL : stg_buf_text(&log->link);
}

static staged_status log_item(staged_console *console, const staged_log_options *options,
                              const staged_renderable *renderable)
{
    const staged_log_options none = {0};
    if (options == NULL)
        options = &none;
    stg_log_place place = {.line = options->line};
    if (options->file != NULL) {
        const char *slash = strrchr(options->file, '/');
        place.path = slash == NULL ? options->file : slash + 1;
        place.link = link_of(console, options->file);
    }
    return stg_console_log_placed(console, options, &place, renderable);
}

staged_status staged_console_vlog_at(staged_console *console, const staged_log_options *options,
                                     const char *format, va_list values)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    STAGED_TRY(stg_console_format(console, format, values));
    const stg_markup markup = stg_formatted_markup(&console->formatted);
    const stg_markup_item item = stg_markup_item_of(&markup);
    return log_item(console, options, &item.base);
}

staged_status staged_console_log_at(staged_console *console, const staged_log_options *options,
                                    const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_console_vlog_at(console, options, format, values);
    va_end(values);
    return status;
}

staged_status staged_console_log_here(staged_console *console, const char *file, int line,
                                      const char *format, ...)
{
    const staged_log_options options = {.file = file, .line = line};
    va_list values;
    va_start(values, format);
    const staged_status status = staged_console_vlog_at(console, &options, format, values);
    va_end(values);
    return status;
}

staged_status staged_console_log_renderable(staged_console *console,
                                            const staged_log_options *options,
                                            const staged_renderable *renderable)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    if (renderable == NULL)
        return stg_console_fail(console, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
    return log_item(console, options, renderable);
}
