/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A piece of work in a thread beside the stages. */
#ifndef STG_SCRIPT_STATE_WORK_H
#define STG_SCRIPT_STATE_WORK_H

#include <pthread.h>

#include <staged/waiting.h>

#include "script/state/object.h"

struct staged_background {
    staged_script *script;
    uint64_t number; /* of the script's works, from 1 */
    const char *name;
    stg_frame frame; /* the stage that began it, and its attempt */
    staged_work_function *work;
    void *context;
    pthread_t thread;
    pthread_t self; /* the same, as the thread itself knows it */
    bool has_begun; /* `self` is known; these two and `next` are under the script's lock */
    int end[2];     /* a pipe that nothing is written to: it is closed when the work has ended */
    pthread_mutex_t lock; /* of what follows */
    bool cancelled;
    bool ended;
    staged_status answer;
    stg_failure failure;     /* the work's own: only its thread touches it until it has ended */
    staged_background *next; /* of the script's works; the latest first */
};

/* The work that the calling thread does; NULL: none.  For one who holds the script's lock. */
staged_background *stg_work_here(const staged_script *script);
/* Whether some work has not ended. */
bool stg_work_goes_on(const staged_script *script);

#endif
