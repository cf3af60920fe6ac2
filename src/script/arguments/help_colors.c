/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The colours of a script's help: those of its console's theme where it names them. */
#include <string.h>

#include "args/help/colors.h"
#include "console/device/look.h"
#include "script/arguments/arguments.h"
#include "script/state/object.h"

/* What stands between `ESC [` and `m` for "help.PART"; NULL: the theme does not say. */
static const char *code_of(staged_script *script, size_t part, char code[STG_STYLE_PREFIX_MAX + 1])
{
    stg_buf name = {0};
    stg_buf_addf(&name, "help.%s", stg_part_name(part));
    const bool known = stg_console_style_prefix(script->console, stg_buf_text(&name), code);
    stg_buf_free(&name);
    if (!known)
        return NULL;
    code[strcspn(code, "m")] = '\0';
    return *code == '\0' ? code : code + strlen("\x1b[");
}

staged_color_when stg_when_colored(const staged_script *script,
                                   const staged_console_options *console)
{
    if (console->force_terminal == STAGED_NO || console->no_color == STAGED_YES ||
        console->color_system == STAGED_COLOR_SYSTEM_NONE)
        return STAGED_COLOR_NEVER;
    /* A console that is made to show colours speaks for the help as well. */
    return console->force_terminal == STAGED_YES && stg_console_shows_colors(script->console)
               ? STAGED_COLOR_ALWAYS
               : STAGED_COLOR_ON_TERMINAL;
}

void stg_set_help_colors(staged_script *script)
{
    char codes[STG_PART_COUNT][STG_STYLE_PREFIX_MAX + 1];
    staged_help_colors colors = {0};
    for (size_t i = 0; i < STG_PART_COUNT; i++)
        *stg_part_member(&colors, i) = code_of(script, i, codes[i]);
    staged_parser_set_colors(script->arguments.parser, script->arguments.help_colors, &colors);
}
