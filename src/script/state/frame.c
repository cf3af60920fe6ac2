/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/state/frame.h"

#include "script/state/object.h"
#include "script/state/owner.h"

const char *stg_frame_stage(const stg_frame *frame)
{
    return frame->stage == NULL ? "" : frame->stage->name;
}

void stg_push_frame(staged_script *script, stg_frame *frame, stg_stage *stage)
{
    *frame = (stg_frame){.below = script->frame,
                         .stage = stage,
                         .began_ns = script->clock->monotonic_ns(script->clock->context),
                         .limited = script->frame->limited};
    stg_lock(script);
    script->frame = frame;
    stg_unlock(script);
}

void stg_pop_frame(staged_script *script)
{
    stg_frame *frame = script->frame;
    stg_lock(script);
    script->frame = frame->below;
    if (script->frame == &script->lowest)
        script->lowest.stage = frame->stage;
    stg_unlock(script);
}

void stg_set_stage(staged_script *script, stg_stage *stage)
{
    stg_lock(script);
    script->frame->stage = stage;
    stg_unlock(script);
}

void stg_set_attempt(staged_script *script, const stg_attempt *attempt)
{
    stg_lock(script);
    script->frame->attempt = *attempt;
    stg_unlock(script);
}

void stg_set_limited(staged_script *script, bool limited)
{
    stg_lock(script);
    script->frame->limited = limited;
    stg_unlock(script);
}
