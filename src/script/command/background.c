/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Background work in threads beside a stage, which never outlives the stage. */
#include "script/command/background.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/signals.h>
#include <staged/waiting.h>

#include "base/failure/options.h"
#include "process/framework.h"
#include "script/command/interrupt.h"
#include "script/command/time_limit.h"
#include "script/recording/keeping.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/work.h"

/* How long a cancelled command may continue before that is noticed. */
static const double slice_s = 0.05;

/* ---- In the work's thread ---- */

static void *run(void *context)
{
    staged_background *background = context;
    stg_lock(background->script);
    background->self = pthread_self();
    background->has_begun = true;
    stg_unlock(background->script);
    const staged_status answer = background->work(background, background->context);
    (void)pthread_mutex_lock(&background->lock);
    background->answer = answer;
    background->ended = true;
    (void)pthread_mutex_unlock(&background->lock);
    (void)close(background->end[1]);
    return NULL;
}

staged_status staged_background_fail_v(staged_background *background, const char *format,
                                       va_list values)
{
    STAGED_TRY(stg_need_text(background->script, NULL, format, "the reason for a failure"));
    stg_error_vset(&background->failure.error, STAGED_FAILED, format, values);
    background->failure.where = (staged_location){0};
    return STAGED_FAILED;
}

staged_status staged_background_fail(staged_background *background, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_background_fail_v(background, format, values);
    va_end(values);
    return status;
}

staged_status staged_background_fail_text(staged_background *background, const char *text)
{
    STAGED_TRY(stg_need_text(background->script, NULL, text, "the reason for a failure"));
    return staged_background_fail(background, "%s", text);
}

static staged_status wait_or_end(staged_background *background, staged_process *process,
                                 staged_completed_process **result)
{
    for (;;) {
        const staged_status status = staged_process_wait(process, slice_s, result);
        if (status != STAGED_TIMED_OUT || *result != NULL)
            return status;
        if (staged_background_cancelled(background))
            break;
    }
    (void)staged_process_terminate(process);
    (void)staged_process_wait(process, -1, result);
    return STAGED_INTERRUPTED;
}

staged_status staged_background_run(staged_background *background,
                                    const staged_process_options *options,
                                    staged_completed_process **result)
{
    if (result != NULL)
        *result = NULL;
    if (staged_background_cancelled(background))
        return STAGED_INTERRUPTED;
    staged_process_options masking;
    const char *problem = STG_READ_OPTIONS(&masking, options, staged_process_options);
    if (problem != NULL)
        return staged_background_fail(background, "%s", problem);
    if (masking.secrets == NULL)
        masking.secrets = background->script->run->secrets;
    stg_keeping keeping;
    stg_keeping_begin(background->script, NULL, &masking, &keeping);
    staged_process *process = NULL;
    staged_completed_process *done = NULL;
    staged_status status = staged_process_start(&masking, &process);
    if (status == STAGED_OK)
        status = wait_or_end(background, process, &done);
    else if (process != NULL)
        stg_ignore(staged_background_fail_text(background, staged_process_error(process)));
    staged_process_free(process);
    stg_keeping_hand_on(&keeping);
    if (result != NULL)
        *result = done;
    else
        staged_completed_process_free(done);
    return status;
}

/* ---- In the script's thread ---- */

static void release(staged_background *background)
{
    (void)close(background->end[0]);
    (void)pthread_mutex_destroy(&background->lock);
    stg_failure_clear(&background->failure);
    free(background);
}

static void forget(staged_background *background)
{
    stg_lock(background->script);
    staged_background **place = &background->script->run->works;
    while (*place != background)
        place = &(*place)->next;
    *place = background->next;
    stg_unlock(background->script);
}

/* The script's own thread waits for all signals. */
static bool start_thread(staged_background *background)
{
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    const int failure = pthread_create(&background->thread, NULL, run, background);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failure == 0;
}

static staged_background *fail_to_start(staged_script *script, const char *name)
{
    stg_ignore(staged_fail_at(script, NULL,
                              "cannot start %s: out of memory, file descriptors or threads", name));
    return NULL;
}

static bool make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

staged_background *staged_background_start(staged_script *script, const char *name,
                                           staged_work_function *work, void *context)
{
    if (stg_only_owner(script, "staged_background_start") != STAGED_OK)
        return NULL;
    if (stg_need_text(script, NULL, name, "the name of background work") != STAGED_OK)
        return NULL;
    if (work == NULL) {
        stg_ignore(stg_bug(script, NULL, "%s: the function to run is NULL", name));
        return NULL;
    }
    staged_background *background = calloc(1, sizeof *background);
    if (background == NULL)
        return fail_to_start(script, name);
    const stg_frame *at = stg_at_a_stage(script)->frame;
    *background = (staged_background){.script = script,
                                      .name = stg_arena_text(&script->texts, name),
                                      .work = work,
                                      .context = context};
    if (background->name == NULL || !make_pipe(background->end)) {
        free(background);
        return fail_to_start(script, name);
    }
    (void)pthread_mutex_init(&background->lock, NULL);
    stg_lock(script);
    background->frame = (stg_frame){.stage = at->stage, .attempt = at->attempt};
    background->number = ++script->run->work_count;
    background->next = script->run->works;
    script->run->works = background;
    stg_unlock(script);
    if (!start_thread(background)) {
        forget(background);
        (void)close(background->end[1]);
        release(background);
        return fail_to_start(script, name);
    }
    return background;
}

/* Waits until the work ends, a signal arrives, or the time limit passes. */
static staged_status wait_for_end(staged_background *background)
{
    staged_script *script = background->script;
    while (staged_background_running(background)) {
        struct pollfd wakes[] = {{.fd = background->end[0], .events = POLLIN},
                                 {.fd = staged_signals_descriptor(), .events = POLLIN}};
        const int64_t left_ns = stg_time_left_ns(script);
        const int64_t left_ms = left_ns / 1000000;
        (void)poll(wakes, 2, left_ms > 60000 ? 60000 : (int)left_ms + 1);
        STAGED_TRY(stg_unless_interrupted(script, STAGED_OK));
        if (left_ns == 0)
            return stg_unless_too_late(script, STAGED_OK);
    }
    return STAGED_OK;
}

/* Makes the work's failure that of the script's own thread. */
static staged_status fail_as(staged_script *script, const staged_background *background,
                             staged_status answer)
{
    const stg_failure *failure = &background->failure;
    return staged_fail_at(script, &failure->where, "%s: %s", background->name,
                          stg_failure_is_set(failure) ? stg_error_text(&failure->error)
                                                      : staged_status_text(answer));
}

static void tell_unheeded(staged_script *script, const staged_background *background)
{
    script->run->unheeded++;
    (void)staged_log_at(script, &background->failure.where,
                        "[yellow]A command failed, but the work went on:[/]  %s: %s",
                        background->name, stg_error_text(&background->failure.error));
}

/* Call it once the work's thread has ended, or is about to. */
static staged_status take_answer(staged_background *background)
{
    staged_script *script = background->script;
    (void)pthread_join(background->thread, NULL);
    forget(background);
    staged_status answer = background->answer;
    if (background->cancelled)
        answer = STAGED_OK;
    else if (answer == STAGED_OK && background->failure.unheeded)
        tell_unheeded(script, background);
    else if (answer != STAGED_OK && answer != STAGED_INTERRUPTED)
        answer = fail_as(script, background, answer);
    release(background);
    return answer;
}

staged_status staged_background_join(staged_background *background)
{
    STAGED_TRY(stg_only_owner(background->script, "staged_background_join"));
    /* Cancelled work ends soon; until then it uses what belongs to its caller. */
    if (!staged_background_cancelled(background))
        STAGED_TRY(wait_for_end(background));
    return take_answer(background);
}

/* The latest work, if it began after work number `older`. */
static staged_background *latest_since(const stg_run *run, uint64_t older)
{
    return run->works != NULL && run->works->number > older ? run->works : NULL;
}

static void cancel_since(stg_run *run, uint64_t older)
{
    for (staged_background *each = latest_since(run, older); each != NULL && each->number > older;
         each = each->next)
        staged_background_cancel(each);
    for (staged_background *each; (each = latest_since(run, older)) != NULL;)
        (void)take_answer(each);
}

staged_status stg_join_works(staged_script *script, uint64_t older, staged_status status)
{
    stg_run *run = script->run;
    for (staged_background *each; status == STAGED_OK && (each = latest_since(run, older)) != NULL;)
        status = staged_background_join(each);
    cancel_since(run, older);
    return status;
}

void stg_cancel_works(staged_script *script)
{
    cancel_since(script->run, 0);
}
