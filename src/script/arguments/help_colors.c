/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The colours of a script's help: those that its console's theme names. */
#include "args/framework.h"
#include "console/framework.h"
#include "script/arguments/arguments.h"
#include "script/state/object.h"

/* The theme's style for "help.PART". */
static bool add_code(void *context, const char *part, stg_buf *code)
{
    stg_buf name = {0};
    stg_buf_addf(&name, "help.%s", part);
    const bool known = stg_console_style_code(context, stg_buf_text(&name), code);
    stg_buf_free(&name);
    return known;
}

staged_color_when stg_when_colored(const staged_script *script,
                                   const staged_console_options *console)
{
    if (console->force_terminal == STAGED_NO || console->no_color == STAGED_YES ||
        console->color_system == STAGED_COLOR_SYSTEM_NONE)
        return STAGED_COLOR_NEVER;
    /* If a console is made to show colours, so is the help. */
    return console->force_terminal == STAGED_YES && stg_console_shows_colors(script->console)
               ? STAGED_COLOR_ALWAYS
               : STAGED_COLOR_ON_TERMINAL;
}

void stg_set_help_colors(staged_script *script)
{
    stg_parser_set_colors_by(script->arguments.parser, script->arguments.help_colors, add_code,
                             script->console);
}
