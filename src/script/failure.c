/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What went wrong, and what the script answers for it. */
#include <stdlib.h>

#include "script/object.h"

static void mask_error(staged_script *top)
{
    if (top->secrets == NULL)
        return;
    char *masked = stg_masked(top, stg_error_text(&top->error));
    stg_error_set(&top->error, STAGED_FAILED, "%s", masked == NULL ? "out of memory" : masked);
    free(masked);
}

staged_status staged_fail_at(staged_script *script, const staged_location *where,
                             const char *format, ...)
{
    staged_script *top = script->top;
    va_list values;
    va_start(values, format);
    (void)pthread_mutex_lock(&top->lock);
    stg_error_vset(&top->error, STAGED_FAILED, format, values);
    mask_error(top);
    top->error_where = where == NULL ? (staged_location){0} : *where;
    top->failure_told = false;
    (void)pthread_mutex_unlock(&top->lock);
    va_end(values);
    return STAGED_FAILED;
}

staged_status staged_exit(staged_script *script, int exit_status)
{
    if (exit_status < 0 || exit_status > 255)
        return staged_fail_at(script, NULL, "an exit status is 0 to 255, not %d", exit_status);
    script->top->exiting = true;
    script->top->exit_status = exit_status;
    return STAGED_EXIT;
}

void stg_forget_error(staged_script *script)
{
    stg_error_clear(&script->top->error);
    script->top->error_where = (staged_location){0};
    script->top->failure_told = false;
    script->top->told_late = false;
}

static staged_location place_of_error(const staged_script *script)
{
    const staged_location where = script->top->error_where;
    return where.file != NULL ? where : stg_stage_location(script);
}

void stg_report(staged_script *script, const char *what)
{
    staged_script *top = script->top;
    if (top->failure_told)
        return;
    const staged_location where = place_of_error(script);
    (void)stg_print_failure(script, &where, what, stg_error_text(&top->error));
    top->failure_told = true;
}

void stg_tell_reason(staged_script *script, const char *what)
{
    const char *reason = stg_error_text(&script->top->error);
    if (script->top->failure_told || *reason == '\0')
        return;
    const staged_location where = place_of_error(script);
    (void)staged_log_at(script, &where, "[yellow]%s:[/]  %s", what, reason);
    script->top->failure_told = true;
}

staged_status stg_explained(staged_script *script, staged_status status)
{
    if (status == STAGED_RETRY)
        return staged_fail_at(script, NULL,
                              "it answered STAGED_RETRY outside of a stage's retry loop");
    if (status == STAGED_INTERRUPTED && script->top->interrupt == 0)
        return staged_fail_at(script, NULL,
                              "it answered STAGED_INTERRUPTED, but no signal has asked the "
                              "script to end");
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
    (void)staged_log_at(script, &where, "[yellow]%s may fail:[/]  the script goes on.", what);
}

bool staged_success(const staged_script *script)
{
    const staged_script *top = script->top;
    return top->author_success && !top->failed && top->interrupt == 0;
}

int stg_exit_status(const staged_script *script)
{
    if (script->interrupt != 0)
        return 128 + script->interrupt;
    if (script->exiting && script->exit_status != 0)
        return script->exit_status;
    return staged_success(script) ? 0 : STG_EXIT_FAILURE;
}

const char *staged_script_error(const staged_script *script)
{
    return stg_error_text(&script->top->error);
}
