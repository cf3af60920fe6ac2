/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Time limits of stages, and the script's deadline. */
#include <stdint.h>

#include "script/command/time_limit.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/owner.h"
#include "script/state/stage_state.h"

staged_status staged_stage_set_time_limit_at(staged_script *script, const staged_location *where,
                                             const char *stage, double seconds)
{
    stg_stage *registered = stg_stage_of(script, stage);
    if (registered == NULL)
        return stg_unknown_stage(script, where, stage);
    if (!stg_is_amount(seconds))
        return stg_no_amount(script, where, "a time limit");
    stg_lock(script);
    registered->time_limit_s = seconds;
    stg_unlock(script);
    return STAGED_OK;
}

double staged_stage_time_limit_at(staged_script *script, const staged_location *where,
                                  const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    return registered == NULL ? 0 : registered->time_limit_s;
}

staged_status staged_script_set_deadline(staged_script *script, double seconds)
{
    if (!stg_is_amount(seconds))
        return stg_no_amount(script, NULL, "a deadline");
    stg_lock(script);
    script->run->deadline_s = seconds;
    stg_unlock(script);
    return STAGED_OK;
}

double staged_script_deadline(const staged_script *script)
{
    return script->run->deadline_s;
}

static int64_t end_of(int64_t began_ns, double seconds)
{
    /* Three hundred years count as no limit. */
    return seconds > 0 && seconds < 9e9 ? began_ns + (int64_t)(seconds * 1e9) : INT64_MAX;
}

static int64_t stage_end_ns(const staged_script *script)
{
    return script->frame->stage == NULL
               ? INT64_MAX
               : end_of(script->frame->began_ns, script->frame->stage->time_limit_s);
}

static const staged_script *outermost(const staged_script *script)
{
    while (script->outer != NULL)
        script = script->outer;
    return script;
}

/* Stages that always run also run after the deadline. */
static int64_t script_end_ns(const staged_script *script)
{
    return script->frame->stage != NULL && script->frame->stage->declaration->always
               ? INT64_MAX
               : end_of(outermost(script)->start_ns, script->run->deadline_s);
}

static int64_t end_ns(const staged_script *script)
{
    const int64_t stage_end = stage_end_ns(script);
    const int64_t script_end = script_end_ns(script);
    return !script->frame->limited ? INT64_MAX : stage_end < script_end ? stage_end : script_end;
}

/* The script whose time ends first: this one, or one that uses it. */
static const staged_script *most_limited(const staged_script *script)
{
    const staged_script *first = script;
    for (const staged_script *outer = script->outer; outer != NULL; outer = outer->outer) {
        if (end_ns(outer) < end_ns(first))
            first = outer;
    }
    return first;
}

int64_t stg_time_left_ns(const staged_script *script)
{
    stg_lock(script);
    const int64_t end = end_ns(most_limited(script));
    stg_unlock(script);
    if (end == INT64_MAX)
        return INT64_MAX;
    const int64_t left = end - script->clock->monotonic_ns(script->clock->context);
    return left > 0 ? left : 0;
}

staged_status stg_unless_too_late(staged_script *script, staged_status status)
{
    if (stg_time_left_ns(script) > 0 || status == STAGED_INTERRUPTED)
        return status;
    /* The interrupted wait has already reported this, and its stage returned the failure. */
    if (script->last_failure->late)
        return STAGED_FAILED;
    const stg_failure *failure = script->last_failure;
    const staged_script *limited = most_limited(script);
    const staged_location where =
        failure->where.file == NULL ? stg_stage_location(script) : failure->where;
    const bool by_stage = stage_end_ns(limited) <= script_end_ns(limited);
    const double limit = by_stage ? limited->frame->stage->time_limit_s : script->run->deadline_s;
    const char *reason = stg_error_text(&failure->error);
    const staged_status failed =
        staged_fail_at(script, &where, "exceeded %s of %g s%s%s",
                       by_stage ? "its time limit" : "the script's deadline", limit,
                       *reason == '\0' ? "" : ": ", reason);
    script->failure.late = true;
    return failed;
}
