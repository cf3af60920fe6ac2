/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What went wrong, and what the script answers for it. */
#include <stdlib.h>

#include "script/object.h"

static void mask_error(staged_script *script)
{
    if (script->secrets == NULL)
        return;
    char *masked = stg_masked(script, stg_error_text(&script->error));
    stg_error_set(&script->error, STAGED_FAILED, "%s", masked == NULL ? "out of memory" : masked);
    free(masked);
}

staged_status staged_fail_at(staged_script *script, const staged_location *where,
                             const char *format, ...)
{
    va_list values;
    va_start(values, format);
    (void)pthread_mutex_lock(&script->lock);
    stg_error_vset(&script->error, STAGED_FAILED, format, values);
    mask_error(script);
    script->error_where = where == NULL ? (staged_location){0} : *where;
    script->failure_told = false;
    (void)pthread_mutex_unlock(&script->lock);
    va_end(values);
    return STAGED_FAILED;
}

staged_status staged_exit(staged_script *script, int exit_status)
{
    if (exit_status < 0 || exit_status > 255)
        return staged_fail_at(script, NULL, "an exit status is 0 to 255, not %d", exit_status);
    script->exiting = true;
    script->exit_status = exit_status;
    return STAGED_EXIT;
}

void stg_forget_error(staged_script *script)
{
    stg_error_clear(&script->error);
    script->error_where = (staged_location){0};
    script->failure_told = false;
    script->told_late = false;
}

static void report(staged_script *script, const char *what)
{
    if (script->failure_told)
        return;
    const char *reason = stg_error_text(&script->error);
    const staged_location where =
        script->error_where.file != NULL ? script->error_where : stg_stage_location(script);
    (void)stg_print_failure(script, &where, what, reason);
    script->failure_told = true;
}

void stg_note(staged_script *script, staged_status status, const char *what)
{
    if (status == STAGED_EXIT && script->exit_status != 0)
        script->failed = true;
    if (status != STAGED_FAILED && status != STAGED_RETRY)
        return;
    script->failed = true;
    if (status == STAGED_FAILED)
        report(script, what);
}

bool staged_success(const staged_script *script)
{
    return script->author_success && !script->failed && script->interrupt == 0;
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
    return stg_error_text(&script->error);
}
