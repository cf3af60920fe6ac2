/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Queries and settings of a console. */
#include <string.h>

#include "console/device/console_impl.h"
#include "console/framework.h"
#include "console/markup/markup.h"

const char *staged_console_error(const staged_console *console)
{
    return stg_error_text(&console->error);
}

/* Needs no lock: the stored size does not change, and a window is asked anew each time. */
static void look_at_size(const staged_console *console, int *width, int *height)
{
    if (console->has_window) {
        stg_detect_size(console->output.fd, &console->environment, &console->wanted, width, height);
        return;
    }
    *width = console->width;
    *height = console->height;
}

int staged_console_width(const staged_console *console)
{
    int width;
    int height;
    look_at_size(console, &width, &height);
    return width;
}

int staged_console_height(const staged_console *console)
{
    int width;
    int height;
    look_at_size(console, &width, &height);
    return height;
}

bool staged_console_is_terminal(const staged_console *console)
{
    return console->detected.terminal;
}

const char *staged_console_text(const staged_console *console)
{
    return stg_buf_text(&console->output.text);
}

void staged_console_clear_text(staged_console *console)
{
    stg_console_lock(console);
    stg_buf_clear(&console->output.text);
    stg_console_unlock(console);
}

staged_status staged_console_set_style(staged_console *console, const char *name,
                                       const char *definition)
{
    stg_console_lock(console);
    stg_error_clear(&console->error);
    const staged_status status = stg_theme_set(&console->theme, name, definition, &console->error);
    if (console->tags != NULL)
        stg_tags_clear(console->tags);
    console->highlighter.ready = false;
    stg_console_unlock(console);
    return status;
}

staged_status staged_console_add_highlight(staged_console *console, const char *pattern,
                                           const char *style)
{
    stg_console_lock(console);
    stg_error_clear(&console->error);
    const staged_status status =
        stg_rules_add(&console->rules, &console->theme, pattern, style, &console->error);
    stg_console_unlock(console);
    return status;
}

const char *stg_console_problem(const staged_console *console)
{
    return console->problem;
}

staged_status staged_console_flush(staged_console *console)
{
    stg_console_lock(console);
    stg_error_clear(&console->error);
    const staged_status status = stg_output_flush(&console->output, &console->error);
    stg_console_unlock(console);
    return status;
}

bool stg_console_has_lost(staged_console *console)
{
    stg_console_lock(console);
    const bool lost = console->output.lost;
    stg_console_unlock(console);
    return lost;
}
