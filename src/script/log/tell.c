/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What went wrong, as the log tells it. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "script/log/command_text.h"
#include "script/log/log.h"
#include "script/log/tell.h"

void stg_tell_unheeded(staged_script *script, staged_status answer)
{
    stg_failure *failure = &script->top->failure;
    if (failure->unheeded && answer == STAGED_OK) {
        script->top->unheeded++;
        (void)staged_log_at(script, &failure->where,
                            "[yellow]A command failed, but the script went on:[/]  %s",
                            stg_error_text(&failure->error));
    }
    failure->unheeded = false;
}

static staged_location place_of_error(const staged_script *script)
{
    const staged_location where = script->top->failure.where;
    return where.file != NULL ? where : stg_stage_location(script);
}

/* The message of a failure, but for the command that it is about.
 *   command  becomes that, or NULL
 * Both are which the caller frees; NULL: out of memory. */
static char *reason_without_command(const stg_failure *failure, char **command)
{
    const char *text = stg_error_text(&failure->error);
    const size_t end = failure->command_at + failure->command_length;
    *command = failure->command_length == 0
                   ? NULL
                   : strndup(text + failure->command_at, failure->command_length);
    if (*command == NULL)
        return strdup(text);
    stg_buf rest = {0};
    /* Without the ": " before it. */
    stg_buf_add(&rest, text, failure->command_at - 2);
    stg_buf_add_text(&rest, text + end);
    return stg_buf_take(&rest);
}

void stg_report(staged_script *script, const char *what)
{
    stg_failure *failure = &script->top->failure;
    if (failure->told)
        return;
    const staged_location where = place_of_error(script);
    stg_command_text_options shown = {.indent = STG_COMMAND_INDENT};
    char *command = NULL;
    char *reason = reason_without_command(failure, &command);
    shown.command = command;
    (void)stg_print_failure(script, &where, what, reason == NULL ? "out of memory" : reason,
                            command == NULL ? NULL : &shown);
    free(reason);
    free(command);
    failure->told = true;
}

void stg_tell_reason(staged_script *script, const char *what)
{
    stg_failure *failure = &script->top->failure;
    if (failure->told || *stg_error_text(&failure->error) == '\0')
        return;
    const staged_location where = place_of_error(script);
    stg_command_text_options shown = {.indent = STG_COMMAND_INDENT};
    char *command = NULL;
    char *reason = reason_without_command(failure, &command);
    shown.command = command;
    (void)staged_log_at(script, &where, "[yellow]%s:[/]  %s", what,
                        reason == NULL ? "out of memory" : reason);
    if (command != NULL)
        (void)stg_log_command(script, &where, &shown);
    free(reason);
    free(command);
    failure->told = true;
}

staged_status stg_explained(staged_script *script, staged_status status)
{
    if (status == STAGED_RETRY)
        return staged_fail_at(script, NULL,
                              "it returned STAGED_RETRY outside a stage's retry loop");
    if (status == STAGED_INTERRUPTED && script->top->interrupt == 0)
        return staged_fail_at(script, NULL,
                              "it returned STAGED_INTERRUPTED, but no signal has arrived");
    return status;
}

void stg_note(staged_script *script, staged_status status, const char *what)
{
    staged_script *top = script->top;
    status = stg_explained(script, status);
    if (status == STAGED_EXIT && top->exit_status != 0)
        top->failed = true;
    if (status != STAGED_FAILED)
        return;
    top->failed = true;
    stg_report(script, what);
}

void stg_note_allowed(staged_script *script, const char *what)
{
    stg_report(script, what);
    const staged_location where = stg_stage_location(script);
    (void)staged_log_at(script, &where, "[yellow]%s may fail:[/]  the script continues.", what);
}
