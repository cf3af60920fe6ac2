/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/refresher.h"

#include <signal.h>
#include <time.h>

#define SECOND_NS INT64_C(1000000000)

/* A thousand times a second, and once a day. */
#define SHORTEST_NS (SECOND_NS / 1000)
#define LONGEST_NS (86400 * SECOND_NS)

/* The clock for waiting: monotonic where it can be chosen. */
#if defined(__APPLE__)
#define WAITING_CLOCK CLOCK_REALTIME
#else
#define WAITING_CLOCK CLOCK_MONOTONIC
#endif

static bool make_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
#if !defined(__APPLE__)
    (void)pthread_condattr_setclock(&attributes, WAITING_CLOCK);
#endif
    const bool made = pthread_cond_init(condition, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return made;
}

static struct timespec after(int64_t period_ns)
{
    struct timespec moment;
    clock_gettime(WAITING_CLOCK, &moment);
    const int64_t nanoseconds = moment.tv_nsec + period_ns % SECOND_NS;
    moment.tv_sec += (time_t)(period_ns / SECOND_NS + nanoseconds / SECOND_NS);
    moment.tv_nsec = (long)(nanoseconds % SECOND_NS);
    return moment;
}

/* Waits for a period; returns false if the refresher was stopped meanwhile. */
static bool wait_for_period(stg_refresher *refresher)
{
    const struct timespec moment = after(refresher->period_ns);
    pthread_mutex_lock(&refresher->lock);
    int outcome = 0;
    while (!refresher->ends && outcome == 0)
        outcome = pthread_cond_timedwait(&refresher->wake, &refresher->lock, &moment);
    const bool goes_on = !refresher->ends;
    pthread_mutex_unlock(&refresher->lock);
    return goes_on;
}

static void *run(void *argument)
{
    stg_refresher *refresher = argument;
    while (wait_for_period(refresher))
        refresher->refresh(refresher->context);
    return NULL;
}

/* Existing threads handle the signals. */
static bool start_thread(stg_refresher *refresher)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const bool started = pthread_create(&refresher->thread, NULL, run, refresher) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

int64_t stg_refresher_period_ns(double rate)
{
    const double period_ns = (double)SECOND_NS / rate;
    if (!(period_ns > SHORTEST_NS))
        return SHORTEST_NS;
    return period_ns < LONGEST_NS ? (int64_t)period_ns : LONGEST_NS;
}

bool stg_refresher_start(stg_refresher *refresher, int64_t period_ns,
                         void (*refresh)(void *context), void *context)
{
    *refresher = (stg_refresher){.refresh = refresh, .context = context, .period_ns = period_ns};
    if (pthread_mutex_init(&refresher->lock, NULL) != 0)
        return false;
    if (make_condition(&refresher->wake)) {
        refresher->runs = start_thread(refresher);
        if (refresher->runs)
            return true;
        pthread_cond_destroy(&refresher->wake);
    }
    pthread_mutex_destroy(&refresher->lock);
    return false;
}

void stg_refresher_stop(stg_refresher *refresher)
{
    if (!refresher->runs)
        return;
    pthread_mutex_lock(&refresher->lock);
    refresher->ends = true;
    pthread_cond_signal(&refresher->wake);
    pthread_mutex_unlock(&refresher->lock);
    pthread_join(refresher->thread, NULL);
    pthread_cond_destroy(&refresher->wake);
    pthread_mutex_destroy(&refresher->lock);
    refresher->runs = false;
}
