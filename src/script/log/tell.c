/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Logs what went wrong. */
#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "script/log/command_text.h"
#include "script/log/log.h"
#include "script/log/tell.h"
#include "script/state/attributes.h"

void stg_tell_unheeded(staged_script *script, staged_status answer)
{
    stg_failure *failure = script->last_failure;
    if (failure->unheeded && answer == STAGED_OK) {
        script->run->unheeded++;
        (void)staged_log_at(script, &failure->where,
                            "[yellow]A command failed, but the script went on:[/]  %s",
                            stg_error_text(&failure->error));
    }
    failure->unheeded = false;
}

staged_location stg_place_of_error(const staged_script *script)
{
    const staged_location where = script->last_failure->where;
    return where.file != NULL ? where : stg_stage_location(script);
}

void stg_report(staged_script *script, const char *what)
{
    stg_failure *failure = script->last_failure;
    if (failure->told)
        return;
    const staged_location where = stg_place_of_error(script);
    stg_command_text_options shown = {.indent = STG_COMMAND_INDENT};
    char *command = NULL;
    char *reason = stg_failure_without_command(failure, &command);
    shown.command = command;
    (void)stg_print_failure(script, &where, what, reason == NULL ? "out of memory" : reason,
                            command == NULL ? NULL : &shown);
    free(reason);
    free(command);
    failure->told = true;
}

void stg_tell_reason(staged_script *script, const char *what)
{
    stg_failure *failure = script->last_failure;
    if (failure->told || !stg_failure_is_set(failure))
        return;
    const staged_location where = stg_place_of_error(script);
    stg_command_text_options shown = {.indent = STG_COMMAND_INDENT};
    char *command = NULL;
    char *reason = stg_failure_without_command(failure, &command);
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
    if (status == STAGED_INTERRUPTED && script->run->interrupt == 0)
        return staged_fail_at(script, NULL,
                              "it returned STAGED_INTERRUPTED, but no signal has arrived");
    return status;
}

void stg_note(staged_script *script, staged_status status, const char *what)
{
    status = stg_explained(script, status);
    if (status == STAGED_EXIT && script->run->exit_status != 0)
        script->run->failed = true;
    if (status != STAGED_FAILED)
        return;
    script->run->failed = true;
    stg_report(script, what);
}

void stg_note_allowed(staged_script *script, const char *what)
{
    stg_report(script, what);
    const staged_location where = stg_stage_location(script);
    (void)staged_log_at(script, &where, "[yellow]%s may fail:[/]  the script continues.", what);
}
