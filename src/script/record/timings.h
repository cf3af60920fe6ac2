/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An observer that keeps how long each run of a stage took, for the timing table. */
#ifndef STG_SCRIPT_RECORD_TIMINGS_H
#define STG_SCRIPT_RECORD_TIMINGS_H

#include <staged/events.h>

#include "base/memory/arena.h"

/* All zero is empty. */
typedef struct stg_timings {
    staged_stage_duration *items;
    size_t count;
    size_t capacity;
    stg_arena names;
    staged_status status; /* STAGED_OK, or STAGED_NO_MEMORY: some are missing */
} stg_timings;

staged_observer stg_timings_observer(stg_timings *timings);
staged_status stg_timings_add(stg_timings *timings, const char *stage, int64_t duration_ns,
                              staged_outcome outcome);
void stg_timings_free(stg_timings *timings);

#endif
