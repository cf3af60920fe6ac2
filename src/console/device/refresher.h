/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A thread that does one thing again and again. */
#ifndef STG_CONSOLE_DEVICE_REFRESHER_H
#define STG_CONSOLE_DEVICE_REFRESHER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* All zero: it does not run. */
typedef struct stg_refresher {
    void (*refresh)(void *context);
    void *context;
    int64_t period_ns;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool runs, ends;
} stg_refresher;

/* So long is a period of which there are `rate` > 0 a second: at least a millisecond, at most a
 * day.
 */
int64_t stg_refresher_period_ns(double rate);
/* Begins to call `refresh(context)` after each period, from a thread that handles no signals.
 * Returns whether there was a thread to be had. */
bool stg_refresher_start(stg_refresher *refresher, int64_t period_ns,
                         void (*refresh)(void *context), void *context);
/* Ends it, after the call that may be under way.  Not to be called by `refresh`, nor by one who
 * holds a lock that it takes. */
void stg_refresher_stop(stg_refresher *refresher);

#endif
