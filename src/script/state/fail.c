/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How a script fails, and the exit status for it. */
#include <stdlib.h>
#include <string.h>

#include <staged/bridge.h>

#include "base/system/location.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/work.h"

/* Where the calling thread stores a failure, which becomes the last one of all outer scripts,
 * too. */
static stg_failure *failure_to_keep(staged_script *script)
{
    staged_background *work = stg_work_here(script);
    if (work != NULL)
        return &work->failure;
    if (!stg_is_owner(script))
        return &script->run->elsewhere;
    for (staged_script *each = script; each != NULL; each = each->outer)
        each->last_failure = &script->failure;
    return &script->failure;
}

stg_failure *stg_failure_here(const staged_script *script)
{
    stg_lock(script);
    staged_background *work = stg_work_here(script);
    const bool is_owner = stg_is_owner(script);
    stg_unlock(script);
    return work != NULL ? &work->failure
           : is_owner   ? script->last_failure
                        : &script->run->elsewhere;
}

static void keep_reason(staged_script *script, const staged_location *where, const char *format,
                        va_list values) STAGED_PRINTF(3, 0);

static void keep_reason(staged_script *script, const staged_location *where, const char *format,
                        va_list values)
{
    stg_lock(script);
    stg_failure_set_v(failure_to_keep(script), script->run->secrets, where, format, values);
    stg_unlock(script);
}

staged_status staged_fail_v(staged_script *script, const staged_location *where, const char *format,
                            va_list values)
{
    if (format == NULL)
        return stg_bug(script, where, "the reason for a failure is NULL");
    keep_reason(script, where, format, values);
    return STAGED_FAILED;
}

staged_status staged_fail_at(staged_script *script, const staged_location *where,
                             const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_fail_v(script, where, format, values);
    va_end(values);
    return status;
}

staged_status staged_fail_text(staged_script *script, const staged_location *where,
                               const char *text)
{
    if (text == NULL)
        return stg_bug(script, where, "the reason for a failure is NULL");
    return staged_fail_at(script, where, "%s", text);
}

staged_status staged_retry_v(staged_script *script, const staged_location *where,
                             const char *format, va_list values)
{
    if (format == NULL)
        return stg_bug(script, where, "the reason for another attempt is NULL");
    keep_reason(script, where, format, values);
    return STAGED_RETRY;
}

staged_status staged_retry_at(staged_script *script, const staged_location *where,
                              const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_retry_v(script, where, format, values);
    va_end(values);
    return status;
}

staged_status staged_retry_text(staged_script *script, const staged_location *where,
                                const char *text)
{
    if (text == NULL)
        return stg_bug(script, where, "the reason for another attempt is NULL");
    return staged_retry_at(script, where, "%s", text);
}

staged_status stg_fail_command(staged_script *script, const staged_location *where,
                               const char *failure, const char *command, const char *errors)
{
    const staged_status failed =
        staged_fail_at(script, where, "%s: %s%s", failure, command, errors);
    stg_lock(script);
    stg_failure_set_command(stg_failure_here(script), strlen(failure), command);
    stg_unlock(script);
    return failed;
}

staged_status staged_exit(staged_script *script, int exit_status)
{
    if (exit_status < 0 || exit_status > 255)
        return staged_fail_at(script, NULL, "an exit status must be between 0 and 255, not %d",
                              exit_status);
    script->run->exiting = true;
    script->run->exit_status = exit_status;
    return STAGED_EXIT;
}

/* Also makes sure that no outer script still refers to the forgotten failure. */
static void forget_own(staged_script *script)
{
    stg_failure_clear(&script->failure);
    for (staged_script *each = script; each != NULL; each = each->outer) {
        if (each == script || each->last_failure == &script->failure)
            each->last_failure = &each->failure;
    }
}

void stg_forget_error(staged_script *script)
{
    stg_lock(script);
    forget_own(script);
    stg_failure_clear(&script->run->elsewhere);
    stg_unlock(script);
}

void staged_forget_failure(staged_script *script)
{
    stg_lock(script);
    stg_failure_clear(stg_failure_here(script));
    stg_unlock(script);
}

void stg_hand_on_failure(staged_script *script)
{
    staged_script *outer = script->outer;
    if (outer == NULL || outer->last_failure != &script->failure) {
        stg_failure_clear(&script->failure);
        return;
    }
    stg_failure_clear(&outer->failure);
    outer->failure = script->failure;
    script->failure = (stg_failure){0};
    for (staged_script *each = outer; each != NULL; each = each->outer) {
        if (each->last_failure == &script->failure)
            each->last_failure = &outer->failure;
    }
}

/* ---- Failures of commands that nobody checks ---- */

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
    if (stg_failure_is_set(script->last_failure))
        return true;
    stg_failure *elsewhere = &script->run->elsewhere;
    stg_lock(script);
    const bool adopted = stg_failure_is_set(elsewhere);
    if (adopted) {
        script->failure = *elsewhere;
        script->last_failure = &script->failure;
        *elsewhere = (stg_failure){0};
    }
    stg_unlock(script);
    return adopted;
}

bool staged_script_success(const staged_script *script)
{
    const stg_run *run = script->run;
    return run->author_success && !run->failed && !stg_bug_was_told(script) && run->interrupt == 0;
}

int stg_exit_status(const staged_script *script)
{
    if (script->run->interrupt != 0)
        return 128 + script->run->interrupt;
    if (script->run->exiting && script->run->exit_status != 0)
        return script->run->exit_status;
    return stg_bug_was_told(script)        ? STG_EXIT_BUG
           : staged_script_success(script) ? 0
                                           : STG_EXIT_FAILURE;
}

staged_outcome stg_outcome_of_script(const staged_script *script)
{
    if (script->run->interrupt != 0)
        return STAGED_OUTCOME_INTERRUPTED;
    return stg_exit_status(script) == 0 ? STAGED_OUTCOME_PASSED : STAGED_OUTCOME_FAILED;
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

staged_status staged_fail_bug_v(staged_script *script, const staged_location *where,
                                const char *format, va_list values)
{
    stg_buf text = {0};
    if (where != NULL && where->file != NULL)
        stg_buf_addf(&text, "%s:%d: ", where->file, where->line);
    stg_buf_vaddf(&text, format, values);
    stg_lock(script);
    script->run->has_bug = true;
    stg_unlock(script);
    const staged_status status = staged_fail_text(script, where, stg_buf_text(&text));
    stg_buf_free(&text);
    return status;
}

staged_status stg_bug(staged_script *script, const staged_location *where, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_fail_bug_v(script, where, format, values);
    va_end(values);
    return status;
}

staged_status stg_refuse_options(staged_script *script, const char *problem)
{
    return problem == NULL ? STAGED_OK : stg_bug(script, NULL, "%s", problem);
}

staged_status staged_fail_bug_at(staged_script *script, const staged_location *where,
                                 const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_fail_bug_v(script, where, format, values);
    va_end(values);
    return status;
}

staged_status staged_fail_bug_text(staged_script *script, const staged_location *where,
                                   const char *text)
{
    return staged_fail_bug_at(script, where, "%s", text);
}

bool stg_bug_was_told(const staged_script *script)
{
    stg_lock(script);
    const bool told = script->run->has_bug;
    stg_unlock(script);
    return told;
}
