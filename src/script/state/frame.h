/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The position of a script among its stages. */
#ifndef STG_SCRIPT_STATE_FRAME_H
#define STG_SCRIPT_STATE_FRAME_H

#include <staged/class.h>
#include <staged/retry.h>

#include "script/state/stage_state.h"

/* The running attempt at a stage. */
typedef struct stg_attempt {
    int64_t number;         /* from 1; 0: none is running */
    int64_t started_ns;     /* the default of begin-stage resets it */
    int64_t duration_ns;    /* once it has ended */
    bool ended;             /* its end has been reported */
    staged_outcome outcome; /* so far */
    bool place_failed;      /* the place of its last failing command did, and may recover; any
                             * thread notes that, under the lock */
    bool failed_by_place;   /* therefore the body failed, and is to be tried again */
    const staged_retry_state *retry; /* for the hooks around another attempt; NULL otherwise */
} stg_attempt;

/* A running stage, on top of the one whose phase runs it.  The lowest frame is where the script is
 * when it runs none: at the last stage. */
typedef struct stg_frame {
    struct stg_frame *below; /* NULL: it is the lowest */
    stg_stage *stage;        /* NULL: none yet */
    stg_attempt attempt;
    int64_t began_ns;
    bool limited;       /* the time limits apply to what runs now */
    int64_t each_count; /* how many eaches have begun in attempt `each_attempt` */
    int64_t each_attempt;
} stg_frame;

/* The stage's name; "" if there is none. */
const char *stg_frame_stage(const stg_frame *frame);

/* These functions change, under the lock, what other threads see of the frames. */

/* Pushes a frame, which begins now and must not move until it is popped. */
void stg_push_frame(staged_script *script, stg_frame *frame, stg_stage *stage);
void stg_pop_frame(staged_script *script);
void stg_set_stage(staged_script *script, stg_stage *stage);
void stg_set_attempt(staged_script *script, const stg_attempt *attempt);
void stg_set_limited(staged_script *script, bool limited);

#endif
