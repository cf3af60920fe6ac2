/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a script prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/location.h"
#include "console/framework.h"
#include "script/definition/methods.h"
#include "script/log/log.h"
#include "script/log/masked_markup.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/mask.h"
#include "script/state/owner.h"

static staged_log_options log_options(const staged_location *where)
{
    return (staged_log_options){.where = stg_location_of(where)};
}

/* A log that cannot be written must not stop the work: it is said once where that may still be
 * seen. What cannot be drawn is a bug, and fails the hook that hands the status on. */
static staged_status judge(staged_script *script, const staged_location *where,
                           staged_status status, const char *error)
{
    if (status == STAGED_OK || status == STAGED_CLOSED)
        return STAGED_OK;
    if (status != STAGED_IO)
        return staged_fail_at(script, where, "cannot print: %s", error);
    stg_lock(script);
    (void)fprintf(stderr, "%s: cannot write the log: %s\n", script->title.name, error);
    stg_unlock(script);
    return STAGED_OK;
}

/* Receives what the console itself returned, too. */
static staged_status log_and_judge(staged_script *script, const staged_location *where,
                                   const staged_renderable *renderable, staged_status *logged)
{
    const staged_log_options options = log_options(where);
    stg_error error = {0};
    *logged = stg_console_log_reporting(script->console, &options, renderable, &error);
    const staged_status answer = judge(script, where, *logged, stg_error_text(&error));
    stg_error_free(&error);
    return answer;
}

staged_status staged_log_renderable_at(staged_script *script, const staged_location *where,
                                       const staged_renderable *renderable)
{
    staged_status logged;
    return log_and_judge(script, where, renderable, &logged);
}

staged_status stg_log_taken(staged_script *script, const staged_location *where,
                            staged_renderable *renderable)
{
    const staged_status status = staged_log_renderable_at(script, where, renderable);
    staged_renderable_free(renderable);
    return status;
}

/* The words of a format and its values as they are, the secrets masked, which the caller frees;
 * NULL: out of memory. */
static char *plain_words(const staged_script *script, const char *format, va_list values)
    STAGED_PRINTF(2, 0);

static char *plain_words(const staged_script *script, const char *format, va_list values)
{
    stg_buf words = {0};
    stg_buf_vaddf(&words, format, values);
    char *masked = stg_masked(script, stg_buf_text(&words));
    stg_buf_free(&words);
    return masked;
}

static void emit_log(staged_script *script, const staged_location *where, const char *format,
                     va_list values)
{
    char *words = plain_words(script, format, values);
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_LOG,
                                     .message = words,
                                     .where = stg_location_of(where)});
    free(words);
}

/* Markup that cannot be read is a bug, but what it says may be what somebody looks for in the log.
 */
static void log_as_it_is(staged_script *script, const staged_location *where, const char *format,
                         va_list values)
{
    char *words = plain_words(script, format, values);
    const staged_log_options options = log_options(where);
    staged_renderable *text = words == NULL ? NULL : staged_text_new(NULL, words);
    (void)staged_console_log_renderable(script->console, &options, text);
    staged_renderable_free(text);
    free(words);
}

staged_status staged_log_at(staged_script *script, const staged_location *where, const char *format,
                            ...)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a log line"));
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    if (stg_logs_are_wanted(script)) {
        va_list for_event;
        va_copy(for_event, values);
        emit_log(script, where, format, for_event);
        va_end(for_event);
    }
    staged_renderable *message = stg_log_markup_v(script, format, values);
    va_end(values);
    staged_status logged;
    const staged_status answer = log_and_judge(script, where, message, &logged);
    staged_renderable_free(message);
    if (logged == STAGED_BAD_MARKUP)
        log_as_it_is(script, where, format, again);
    va_end(again);
    return answer;
}

static staged_renderable *heading_panel(const char *color, staged_renderable *message)
{
    return staged_panel_new(&(staged_panel_options){.style = color == NULL ? "cyan" : color},
                            message);
}

/* Markup made of a format that has something put before it. */
static staged_renderable *markup_after(const staged_script *script, const char *before,
                                       const char *format, va_list values) STAGED_PRINTF(3, 0);

static staged_renderable *markup_after(const staged_script *script, const char *before,
                                       const char *format, va_list values)
{
    stg_buf whole = {0};
    stg_buf_addf(&whole, "%s%s", before, format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    staged_renderable *markup = stg_buf_status(&whole) == STAGED_OK
                                    ? stg_log_markup_v(script, stg_buf_text(&whole), values)
                                    : NULL;
#pragma GCC diagnostic pop
    stg_buf_free(&whole);
    return markup;
}

staged_status staged_log_heading_at(staged_script *script, const staged_location *where,
                                    const char *color, const char *format, ...)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a heading"));
    va_list values;
    va_start(values, format);
    staged_renderable *message = markup_after(script, "[bold]", format, values);
    va_end(values);
    return stg_log_taken(script, where, heading_panel(color, message));
}

staged_status stg_print_stage_heading(staged_script *script, const char *heading)
{
    stg_buf bold = {0};
    char *masked = stg_masked(script, heading);
    if (masked == NULL)
        return STAGED_NO_MEMORY;
    stg_add_heading(&bold, masked);
    free(masked);
    staged_renderable *message =
        staged_text_new(&(staged_text_options){.markup = true}, stg_buf_text(&bold));
    stg_buf_free(&bold);
    const staged_location where = stg_stage_location(script);
    return stg_log_taken(script, &where, heading_panel(NULL, message));
}

/* Makes a format without values of the text of a row; the name of a stage can be no markup. */
static void add_row_format(stg_buf *format, const char *text, const char *stage)
{
    static const char placeholder[] = "%(stage)s";
    while (*text != '\0') {
        if (strncmp(text, placeholder, strlen(placeholder)) == 0) {
            stg_buf_add_text(format, stage);
            text += strlen(placeholder);
        } else {
            stg_buf_add_repeated(format, *text, *text == '%' ? 2 : 1);
            text++;
        }
    }
}

staged_status stg_log_row(staged_script *script, const staged_location *where, const char *text,
                          bool in_panel)
{
    stg_buf format = {0};
    add_row_format(&format, text, staged_script_stage(script));
    staged_status status = stg_buf_status(&format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-security"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (status == STAGED_OK)
        status = in_panel ? staged_log_heading_at(script, where, NULL, stg_buf_text(&format))
                          : staged_log_at(script, where, stg_buf_text(&format));
#pragma GCC diagnostic pop
    stg_buf_free(&format);
    return status;
}

staged_status staged_log_dry_run_at(staged_script *script, const staged_location *where, int indent,
                                    const char *format, ...)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a dry-run message"));
    va_list values;
    va_start(values, format);
    staged_renderable *message = markup_after(script, "DRY-RUN MODE:  ", format, values);
    va_end(values);
    const staged_padding_options padding = {.pad = {.given = true, .left = indent}};
    return stg_log_taken(
        script, where,
        staged_padding_new(&padding,
                           staged_panel_new(&(staged_panel_options){.style = "yellow"}, message)));
}

/* A renderable, which is taken, and a command below it: not in a frame, so that it can be copied.
 */
static staged_renderable *above_command(staged_renderable *above,
                                        const stg_command_text_options *command)
{
    staged_renderable *both = staged_render_group_new();
    if (staged_render_group_add(both, above) == STAGED_OK &&
        staged_render_group_add(both, stg_command_text_new(command)) == STAGED_OK)
        return both;
    staged_renderable_free(both);
    return NULL;
}

staged_status stg_print_failure(staged_script *script, const staged_location *where,
                                const char *what, const char *reason,
                                const stg_command_text_options *command)
{
    staged_renderable *message =
        *reason == '\0' ? stg_log_markup(script, "[bold]%s failed.", what)
                        : stg_log_markup(script, "[bold]%s failed:[/bold]  %s", what, reason);
    staged_renderable *panel = heading_panel("red", message);
    return stg_log_taken(script, where, command == NULL ? panel : above_command(panel, command));
}

staged_status stg_log_command(staged_script *script, const staged_location *where,
                              const stg_command_text_options *command)
{
    stg_buf words = {0};
    if (stg_logs_are_wanted(script)) {
        stg_buf_addf(&words, "%s%s", command->lead == NULL ? "" : command->lead, command->command);
        stg_emit(script, &(staged_event){.kind = STAGED_EVENT_LOG,
                                         .message = stg_buf_text(&words),
                                         .where = stg_location_of(where)});
    }
    stg_buf_free(&words);
    return stg_log_taken(script, where, stg_command_text_new(command));
}

staged_status stg_print_dry_run_command(staged_script *script, const staged_location *where,
                                        const stg_command_text_options *command)
{
    staged_renderable *message =
        stg_log_markup(script, "%s", "DRY-RUN MODE:  The command executed would be:");
    staged_renderable *panel =
        staged_panel_new(&(staged_panel_options){.style = "yellow"}, message);
    return stg_log_taken(script, where, above_command(panel, command));
}
