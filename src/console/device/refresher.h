/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A thread that calls a function periodically. */
#ifndef STG_CONSOLE_DEVICE_REFRESHER_H
#define STG_CONSOLE_DEVICE_REFRESHER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* All zero: not running. */
typedef struct stg_refresher {
    void (*refresh)(void *context);
    void *context;
    int64_t period_ns;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool runs, ends;
} stg_refresher;

/* The period at `rate` > 0 calls a second: at least a millisecond, at most a day. */
int64_t stg_refresher_period_ns(double rate);
/* Begins to call `refresh(context)` after each period, from a thread that handles no signals.
 * Returns whether the thread was started. */
bool stg_refresher_start(stg_refresher *refresher, int64_t period_ns,
                         void (*refresh)(void *context), void *context);
/* Ends it, after a call under way has returned.  Must not be called by `refresh`, nor while holding
 * a lock that `refresh` takes. */
void stg_refresher_stop(stg_refresher *refresher);

#endif
