/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What went wrong, and what the script returns for it. */
#include <stdlib.h>
#include <string.h>

#include "base/location.h"
#include "script/state/object.h"

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

/* ---- Mistakes of the script's author ---- */

static staged_status vbug(staged_script *script, const staged_location *where, const char *format,
                          va_list values) STAGED_PRINTF(3, 0);

static staged_status vbug(staged_script *script, const staged_location *where, const char *format,
                          va_list values)
{
    stg_buf text = {0};
    if (where != NULL && where->file != NULL)
        stg_buf_addf(&text, "%s:%d: ", where->file, where->line);
    stg_buf_vaddf(&text, format, values);
    stg_lock(script);
    script->top->has_bug = true;
    stg_unlock(script);
    const staged_status status = staged_fail_at(script, where, "%s", stg_buf_text(&text));
    stg_buf_free(&text);
    return status;
}

staged_status stg_bug(staged_script *script, const staged_location *where, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = vbug(script, where, format, values);
    va_end(values);
    return status;
}

bool stg_bug_was_told(const staged_script *script)
{
    stg_lock(script);
    const bool told = script->top->has_bug;
    stg_unlock(script);
    return told;
}
