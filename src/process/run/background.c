/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command that runs in the background. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/system/duration.h"
#include "process/framework.h"
#include "process/run/process.h"
#include "process/run/pump.h"
#include "process/signals/signals.h"
#include "process/system/active_time.h"
#include "process/system/fd.h"

staged_status staged_process_start(const staged_process_options *options, staged_process **process)
{
    *process = calloc(1, sizeof **process);
    return *process == NULL ? STAGED_NO_MEMORY : stg_process_start(*process, options, true);
}

staged_status stg_process_start_anyway(const staged_process_options *options,
                                       staged_process **process)
{
    *process = calloc(1, sizeof **process);
    if (*process == NULL)
        return STAGED_NO_MEMORY;
    (*process)->starts_anyway = true;
    return stg_process_start(*process, options, true);
}

const char *staged_process_error(const staged_process *process)
{
    if (process == NULL)
        return staged_status_text(STAGED_NO_MEMORY);
    return stg_error_text(process->call_error.status != STAGED_OK ? &process->call_error
                                                                  : &process->failure);
}

int64_t staged_process_pid(const staged_process *process)
{
    return process->pid;
}

static bool was_started(const staged_process *p)
{
    return p->pid >= 0;
}

bool staged_process_has_ended(staged_process *process)
{
    if (was_started(process) && !process->has_ended)
        stg_process_pump(process, 0, false);
    return !was_started(process) || process->has_ended;
}

/* The message for an invalid time to wait. */
static const char no_timeout[] = "the timeout must be a number, not NaN";

static int64_t until(double timeout_s)
{
    return timeout_s < 0 ? STG_NEVER : stg_moment_after(stg_active_ns(), stg_seconds_ns(timeout_s));
}

/* Waits for the next event.  Returns STAGED_OK if the caller is to check and to call it again. */
static staged_status wait_a_little(staged_process *p, int64_t until_ns)
{
    stg_process_pump(p, until_ns, true);
    if (stg_signals_due() != 0)
        return STAGED_INTERRUPTED;
    return stg_active_ns() >= until_ns ? STAGED_TIMED_OUT : STAGED_OK;
}

static staged_status misuse(staged_process *process, const char *what)
{
    return stg_error_set(&process->call_error, STAGED_BAD_USE, "%s", what);
}

/* Makes the result, where one is wanted.  Returns `status`. */
static staged_status report(staged_process *process, staged_status status,
                            staged_completed_process **result)
{
    if (result == NULL)
        return status;
    *result = calloc(1, sizeof **result);
    if (*result == NULL)
        return STAGED_NO_MEMORY;
    stg_process_report(process, *result);
    return status;
}

staged_status staged_process_wait(staged_process *process, double timeout_s,
                                  staged_completed_process **result)
{
    if (result != NULL)
        *result = NULL;
    staged_status status = STAGED_OK;
    const int64_t until_ns = until(timeout_s);
    if (!was_started(process))
        return report(process, process->failure.status, result);
    if (isnan(timeout_s))
        status = misuse(process, no_timeout);
    while (status == STAGED_OK && !stg_process_is_settled(process))
        status = wait_a_little(process, until_ns);
    if (!stg_process_is_settled(process))
        return status;
    status = report(process, STAGED_OK, result);
    return status == STAGED_OK ? stg_process_outcome(process) : status;
}

staged_status staged_process_write(staged_process *process, const void *bytes, size_t length)
{
    staged_process *p = process;
    if (!was_started(p) || p->kinds[0] != STAGED_STREAM_PIPE)
        return misuse(p,
                      "the input is not a pipe; set `.input = STAGED_STREAM(STAGED_STREAM_PIPE)`");
    staged_status status = STAGED_OK;
    p->input = bytes;
    p->input_left = length;
    while (status == STAGED_OK && p->input_left > 0 && p->streams.ours[0] >= 0)
        status = wait_a_little(p, STG_NEVER);
    const bool is_done = p->input_left == 0;
    p->input = NULL;
    p->input_left = 0;
    if (is_done)
        return STAGED_OK;
    return status == STAGED_OK ? STAGED_CLOSED : status;
}

staged_status staged_process_close_input(staged_process *process)
{
    if (!was_started(process) || process->kinds[0] != STAGED_STREAM_PIPE)
        return misuse(process,
                      "the input is not a pipe; set `.input = STAGED_STREAM(STAGED_STREAM_PIPE)`");
    stg_fd_close(&process->streams.ours[0]);
    return STAGED_OK;
}

staged_status staged_process_read_line(staged_process *process, staged_output which,
                                       double timeout_s, const char **line, size_t *length)
{
    staged_process *p = process;
    *line = NULL;
    *length = 0;
    if (!was_started(p) || (which != STAGED_OUTPUT_STDOUT && which != STAGED_OUTPUT_STDERR) ||
        p->kinds[which] != STAGED_STREAM_PIPE)
        return misuse(p, "this output is not a pipe; make it STAGED_STREAM(STAGED_STREAM_PIPE)");
    if (isnan(timeout_s))
        return misuse(p, no_timeout);
    stg_lines *lines = &p->lines[which - 1];
    const int64_t until_ns = until(timeout_s);
    staged_status status = STAGED_OK;
    for (;;) {
        const bool is_last = p->streams.ours[which] < 0;
        *line = stg_lines_next(lines, is_last, length);
        if (*line != NULL)
            return STAGED_OK;
        if (lines->failed)
            return stg_error_set(&p->call_error, STAGED_NO_MEMORY, "out of memory reading a line");
        if (is_last)
            return STAGED_CLOSED;
        if (status != STAGED_OK)
            return status;
        status = wait_a_little(p, until_ns);
    }
}

staged_status staged_process_signal(staged_process *process, int number)
{
    if (staged_process_has_ended(process))
        return STAGED_NOT_FOUND;
    if (kill(process->pid, number) == 0)
        return STAGED_OK;
    return stg_error_set(&process->call_error, stg_status_of_errno(errno),
                         "cannot send the signal: %s", strerror(errno));
}

staged_status staged_process_terminate(staged_process *process)
{
    staged_process *p = process;
    if (!was_started(p))
        return STAGED_NOT_FOUND;
    stg_process_begin_ending(p, 0);
    while (!stg_process_is_settled(p))
        stg_process_pump(p, STG_NEVER, false);
    return p->ending.gave_up
               ? stg_error_set(
                     &p->call_error, STAGED_NOT_ALLOWED,
                     "cannot end the process: it did not die, or killing it is not permitted")
               : STAGED_OK;
}

void staged_process_free(staged_process *process)
{
    if (process == NULL)
        return;
    if (was_started(process) && !process->has_ended && !process->leaves_daemon)
        (void)staged_process_terminate(process);
    stg_process_clear(process);
    free(process);
}
