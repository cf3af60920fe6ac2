/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The end of what goes on beside a stage. */
#ifndef STG_SCRIPT_BACKGROUND_H
#define STG_SCRIPT_BACKGROUND_H

#include <staged/waiting.h>

#include "script/object.h"

/* Joins the work that was begun since the script's `work_count` was `older`, if `status` is
 * STAGED_OK; cancels what then remains of it.  Returns `status`, or the first failure among the
 * work. */
staged_status stg_join_works(staged_script *script, uint64_t older, staged_status status);
/* Whether some work has not ended. */
bool stg_work_goes_on(const staged_script *script);
/* Cancels all work and waits for its end. */
void stg_cancel_works(staged_script *script);

/* The work that the calling thread does; NULL: none.  For one who holds the script's lock. */
staged_background *stg_work_here(const staged_script *script);
/* Why it failed.  For its thread, and for others once that has ended. */
stg_failure *stg_work_failure(staged_background *background);
/* Fills in the stage and the attempt that began it. */
void stg_set_stage_of_work(const staged_background *background, staged_event *event);

#endif
