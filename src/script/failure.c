/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What went wrong, and what the script returns for it. */
#include <stdlib.h>
#include <string.h>

#include "script/object.h"

#include "base/location.h"

static void mask_error(const staged_script *script, stg_error *error)
{
    char *masked = stg_masked(script, stg_error_text(error));
    stg_error_set(error, STAGED_FAILED, "%s", masked == NULL ? "out of memory" : masked);
    free(masked);
}

static void keep_reason(staged_script *script, const staged_location *where, const char *format,
                        va_list values) STAGED_PRINTF(3, 0);

static void keep_reason(staged_script *script, const staged_location *where, const char *format,
                        va_list values)
{
    stg_lock(script);
    stg_failure *failure = stg_failure_here(script);
    stg_error_vset(&failure->error, STAGED_FAILED, format, values);
    mask_error(script, &failure->error);
    failure->where = where == NULL ? (staged_location){0} : *where;
    failure->told = false;
    failure->unheeded = false;
    failure->command_length = 0;
    stg_unlock(script);
}

staged_status staged_fail_at(staged_script *script, const staged_location *where,
                             const char *format, ...)
{
    if (format == NULL)
        return stg_bug(script, where, "the reason for a failure is NULL");
    va_list values;
    va_start(values, format);
    keep_reason(script, where, format, values);
    va_end(values);
    return STAGED_FAILED;
}

staged_status staged_retry_at(staged_script *script, const staged_location *where,
                              const char *format, ...)
{
    if (format == NULL)
        return stg_bug(script, where, "the reason of another attempt is NULL");
    va_list values;
    va_start(values, format);
    keep_reason(script, where, format, values);
    va_end(values);
    return STAGED_RETRY;
}

staged_status stg_fail_command(staged_script *script, const staged_location *where,
                               const char *failure, const char *command, const char *errors)
{
    const staged_status failed =
        staged_fail_at(script, where, "%s: %s%s", failure, command, errors);
    stg_lock(script);
    stg_failure *here = stg_failure_here(script);
    const char *text = stg_error_text(&here->error);
    const size_t at = strlen(failure) + 2;
    const size_t length = strlen(command);
    /* Masking may have made another text of it, and a lack of memory none. */
    if (strlen(text) >= at + length && strncmp(text + at, command, length) == 0) {
        here->command_at = at;
        here->command_length = length;
    }
    stg_unlock(script);
    return failed;
}

staged_status staged_exit(staged_script *script, int exit_status)
{
    if (exit_status < 0 || exit_status > 255)
        return staged_fail_at(script, NULL, "an exit status must be between 0 and 255, not %d",
                              exit_status);
    script->top->exiting = true;
    script->top->exit_status = exit_status;
    return STAGED_EXIT;
}

static void forget(stg_failure *failure)
{
    stg_error_clear(&failure->error);
    *failure = (stg_failure){0};
}

void stg_forget_error(staged_script *script)
{
    staged_script *top = script->top;
    stg_lock(top);
    forget(&top->failure);
    forget(&top->elsewhere);
    stg_unlock(top);
}

void staged_forget_failure(staged_script *script)
{
    stg_lock(script);
    forget(stg_failure_here(script));
    stg_unlock(script);
}

/* ---- Failures of commands that nobody looks at ---- */

void stg_note_command_failed(staged_script *script)
{
    stg_lock(script);
    stg_failure_here(script)->unheeded = true;
    stg_unlock(script);
}

void stg_heed(staged_script *script, const staged_location *where)
{
    stg_lock(script);
    stg_failure *failure = stg_failure_here(script);
    const staged_location *failed = &failure->where;
    if (where == NULL || (failed->line == where->line && failed->file == where->file))
        failure->unheeded = false;
    stg_unlock(script);
}

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

bool stg_has_reason(staged_script *script)
{
    staged_script *top = script->top;
    if (top->failure.error.status != STAGED_OK)
        return true;
    stg_lock(top);
    const bool adopted = top->elsewhere.error.status != STAGED_OK;
    if (adopted) {
        top->failure = top->elsewhere;
        top->elsewhere = (stg_failure){0};
    }
    stg_unlock(top);
    return adopted;
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

bool staged_script_success(const staged_script *script)
{
    const staged_script *top = script->top;
    return top->author_success && !top->failed && !stg_bug_was_told(top) && top->interrupt == 0;
}

int stg_exit_status(const staged_script *script)
{
    if (script->interrupt != 0)
        return 128 + script->interrupt;
    if (script->exiting && script->exit_status != 0)
        return script->exit_status;
    return stg_bug_was_told(script)        ? STG_EXIT_BUG
           : staged_script_success(script) ? 0
                                           : STG_EXIT_FAILURE;
}

const char *staged_script_error(const staged_script *script)
{
    stg_lock(script);
    stg_failure *failure = stg_failure_here(script);
    failure->unheeded = false;
    const char *text = stg_error_text(&failure->error);
    stg_unlock(script);
    return text;
}
