/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Log lines: the time, the message, and where it comes from. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/failure/options.h"
#include "base/system/location.h"
#include "console/framework.h"
#include "console/log/log_line.h"

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

/* ---- the line ---- */

staged_status stg_console_log_placed(staged_console *console, const staged_log_options *options,
                                     const stg_log_place *place,
                                     const staged_renderable *renderable)
{
    stg_draw draw = stg_console_begin(console);
    const stg_collect_options collecting = {.justify = options->justify,
                                            .markup = options->markup,
                                            .highlight = options->highlight,
                                            .end = options->end};
    const staged_renderable *message = stg_collect(&draw, renderable, &collecting);
    styled over;
    if (draw.status == STAGED_OK && options->style != NULL) {
        over = (styled){.base = {.kind = &styled_kind}, .child = message, .style = options->style};
        message = &over.base;
    }
    stg_log_draw(console, &draw, place, message);
    return stg_console_finish(console, &draw);
}

/* Adds a path to an address, with blanks and controls escaped. */
static void add_escaped(stg_buf *out, const char *path)
{
    for (; *path != '\0'; path++) {
        const unsigned char c = (unsigned char)*path;
        if (c <= ' ' || c == '%' || c == 0x7F)
            stg_buf_addf(out, "%%%02X", c);
        else
            stg_buf_add_char(out, *path);
    }
}

/* Sets the address of a file; none if a relative name leads to no file from here. */
static void set_file(stg_log_file *file, const char *name)
{
    char folder[4096];
    stg_buf_clear(&file->link);
    stg_buf_clear(&file->name);
    stg_buf_add_text(&file->name, name);
    if (name[0] != '/') {
        if (access(name, F_OK) != 0 || getcwd(folder, sizeof folder) == NULL)
            return;
        add_escaped(&file->link, folder);
        stg_buf_add_char(&file->link, '/');
    }
    add_escaped(&file->link, name);
}

/* The address of a file, cached, since a script logs from few files. */
static const char *link_of(staged_console *console, const char *name)
{
    stg_log_state *log = &console->log;
    if (console->colors == STG_COLORS_NONE && !console->record)
        return NULL;
    stg_log_file *file = NULL;
    for (size_t i = 0; i < STG_LOG_FILES && file == NULL; i++) {
        if (strcmp(stg_buf_text(&log->files[i].name), name) == 0)
            file = &log->files[i];
    }
    if (file == NULL) {
        file = &log->files[log->next_file++ % STG_LOG_FILES];
        set_file(file, name);
    }
    return file->link.length == 0 || file->link.failure != STAGED_OK ? NULL
                                                                     : stg_buf_text(&file->link);
}

static staged_status log_item(staged_console *console, const staged_log_options *options,
                              const staged_renderable *renderable)
{
    staged_log_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_log_options);
    if (problem != NULL)
        return stg_console_fail(console, STAGED_BAD_USE, problem);
    stg_log_place place = {.line = own.where.line};
    if (own.where.file != NULL) {
        const char *slash = strrchr(own.where.file, '/');
        place.path = slash == NULL ? own.where.file : slash + 1;
        place.link = link_of(console, own.where.file);
    }
    return stg_console_log_placed(console, &own, &place, renderable);
}

staged_status staged_console_log_v(staged_console *console, const staged_log_options *options,
                                   const char *format, va_list values)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    STAGED_TRY(stg_console_format(console, format, values));
    const stg_markup markup = stg_formatted_markup(&console->formatted);
    const stg_markup_item item = stg_markup_item_of(&markup);
    return log_item(console, options, &item.base);
}

staged_status staged_console_log_text(staged_console *console, const staged_log_options *options,
                                      const char *text)
{
    staged_log_options plain = {.size = sizeof plain};
    if (options != NULL)
        plain = *options;
    plain.markup = STAGED_NO;
    if (plain.highlight == STAGED_AUTO)
        plain.highlight = STAGED_NO;
    const stg_markup markup = {.text = text, .length = strlen(text)};
    const stg_markup_item item = stg_markup_item_of(&markup);
    return staged_console_log_renderable(console, &plain, &item.base);
}

staged_status staged_console_log_with(staged_console *console, const staged_log_options *options,
                                      const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_console_log_v(console, options, format, values);
    va_end(values);
    return status;
}

staged_status staged_console_log_at(staged_console *console, const staged_location *where,
                                    const char *format, ...)
{
    const staged_log_options options = {.size = sizeof options, .where = stg_location_of(where)};
    va_list values;
    va_start(values, format);
    const staged_status status = staged_console_log_v(console, &options, format, values);
    va_end(values);
    return status;
}

staged_status stg_console_log_reporting(staged_console *console, const staged_log_options *options,
                                        const staged_renderable *renderable, stg_error *error)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    console->report = error;
    if (renderable == NULL)
        return stg_console_fail(console, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
    return log_item(console, options, renderable);
}

staged_status staged_console_log_renderable(staged_console *console,
                                            const staged_log_options *options,
                                            const staged_renderable *renderable)
{
    return stg_console_log_reporting(console, options, renderable, NULL);
}
