/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "base/failure/options.h"
#include "console/device/console_impl.h"
#include "console/live/spinner.h"
#include "console/renderable/item.h"

#define REFRESH_PER_SECOND 12.5

struct staged_status_line {
    staged_live *live;
    staged_spinner_options options;
    char *name;
    char *style;
    const staged_clock *clock;
    int64_t start_ns;
};

/* The spinner, with a text that is taken over. */
static staged_renderable *make(const staged_status_line *line, staged_renderable *text)
{
    return stg_spinner_with_text(stg_spinner_new(&line->options, line->clock, line->start_ns),
                                 text);
}

static void release(staged_status_line *line)
{
    free(line->name);
    free(line->style);
    free(line);
}

static staged_status_line *new_line(staged_console *console, const staged_spinner_options *options)
{
    staged_spinner_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_spinner_options);
    if (problem != NULL) {
        stg_console_refuse_options(console, problem);
        return NULL;
    }
    staged_status_line *line = calloc(1, sizeof *line);
    if (line == NULL)
        return NULL;
    line->clock = console->clock;
    line->start_ns = line->clock->monotonic_ns(line->clock->context);
    if (!stg_item_copy_text(&line->name, own.name) ||
        !stg_item_copy_text(&line->style, own.style == NULL ? "status.spinner" : own.style)) {
        release(line);
        return NULL;
    }
    line->options = (staged_spinner_options){.size = sizeof(staged_spinner_options),
                                             .name = line->name,
                                             .style = line->style,
                                             .speed = own.speed};
    return line;
}

/* Shows a line with a text that is taken over. */
static staged_status_line *begin(staged_console *console, const staged_spinner_options *options,
                                 staged_renderable *text)
{
    staged_status_line *line = new_line(console, options);
    if (line == NULL) {
        staged_renderable_free(text);
        return NULL;
    }
    const staged_live_options live = {
        .size = sizeof live, .refresh_per_second = REFRESH_PER_SECOND, .transient = true};
    line->live = staged_live_new(console, &live, make(line, text));
    if (line->live != NULL)
        return line;
    release(line);
    return NULL;
}

staged_status_line *staged_status_line_new_v(staged_console *console,
                                             const staged_spinner_options *options,
                                             const char *format, va_list values)
{
    return begin(console, options, staged_markup_new_v(format, values));
}

staged_status_line *staged_status_line_new_text(staged_console *console,
                                                const staged_spinner_options *options,
                                                const char *text)
{
    return begin(console, options, staged_text_new(NULL, text));
}

staged_status_line *staged_status_line_new(staged_console *console,
                                           const staged_spinner_options *options,
                                           const char *format, ...)
{
    va_list values;
    va_start(values, format);
    staged_status_line *line = staged_status_line_new_v(console, options, format, values);
    va_end(values);
    return line;
}

staged_status staged_status_line_update_v(staged_status_line *line, const char *format,
                                          va_list values)
{
    return staged_live_update_take(line->live, make(line, staged_markup_new_v(format, values)));
}

staged_status staged_status_line_update_text(staged_status_line *line, const char *text)
{
    return staged_live_update_take(line->live, make(line, staged_text_new(NULL, text)));
}

staged_status staged_status_line_update(staged_status_line *line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_status_line_update_v(line, format, values);
    va_end(values);
    return status;
}

void staged_status_line_free(staged_status_line *line)
{
    if (line == NULL)
        return;
    staged_live_free(line->live);
    release(line);
}
