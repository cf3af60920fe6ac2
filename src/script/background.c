/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Work in threads beside a stage, which never outlives it. */
#include "script/background.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/waiting.h>

#include "process/signals.h"
#include "script/object.h"

/* How long a cancelled command may go on unnoticed. */
enum { SLICE_MS = 50 };

struct staged_background {
    staged_script *script;
    const char *name;
    staged_work *work;
    void *context;
    pthread_t thread;
    int end[2]; /* a pipe that nothing is written to: it is closed when the work has ended */
    pthread_mutex_t lock; /* of what follows */
    bool cancelled;
    bool ended;
    staged_status answer;
    stg_error error;
    staged_background *next; /* of the script's works; the latest first */
};

/* ---- In the work's thread ---- */

static void *run(void *context)
{
    staged_background *background = context;
    const staged_status answer = background->work(background, background->context);
    (void)pthread_mutex_lock(&background->lock);
    background->answer = answer;
    background->ended = true;
    (void)pthread_mutex_unlock(&background->lock);
    (void)close(background->end[1]);
    return NULL;
}

bool staged_background_cancelled(staged_background *background)
{
    (void)pthread_mutex_lock(&background->lock);
    const bool cancelled = background->cancelled;
    (void)pthread_mutex_unlock(&background->lock);
    return cancelled;
}

staged_status staged_background_fail(staged_background *background, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    (void)pthread_mutex_lock(&background->lock);
    stg_error_vset(&background->error, STAGED_FAILED, format, values);
    (void)pthread_mutex_unlock(&background->lock);
    va_end(values);
    return STAGED_FAILED;
}

static staged_status wait_or_end(staged_background *background, staged_process *process,
                                 staged_completed_process *result)
{
    for (;;) {
        const staged_status status = staged_process_wait(process, SLICE_MS, result);
        if (status != STAGED_TIMED_OUT || result->timed_out)
            return status;
        staged_completed_process_free(result);
        if (staged_background_cancelled(background))
            break;
    }
    (void)staged_process_terminate(process);
    (void)staged_process_wait(process, -1, result);
    return STAGED_INTERRUPTED;
}

staged_status staged_background_run(staged_background *background,
                                    const staged_process_options *options,
                                    staged_completed_process *result)
{
    staged_completed_process own;
    staged_completed_process *done = result == NULL ? &own : result;
    *done = (staged_completed_process){0};
    if (staged_background_cancelled(background))
        return STAGED_INTERRUPTED;
    staged_process *process = NULL;
    staged_status status = staged_process_start(options, &process);
    if (status == STAGED_OK)
        status = wait_or_end(background, process, done);
    else if (process != NULL)
        stg_ignore(staged_background_fail(background, "%s", staged_process_error(process)));
    staged_process_free(process);
    if (result == NULL)
        staged_completed_process_free(&own);
    return status;
}

/* ---- In the script's thread ---- */

static void release(staged_background *background)
{
    (void)close(background->end[0]);
    (void)pthread_mutex_destroy(&background->lock);
    stg_error_free(&background->error);
    free(background);
}

/* All signals are for the script's own thread, which waits for them. */
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
                              "cannot begin %s: no memory, descriptor or thread is left", name));
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
                                           staged_work *work, void *context)
{
    if (work == NULL) {
        stg_ignore(staged_fail_at(script, NULL, "%s: there is no work to start", name));
        return NULL;
    }
    staged_background *background = calloc(1, sizeof *background);
    if (background == NULL)
        return fail_to_start(script, name);
    *background = (staged_background){.script = script,
                                      .name = stg_arena_text(&script->texts, name),
                                      .work = work,
                                      .context = context,
                                      .next = script->top->works};
    if (background->name == NULL || !make_pipe(background->end)) {
        free(background);
        return fail_to_start(script, name);
    }
    (void)pthread_mutex_init(&background->lock, NULL);
    if (!start_thread(background)) {
        (void)close(background->end[1]);
        release(background);
        return fail_to_start(script, name);
    }
    script->top->works = background;
    return background;
}

bool staged_background_running(staged_background *background)
{
    (void)pthread_mutex_lock(&background->lock);
    const bool running = !background->ended;
    (void)pthread_mutex_unlock(&background->lock);
    return running;
}

void staged_background_cancel(staged_background *background)
{
    (void)pthread_mutex_lock(&background->lock);
    background->cancelled = true;
    (void)pthread_mutex_unlock(&background->lock);
}

/* Until its end, a signal, or the end of the stage's time. */
static staged_status wait_for_end(staged_background *background)
{
    staged_script *script = background->script;
    while (staged_background_running(background)) {
        struct pollfd wakes[] = {{.fd = background->end[0], .events = POLLIN},
                                 {.fd = stg_signals_fd(), .events = POLLIN}};
        const int64_t left_ns = stg_time_left_ns(script);
        const int64_t left_ms = left_ns / 1000000;
        (void)poll(wakes, 2, left_ms > 60000 ? 60000 : (int)left_ms + 1);
        STAGED_TRY(stg_unless_interrupted(script, STAGED_OK));
        if (left_ns == 0)
            return stg_unless_too_late(script, STAGED_OK);
    }
    return STAGED_OK;
}

static void forget(staged_background *background)
{
    staged_background **place = &background->script->top->works;
    while (*place != background)
        place = &(*place)->next;
    *place = background->next;
}

/* Its thread has ended, or is about to. */
static staged_status take_answer(staged_background *background)
{
    staged_script *script = background->script;
    (void)pthread_join(background->thread, NULL);
    forget(background);
    staged_status answer = background->answer;
    if (background->cancelled)
        answer = STAGED_OK;
    else if (answer != STAGED_OK && answer != STAGED_INTERRUPTED)
        answer = staged_fail_at(script, NULL, "%s: %s", background->name,
                                background->error.status == 0 ? staged_status_text(answer)
                                                              : stg_error_text(&background->error));
    release(background);
    return answer;
}

staged_status staged_background_join(staged_background *background)
{
    /* What was asked to end will do so soon, and uses what is its caller's until then. */
    if (!staged_background_cancelled(background))
        STAGED_TRY(wait_for_end(background));
    return take_answer(background);
}

static void cancel_since(staged_script *top, const staged_background *older)
{
    for (staged_background *each = top->works; each != older; each = each->next)
        staged_background_cancel(each);
    while (top->works != older)
        (void)take_answer(top->works);
}

staged_status stg_join_works(staged_script *script, const staged_background *older,
                             staged_status status)
{
    staged_script *top = script->top;
    while (status == STAGED_OK && top->works != older)
        status = staged_background_join(top->works);
    cancel_since(top, older);
    return status;
}

void stg_cancel_works(staged_script *script)
{
    cancel_since(script->top, NULL);
}
