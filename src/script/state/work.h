/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A piece of background work, in a thread beside the stages. */
#ifndef STG_SCRIPT_STATE_WORK_H
#define STG_SCRIPT_STATE_WORK_H

#include <pthread.h>

#include <staged/waiting.h>

#include "script/state/object.h"

struct staged_background {
    staged_script *script;
    uint64_t number; /* among the run's works, from 1 */
    const char *name;
    stg_frame frame; /* that of the stage and attempt that began it */
    staged_work_function *work;
    void *context;
    pthread_t thread;
    pthread_t self;       /* the same, as set by the thread itself */
    bool has_begun;       /* `self` is set; these two and `next` are under the script's lock */
    int end[2];           /* a pipe that nobody writes to: it is closed when the work has ended */
    pthread_mutex_t lock; /* guards what follows */
    bool cancelled;
    bool ended;
    staged_status answer;
    stg_failure failure;     /* the work's own: only its thread uses it until the work has ended */
    staged_background *next; /* in the list of works; the latest first */
};

/* The calling thread's work; NULL: none.  Call it under the script's lock. */
staged_background *stg_work_here(const staged_script *script);
/* Whether some work is still running. */
bool stg_work_goes_on(const staged_script *script);

#endif
