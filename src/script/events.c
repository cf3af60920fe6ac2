/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/grow.h"
#include "script/object.h"

staged_status staged_observe(staged_script *script, const staged_observer *observer)
{
    if (observer->notify == NULL)
        return staged_fail_at(script, NULL, "an observer has to have a function to notify");
    if (!stg_grow(&script->observers, &script->observer_capacity, script->observer_count + 1,
                  sizeof script->observers[0])) {
        if (observer->release != NULL)
            observer->release(observer->context);
        return stg_error_set(&script->top->error, STAGED_NO_MEMORY, "out of memory");
    }
    script->observers[script->observer_count++] = *observer;
    return STAGED_OK;
}

int64_t stg_elapsed_us(const staged_script *script)
{
    const staged_clock *clock = script->clock;
    return (clock->monotonic_ns(clock->context) - script->start_ns) / 1000;
}

/* The observers of the script, and then of those that use it. */
static void notify(const staged_script *script, const staged_event *event)
{
    for (; script != NULL; script = script->outer) {
        for (size_t i = 0; i < script->observer_count; i++) {
            const staged_observer *observer = &script->observers[i];
            if (event->kind != STAGED_EVENT_LOG || observer->wants_logs)
                observer->notify(observer->context, event);
        }
    }
}

/* The innermost script that is in a stage. */
static const staged_script *at_a_stage(const staged_script *script)
{
    while (script->stage == NULL && script->outer != NULL)
        script = script->outer;
    return script;
}

void stg_emit(staged_script *script, staged_event *event)
{
    staged_script *top = script->top;
    const staged_script *staged = at_a_stage(script);
    (void)pthread_mutex_lock(&top->lock);
    event->wall_us = script->clock->wall_us(script->clock->context);
    event->elapsed_us = stg_elapsed_us(script);
    event->stage = staged_current_stage(staged);
    event->attempt = staged->attempt.number;
    if (event->kind == STAGED_EVENT_COMMAND_BEGIN)
        event->number = ++top->command_count;
    if (event->message == NULL)
        event->message = "";
    notify(script, event);
    (void)pthread_mutex_unlock(&top->lock);
}

bool stg_logs_are_wanted(const staged_script *script)
{
    for (; script != NULL; script = script->outer) {
        for (size_t i = 0; i < script->observer_count; i++) {
            if (script->observers[i].wants_logs)
                return true;
        }
    }
    return false;
}
