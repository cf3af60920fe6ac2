/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/state/events.h"
#include "base/failure/options.h"
#include "base/memory/grow.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/work.h"

staged_status staged_script_add_observer(staged_script *script, const staged_observer *observer)
{
    staged_observer own;
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(&own, observer, staged_observer)));
    if (own.notify == NULL)
        return staged_fail_at(script, NULL, "an observer needs a function to notify");
    stg_lock(script);
    const bool added = stg_grow(&script->observers, &script->observers.capacity,
                                script->observers.count + 1, sizeof script->observers.items[0]);
    if (added)
        script->observers.items[script->observers.count++] = own;
    stg_unlock(script);
    if (!added) {
        if (own.release != NULL)
            own.release(own.context);
        return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

int64_t stg_elapsed_ns(const staged_script *script)
{
    const staged_clock *clock = script->clock;
    return clock->monotonic_ns(clock->context) - script->start_ns;
}

/* Notifies the observers of the script, then those of the scripts that use it. */
static void notify(const staged_script *script, const staged_event *event)
{
    for (; script != NULL; script = script->outer) {
        for (size_t i = 0; i < script->observers.count; i++) {
            const staged_observer *observer = &script->observers.items[i];
            if (event->kind != STAGED_EVENT_LOG || observer->wants_logs)
                observer->notify(observer->context, event);
        }
    }
}

const staged_script *stg_at_a_stage(const staged_script *script)
{
    while (script->frame->stage == NULL && script->outer != NULL)
        script = script->outer;
    return script;
}

/* Where the calling thread is. */
static const stg_frame *frame_here(const staged_script *script)
{
    const staged_background *work = stg_work_here(script);
    return work != NULL ? &work->frame : stg_at_a_stage(script)->frame;
}

void stg_emit(staged_script *script, staged_event *event)
{
    stg_lock(script);
    event->wall_ns = script->clock->wall_ns(script->clock->context);
    event->elapsed_ns = stg_elapsed_ns(script);
    const stg_frame *frame = frame_here(script);
    event->stage = stg_frame_stage(frame);
    event->attempt = frame->attempt.number;
    if (event->kind == STAGED_EVENT_COMMAND_BEGIN)
        event->number = ++script->run->command_count;
    if (event->message == NULL)
        event->message = "";
    notify(script, event);
    stg_unlock(script);
}

bool stg_logs_are_wanted(const staged_script *script)
{
    bool wanted = false;
    stg_lock(script);
    for (const staged_script *each = script; each != NULL && !wanted; each = each->outer) {
        for (size_t i = 0; i < each->observers.count; i++)
            wanted = wanted || each->observers.items[i].wants_logs;
    }
    stg_unlock(script);
    return wanted;
}
