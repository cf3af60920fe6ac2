/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/timings.h"

#include <stdlib.h>

#include "base/grow.h"

staged_status stg_timings_add(stg_timings *timings, const char *stage, int64_t microseconds)
{
    const char *name = stg_arena_text(&timings->names, stage);
    if (name == NULL || !stg_grow(&timings->items, &timings->capacity, timings->count + 1,
                                  sizeof timings->items[0]))
        return timings->status = STAGED_NO_MEMORY;
    timings->items[timings->count++] = (staged_stage_duration){name, microseconds};
    return STAGED_OK;
}

static void notify(void *context, const staged_event *event)
{
    if (event->kind == STAGED_EVENT_ATTEMPT_END)
        (void)stg_timings_add(context, event->stage, event->duration_us);
}

staged_observer stg_timings_observer(stg_timings *timings)
{
    return (staged_observer){.notify = notify, .context = timings};
}

void stg_timings_free(stg_timings *timings)
{
    stg_arena_free(&timings->names);
    free(timings->items);
    *timings = (stg_timings){0};
}
