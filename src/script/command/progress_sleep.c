/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting with a progress bar. */
#include <stdio.h>
#include <stdlib.h>

#include <staged/progress.h>
#include <staged/waiting.h>

#include "base/system/duration.h"
#include "script/command/sleep.h"
#include "script/state/bugs.h"
#include "script/state/mask.h"
#include "script/state/object.h"

/* How often the bar advances. */
static const int64_t step_ns = 100000000;

static staged_status sleep_in_steps(staged_script *script, staged_progress *progress,
                                    staged_task task, double seconds)
{
    const staged_clock *clock = script->clock;
    const int64_t whole_ns = stg_seconds_ns(seconds);
    const int64_t end_ns = clock->monotonic_ns(clock->context) + whole_ns;
    for (;;) {
        const int64_t left_ns = end_ns - clock->monotonic_ns(clock->context);
        staged_progress_set_completed(progress, task,
                                      left_ns > 0 ? 1 - (double)left_ns / (double)whole_ns : 1);
        if (left_ns <= 0)
            return STAGED_OK;
        STAGED_TRY(stg_sleep_ns(script, left_ns < step_ns ? left_ns : step_ns));
    }
}

/* The wait lasts just as long without memory or a thread for the bar. */
static staged_status sleep_and_show(staged_script *script, double seconds, const char *description)
{
    staged_progress *progress = staged_progress_new(
        script->console, STAGED_OPTIONS(staged_progress_options, .clock = script->clock));
    if (progress == NULL)
        return staged_sleep(script, seconds);
    /* Below the log's time column. */
    const staged_task task = staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 1), "           %s", description);
    const staged_status status = sleep_in_steps(script, progress, task, seconds);
    staged_progress_free(progress);
    return status;
}

static staged_status record(staged_script *script, double seconds)
{
    char number[STG_SECONDS_TEXT_SIZE];
    char command[sizeof "sleep " + sizeof number];
    (void)snprintf(command, sizeof command, "sleep %s",
                   stg_seconds_text(stg_seconds_ns(seconds), number));
    return staged_script_add_command(script, command);
}

staged_status staged_pause_v(staged_script *script, const staged_location *where, double seconds,
                             const char *format, va_list values)
{
    STAGED_TRY(stg_need_text(script, where, format, "the description of a pause"));
    stg_buf description = {0};
    stg_buf_vaddf(&description, format, values);
    staged_status status = stg_buf_status(&description);
    if (status == STAGED_OK)
        status = staged_pause_text(script, where, seconds, stg_buf_text(&description));
    stg_buf_free(&description);
    return status;
}

staged_status staged_pause_at(staged_script *script, const staged_location *where, double seconds,
                              const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_pause_v(script, where, seconds, format, values);
    va_end(values);
    return status;
}

staged_status staged_pause_text(staged_script *script, const staged_location *where, double seconds,
                                const char *text)
{
    STAGED_TRY(stg_need_text(script, where, text, "the description of a pause"));
    if (script->dry_run)
        return staged_log_dry_run_at(script, where, 0, "Not sleeping %g s.", seconds);
    char *masked = stg_masked(script, text);
    staged_status status = masked == NULL ? STAGED_NO_MEMORY : record(script, seconds);
    if (status == STAGED_OK)
        status = sleep_and_show(script, seconds, masked);
    free(masked);
    return status;
}
