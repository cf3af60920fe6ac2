/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a script prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/system/location.h"
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
    return (staged_log_options){.size = sizeof(staged_log_options),
                                .where = stg_location_of(where)};
}

/* A failure to write the log must not stop the work: it is reported once, where it may still be
 * seen.  What cannot be drawn is a bug, and fails the hook that returns the status. */
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

/* Also receives what the console itself returned. */
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

static void emit_log(staged_script *script, const staged_location *where,
                     const staged_renderable *markup)
{
    if (!stg_logs_are_wanted(script))
        return;
    stg_buf text = {0};
    stg_markup_item_add_plain(markup, &text);
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_LOG,
                                     .message = stg_markup_item_words(markup),
                                     .text = stg_buf_text(&text),
                                     .where = stg_location_of(where)});
    stg_buf_free(&text);
}

/* Logs markup, which is taken over.  Invalid markup is a bug, but its text may be what somebody
 * needs from the log. */
static staged_status log_markup(staged_script *script, const staged_location *where,
                                staged_renderable *markup)
{
    emit_log(script, where, markup);
    staged_status logged;
    const staged_status answer = log_and_judge(script, where, markup, &logged);
    if (logged == STAGED_BAD_MARKUP) {
        const staged_log_options options = log_options(where);
        (void)staged_console_log_text(script->console, &options, stg_markup_item_words(markup));
    }
    staged_renderable_free(markup);
    return answer;
}

staged_status staged_log_v(staged_script *script, const staged_location *where, const char *format,
                           va_list values)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a log line"));
    return log_markup(script, where, stg_log_markup_v(script, "", format, values));
}

staged_status staged_log_list(staged_script *script, const staged_location *where,
                              const char *format, const char *const *texts, size_t count)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a log line"));
    return log_markup(script, where, stg_log_markup_list(script, "", format, texts, count));
}

staged_status staged_log_text(staged_script *script, const staged_location *where, const char *text)
{
    STAGED_TRY(stg_need_text(script, where, text, "the text of a log line"));
    return log_markup(script, where, stg_log_text(script, "", text));
}

staged_status staged_log_at(staged_script *script, const staged_location *where, const char *format,
                            ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_log_v(script, where, format, values);
    va_end(values);
    return status;
}

static staged_renderable *heading_panel(const char *color, staged_renderable *message)
{
    return staged_panel_new(
        STAGED_OPTIONS(staged_panel_options, .style = color == NULL ? "cyan" : color), message);
}

static staged_status log_heading(staged_script *script, const staged_location *where,
                                 const char *color, staged_renderable *message)
{
    return stg_log_taken(script, where, heading_panel(color, message));
}

staged_status staged_log_heading_v(staged_script *script, const staged_location *where,
                                   const char *color, const char *format, va_list values)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a heading"));
    return log_heading(script, where, color, stg_log_markup_v(script, "[bold]", format, values));
}

staged_status staged_log_heading_list(staged_script *script, const staged_location *where,
                                      const char *color, const char *format,
                                      const char *const *texts, size_t count)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a heading"));
    return log_heading(script, where, color,
                       stg_log_markup_list(script, "[bold]", format, texts, count));
}

staged_status staged_log_heading_text(staged_script *script, const staged_location *where,
                                      const char *color, const char *text)
{
    STAGED_TRY(stg_need_text(script, where, text, "the text of a heading"));
    return log_heading(script, where, color, stg_log_text(script, "[bold]", text));
}

staged_status staged_log_heading_at(staged_script *script, const staged_location *where,
                                    const char *color, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_log_heading_v(script, where, color, format, values);
    va_end(values);
    return status;
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
        staged_text_new(STAGED_OPTIONS(staged_text_options, .markup = true), stg_buf_text(&bold));
    stg_buf_free(&bold);
    const staged_location where = stg_stage_location(script);
    return stg_log_taken(script, &where, heading_panel(NULL, message));
}

/* Adds the text of a row, which is markup; the stage's name contains none. */
static void add_row_text(stg_formatted *markup, const char *text, const char *stage)
{
    static const char placeholder[] = "%(stage)s";
    const char *found;
    while ((found = strstr(text, placeholder)) != NULL) {
        stg_buf_add(&markup->text, text, (size_t)(found - text));
        stg_formatted_add(markup, stage);
        text = found + strlen(placeholder);
    }
    stg_formatted_add(markup, text);
}

staged_status stg_log_row(staged_script *script, const staged_location *where, const char *text,
                          bool in_panel)
{
    stg_formatted markup = {0};
    stg_formatted_add(&markup, in_panel ? "[bold]" : "");
    add_row_text(&markup, text, staged_script_stage(script));
    staged_renderable *message =
        stg_masked_item(script->run->secrets, &markup, stg_buf_status(&markup.text));
    return in_panel ? log_heading(script, where, NULL, message)
                    : log_markup(script, where, message);
}

static const char dry_run[] = "DRY-RUN MODE:  ";

static staged_status log_dry_run(staged_script *script, const staged_location *where, int indent,
                                 staged_renderable *message)
{
    const staged_padding_options padding = {.size = sizeof padding,
                                            .pad = {.given = true, .left = indent}};
    const staged_panel_options panel = {.size = sizeof panel, .style = "yellow"};
    return stg_log_taken(script, where,
                         staged_padding_new(&padding, staged_panel_new(&panel, message)));
}

staged_status staged_log_dry_run_v(staged_script *script, const staged_location *where, int indent,
                                   const char *format, va_list values)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a dry-run message"));
    return log_dry_run(script, where, indent, stg_log_markup_v(script, dry_run, format, values));
}

staged_status staged_log_dry_run_list(staged_script *script, const staged_location *where,
                                      int indent, const char *format, const char *const *texts,
                                      size_t count)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a dry-run message"));
    return log_dry_run(script, where, indent,
                       stg_log_markup_list(script, dry_run, format, texts, count));
}

staged_status staged_log_dry_run_text(staged_script *script, const staged_location *where,
                                      int indent, const char *text)
{
    STAGED_TRY(stg_need_text(script, where, text, "the text of a dry-run message"));
    return log_dry_run(script, where, indent, stg_log_text(script, dry_run, text));
}

staged_status staged_log_dry_run_at(staged_script *script, const staged_location *where, int indent,
                                    const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_log_dry_run_v(script, where, indent, format, values);
    va_end(values);
    return status;
}

/* A renderable, which is taken over, with a command below it: not in a frame, so that it can be
 * copied. */
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
                                         .text = stg_buf_text(&words),
                                         .where = stg_location_of(where)});
    }
    stg_buf_free(&words);
    return stg_log_taken(script, where, stg_command_text_new(command));
}

staged_status stg_print_dry_run_command(staged_script *script, const staged_location *where,
                                        const char *place, const stg_command_text_options *command)
{
    staged_renderable *message =
        stg_log_markup(script, "%sThe command executed%s%s would be:", dry_run,
                       place == NULL ? "" : " on ", place == NULL ? "" : place);
    staged_renderable *panel =
        staged_panel_new(STAGED_OPTIONS(staged_panel_options, .style = "yellow"), message);
    return stg_log_taken(script, where, above_command(panel, command));
}
