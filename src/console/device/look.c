/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/framework.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "console/device/console_impl.h"

bool stg_console_shows_colors(const staged_console *console)
{
    return console->colors != STG_COLORS_NONE && !console->no_color;
}

bool stg_console_style_code(staged_console *console, const char *name, stg_buf *code)
{
    char prefix[STG_STYLE_PREFIX_MAX + 1];
    const stg_color_system colors =
        console->colors == STG_COLORS_NONE ? STG_COLORS_STANDARD : console->colors;
    stg_console_lock(console);
    const stg_style *style = stg_theme_find(&console->theme, name, strlen(name));
    const size_t length = style == NULL ? 0 : stg_style_prefix(style, colors, prefix);
    stg_console_unlock(console);
    const size_t around = strlen("\x1b[") + strlen("m");
    if (length > around)
        stg_buf_add(code, prefix + strlen("\x1b["), length - around);
    return style != NULL;
}

bool stg_console_is_read(const staged_console *console)
{
    return console->output.breaks;
}

staged_status stg_console_write(staged_console *console, const char *bytes, size_t length)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    stg_draw draw = stg_console_begin(console);
    stg_buf_add(&console->out, bytes, length);
    return stg_console_finish(console, &draw);
}

bool stg_console_errors_are_apart(const staged_console *console)
{
    struct stat output, errors;
    return fstat(STDERR_FILENO, &errors) == 0 && S_ISFIFO(errors.st_mode) &&
           (fstat(console->output.fd, &output) != 0 || output.st_dev != errors.st_dev ||
            output.st_ino != errors.st_ino);
}
