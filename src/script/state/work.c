/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Background work in progress. */
#include "script/state/work.h"

staged_background *stg_work_here(const staged_script *script)
{
    const pthread_t self = pthread_self();
    staged_background *work = script->run->works;
    while (work != NULL && !(work->has_begun && pthread_equal(work->self, self) != 0))
        work = work->next;
    return work;
}

bool staged_background_cancelled(staged_background *background)
{
    (void)pthread_mutex_lock(&background->lock);
    const bool cancelled = background->cancelled;
    (void)pthread_mutex_unlock(&background->lock);
    return cancelled;
}

bool staged_background_running(staged_background *background)
{
    (void)pthread_mutex_lock(&background->lock);
    const bool running = !background->ended;
    (void)pthread_mutex_unlock(&background->lock);
    return running;
}

bool stg_work_goes_on(const staged_script *script)
{
    staged_background *work = script->run->works;
    while (work != NULL && !staged_background_running(work))
        work = work->next;
    return work != NULL;
}

void staged_background_cancel(staged_background *background)
{
    (void)pthread_mutex_lock(&background->lock);
    background->cancelled = true;
    (void)pthread_mutex_unlock(&background->lock);
}
