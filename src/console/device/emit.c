/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One call on a console, from its lock to its one write. */
#include <string.h>

#include "console/device/console_impl.h"

void stg_console_lock(staged_console *console)
{
    pthread_mutex_lock(&console->lock);
}

void stg_console_unlock(staged_console *console)
{
    pthread_mutex_unlock(&console->lock);
}

bool stg_console_enter(staged_console *console)
{
    stg_console_lock(console);
    if (!console->output.closed || console->record)
        return true;
    stg_console_unlock(console);
    return false;
}

staged_status stg_console_format(staged_console *console, const char *format, va_list values)
{
    stg_formatted_clear(&console->formatted);
    const staged_status status = stg_formatted_add_v(&console->formatted, format, values);
    if (status == STAGED_OK)
        return status;
    return stg_console_fail(console, status,
                            status == STAGED_BAD_USE ? "unsupported conversion in a format"
                                                     : staged_status_text(status));
}

void stg_console_refuse_options(staged_console *console, const char *problem)
{
    if (problem == NULL)
        return;
    stg_console_lock(console);
    (void)stg_console_fail(console, STAGED_BAD_USE, problem);
}

stg_draw stg_console_begin(staged_console *console)
{
    stg_arena_reset(&console->arena);
    stg_buf_clear(&console->out);
    stg_error_clear(&console->error);
    if (console->has_window)
        stg_detect_size(console->output.fd, &console->environment, &console->wanted,
                        &console->width, &console->height);
    stg_draw draw = {
        .arena = &console->arena,
        .error = &console->error,
        .status = STAGED_OK,
        .theme = &console->theme,
        .highlighter = &console->highlighter,
        .rules = &console->rules,
        .styled = console->colors != STG_COLORS_NONE || console->record,
        .colors = console->colors,
        .no_color = console->no_color,
        .ascii = console->ascii,
        .markup = console->markup,
        .highlight = console->highlight,
        .tab_size = console->tab_size,
        .terminal = console->detected.terminal,
        .width = console->width,
        .room = console->width,
    };
    if (console->tags == NULL)
        console->tags = stg_tags_new();
    draw.tags = console->tags;
    if (draw.tags == NULL)
        stg_draw_fail(&draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
    if (console->problem != NULL)
        stg_draw_fail(&draw, STAGED_BAD_USE, "%s", console->problem);
    return draw;
}

stg_draw_options stg_console_options(const staged_console *console)
{
    return (stg_draw_options){.width = console->width};
}

/* Adds a line.
 *   trim  without trailing blanks, unless they are visible */
static void paint_line(staged_console *console, const stg_line *line, bool trim)
{
    /* A line without a newline will be continued. */
    void (*const paint)(stg_palette *, stg_buf *, const stg_line *) =
        trim && line->ended ? stg_paint_trimmed : stg_paint_line;
    paint(&console->palette, &console->out, line);
    if (console->record)
        paint(&console->record_palette, &console->recorded, line);
}

void stg_console_add(staged_console *console, stg_draw *draw, stg_segments *segments,
                     const stg_add_options *options)
{
    if (draw->status != STAGED_OK)
        return;
    stg_lines lines = {0};
    stg_lines_of(draw, segments, &lines);
    for (size_t i = 0; i < lines.count && draw->status == STAGED_OK; i++) {
        if (options->crop)
            stg_line_fit(draw, &lines.items[i], console->width, NULL);
        paint_line(console, &lines.items[i], options->trim || console->trim);
    }
}

/* Surrounds the output with what takes off and puts back what is kept below it. */
static void add_below(staged_console *console, stg_draw *draw)
{
    const stg_below *below = &console->below;
    stg_buf all = {0};
    below->take_off(below->context, &all);
    stg_buf_add(&all, stg_buf_text(&console->out), console->out.length);
    below->put_on(below->context, console, draw, &all);
    stg_buf_free(&console->out);
    console->out = all;
}

/* Copies a failure to the call that asked for it, and unlocks. */
static staged_status leave(staged_console *console, staged_status status)
{
    if (console->report != NULL && status != STAGED_OK)
        stg_error_set(console->report, status, "%s", stg_error_text(&console->error));
    console->report = NULL;
    stg_console_unlock(console);
    return status;
}

staged_status stg_console_finish(staged_console *console, stg_draw *draw)
{
    if (draw->status == STAGED_OK && console->below.put_on != NULL)
        add_below(console, draw);
    if (console->out.failure != STAGED_OK || console->recorded.failure != STAGED_OK) {
        console->recorded.failure = STAGED_OK;
        stg_draw_fail(draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
    }
    staged_status status = draw->status;
    if (status == STAGED_OK)
        status = stg_output_write(&console->output, stg_buf_text(&console->out),
                                  console->out.length, &console->error);
    return leave(console, status);
}

staged_status stg_console_fail(staged_console *console, staged_status status, const char *message)
{
    stg_error_set(&console->error, status, "%s", message);
    return leave(console, status);
}
