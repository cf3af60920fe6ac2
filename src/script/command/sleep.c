/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waits on the script's clock. */
#include <staged/waiting.h>

#include "base/system/duration.h"
#include "script/command/interrupt.h"
#include "script/command/sleep.h"
#include "script/command/time_limit.h"
#include "script/state/bugs.h"

static int64_t now_ns(const staged_script *script)
{
    return script->clock->monotonic_ns(script->clock->context);
}

staged_status staged_sleep(staged_script *script, double seconds)
{
    STAGED_TRY(stg_only_owner(script, "staged_sleep"));
    return stg_sleep_ns(script, stg_seconds_ns(seconds));
}

staged_status stg_sleep_ns(staged_script *script, int64_t nanoseconds)
{
    const int64_t left = stg_time_left_ns(script);
    const bool too_long = nanoseconds > left;
    if (too_long)
        nanoseconds = left;
    if (nanoseconds > STG_LONGEST_NS)
        nanoseconds = STG_LONGEST_NS;
    const int64_t end = now_ns(script) + nanoseconds;
    /* A signal that does not ask the script to end (a resized window) cuts a sleep short. */
    for (int64_t rest = nanoseconds; rest > 0; rest = end - now_ns(script)) {
        const staged_status status = script->clock->sleep_ns(script->clock->context, rest);
        if (status == STAGED_OK)
            break;
        if (stg_unless_interrupted(script, STAGED_OK) != STAGED_OK)
            return STAGED_INTERRUPTED;
    }
    return too_long ? stg_unless_too_late(script, STAGED_OK) : STAGED_OK;
}
