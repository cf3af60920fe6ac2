/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands assembled piece by piece. */
#include "script/command/shell_line.h"

#include <stdlib.h>

#include "base/failure/options.h"
#include "script/command/formatted_command.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/texts.h"

struct staged_shell_line {
    staged_script *script;
    staged_shell_line *next;
    stg_buf text;
    staged_status status; /* of the first piece that failed; STAGED_OK: none */
    const char *failure;  /* the reason */
};

staged_shell_line *staged_shell_line_new(staged_script *script, const char *beginning)
{
    if (stg_need_text(script, NULL, beginning, "the beginning of a command") != STAGED_OK)
        return NULL;
    staged_shell_line *line = calloc(1, sizeof *line);
    if (line == NULL) {
        stg_ignore(staged_fail_at(script, NULL, "out of memory"));
        return NULL;
    }
    line->script = script;
    stg_lock(script);
    line->next = script->shell_lines;
    script->shell_lines = line;
    stg_unlock(script);
    stg_buf_add_text(&line->text, beginning);
    return line;
}

static void note(staged_shell_line *line, staged_status status)
{
    if (line->status != STAGED_OK || status == STAGED_OK)
        return;
    line->status = status;
    line->failure = stg_keep_text(line->script, staged_script_error(line->script));
}

void staged_shell_line_add_v(staged_shell_line *line, const staged_location *where,
                             const char *format, va_list values)
{
    if (line == NULL)
        return;
    stg_buf_add_char(&line->text, ' ');
    note(line, stg_format_command(line->script, where, &line->text, format, values));
}

void staged_shell_line_add_at(staged_shell_line *line, const staged_location *where,
                              const char *format, ...)
{
    va_list values;
    va_start(values, format);
    staged_shell_line_add_v(line, where, format, values);
    va_end(values);
}

void staged_shell_line_add_text(staged_shell_line *line, const staged_location *where,
                                const char *words)
{
    if (line == NULL)
        return;
    note(line, stg_need_text(line->script, where, words, "the words of a command"));
    if (words == NULL)
        return;
    stg_buf_add_char(&line->text, ' ');
    stg_buf_add_text(&line->text, words);
}

void staged_shell_line_add_options_at(staged_shell_line *line, const staged_location *where,
                                      const char *option, const char *const *values)
{
    for (; line != NULL && values != NULL && *values != NULL; values++) {
        staged_shell_line_add_text(line, where, option);
        staged_shell_line_add_at(line, where, "%s", *values);
    }
}

staged_status staged_shell_line_run_with(staged_shell_line *line, const staged_run_options *options)
{
    if (line == NULL)
        return STAGED_FAILED;
    staged_run_options whole;
    STAGED_TRY(
        stg_refuse_options(line->script, STG_READ_OPTIONS(&whole, options, staged_run_options)));
    if (line->status != STAGED_OK && line->failure != NULL)
        return staged_fail_at(line->script, &whole.where, "%s", line->failure);
    if (line->status != STAGED_OK || stg_buf_status(&line->text) != STAGED_OK)
        return STAGED_NO_MEMORY;
    whole.command = stg_buf_text(&line->text);
    return staged_run_with(line->script, &whole);
}

void stg_shell_lines_free(staged_shell_line *lines)
{
    while (lines != NULL) {
        staged_shell_line *next = lines->next;
        stg_buf_free(&lines->text);
        free(lines);
        lines = next;
    }
}
