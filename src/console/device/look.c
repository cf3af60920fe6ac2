/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/framework.h"

#include <string.h>

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
