/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How a command went. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <staged/signals.h>

#include "process/framework.h"
#include "process/run/process.h"

bool stg_code_is_expected(const int *codes, size_t count, int code)
{
    if (codes == NULL || count == 0)
        return code == 0;
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == code)
            return true;
    }
    return false;
}

static int64_t nanoseconds(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

static void report_usage(const staged_process *p, staged_completed_process *result)
{
    result->user_ns = nanoseconds(p->usage.ru_utime);
    result->system_ns = nanoseconds(p->usage.ru_stime);
    result->minor_faults = p->usage.ru_minflt;
    result->major_faults = p->usage.ru_majflt;
#ifdef __APPLE__
    result->max_rss_kib = p->usage.ru_maxrss / 1024;
#else
    result->max_rss_kib = p->usage.ru_maxrss;
#endif
}

static void report_end(const staged_process *p, staged_completed_process *result)
{
    if (!p->has_ended || p->status_is_lost)
        return;
    if (WIFSIGNALED(p->wait_status)) {
        result->signal = WTERMSIG(p->wait_status);
        result->exit_code = -result->signal;
    } else {
        result->exit_code = WEXITSTATUS(p->wait_status);
    }
    result->expected =
        stg_code_is_expected(p->expected_codes, p->expected_count, result->exit_code) &&
        !p->timed_out && p->interrupted == 0;
    report_usage(p, result);
}

static void report_capture(staged_process *p, int number, char **data, size_t *length,
                           uint64_t *lost)
{
    stg_capture *capture = &p->captures[number - 1];
    const staged_stream_kind kind = p->kinds[number];
    if (kind == STAGED_STREAM_SHOW)
        stg_show_end(&p->shows[number - 1]);
    if (kind != STAGED_STREAM_CAPTURE && kind != STAGED_STREAM_TEE)
        return;
    stg_show_end(&p->shows[number - 1]);
    capture->show = NULL;
    *data = stg_capture_take(capture, length, lost);
    p->kinds[number] = STAGED_STREAM_DISCARD; /* handed over once */
    if (*data == NULL || capture->error == ENOMEM)
        stg_error_set(&p->failure, STAGED_NO_MEMORY, "out of memory capturing the output");
    else if (capture->error != 0)
        stg_error_set(&p->failure, STAGED_IO, "cannot write '%s': %s", capture->rest_path,
                      strerror(capture->error));
}

static void report_ended(staged_process *p, staged_completed_process *result)
{
    stg_ended *ended = &p->ending.ended;
    stg_ended_settle(ended, stg_process_is_dead);
    result->ended = ended->items;
    result->ended_count = ended->count;
    *ended = (stg_ended){0};
}

staged_status stg_process_outcome(staged_process *process)
{
    staged_process *p = process;
    /* A more serious failure takes precedence. */
    if (p->failure.status == STAGED_OK && p->interrupted != 0)
        stg_error_set(&p->failure, STAGED_INTERRUPTED, "interrupted by %s",
                      staged_signal_name(p->interrupted));
    else if (p->failure.status == STAGED_OK && p->timed_out)
        stg_error_set(&p->failure, STAGED_TIMED_OUT, "timed out after %g seconds",
                      (double)p->timeout_ns / 1e9);
    return p->failure.status;
}

void stg_process_report(staged_process *process, staged_completed_process *result)
{
    staged_process *p = process;
    *result = (staged_completed_process){
        .pid = p->pid,
        .timed_out = p->timed_out,
        .interrupted = p->interrupted,
        .output_held = p->output_held && !p->leaves_daemon,
        .start_ns = p->start_wall_ns,
        .duration_ns = p->end_ns - p->start_ns,
        .failed_step = p->failed_step,
    };
    if (p->pid >= 0) {
        report_end(p, result);
        report_capture(p, 1, &result->output, &result->output_length, &result->output_lost);
        report_capture(p, 2, &result->error_output, &result->error_length, &result->error_lost);
        report_ended(p, result);
        (void)stg_process_outcome(p);
    }
    const char *text = stg_error_text(&p->failure);
    result->error = *text == '\0' ? NULL : strdup(text);
}

const char *staged_completed_process_error(const staged_completed_process *result)
{
    if (result == NULL)
        return staged_status_text(STAGED_NO_MEMORY);
    return result->error == NULL ? "" : result->error;
}

void staged_completed_process_free(staged_completed_process *result)
{
    if (result == NULL)
        return;
    free(result->output);
    free(result->error_output);
    free(result->error);
    free(result->place);
    staged_ended_processes_free(result->ended, result->ended_count);
    free(result);
}
