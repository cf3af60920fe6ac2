/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/record/timings.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"

staged_status stg_timings_add(stg_timings *timings, const char *stage, int64_t duration_ns,
                              staged_outcome outcome)
{
    const char *name = stg_arena_text(&timings->names, stage);
    if (name == NULL || !stg_grow(&timings->items, &timings->capacity, timings->count + 1,
                                  sizeof timings->items[0]))
        return timings->status = STAGED_NO_MEMORY;
    timings->items[timings->count++] =
        (staged_stage_duration){.stage = name, .duration_ns = duration_ns, .outcome = outcome};
    return STAGED_OK;
}

/* Corrects what only the end of the stage shows: that no attempt was left, or that a phase outside
 * the attempts failed. */
static void correct_last(stg_timings *timings, const char *stage, staged_outcome outcome)
{
    for (size_t i = timings->count; i > 0; i--) {
        if (strcmp(timings->items[i - 1].stage, stage) != 0)
            continue;
        timings->items[i - 1].outcome = outcome;
        return;
    }
}

static void add_earlier(stg_timings *timings, const staged_event *event)
{
    if (stg_timings_add(timings, event->stage, event->duration_ns, event->outcome) == STAGED_OK)
        timings->items[timings->count - 1].earlier = true;
}

static void notify(void *context, const staged_event *event)
{
    if (event->kind == STAGED_EVENT_STAGE_END && event->earlier)
        add_earlier(context, event);
    else if (event->kind == STAGED_EVENT_ATTEMPT_END)
        (void)stg_timings_add(context, event->stage, event->duration_ns, event->outcome);
    else if (event->kind == STAGED_EVENT_STAGE_END)
        correct_last(context, event->stage, event->outcome);
}

staged_observer stg_timings_observer(stg_timings *timings)
{
    return (staged_observer){.size = sizeof(staged_observer), .notify = notify, .context = timings};
}

void stg_timings_free(stg_timings *timings)
{
    stg_arena_free(&timings->names);
    free(timings->items);
    *timings = (stg_timings){0};
}
