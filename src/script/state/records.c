/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Records of a run: how long stages took, and the commands. */
#include <stdlib.h>

#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/mask.h"
#include "script/state/object.h"
#include "script/state/owner.h"

const staged_stage_duration *staged_script_duration(const staged_script *script, size_t index)
{
    return index < script->timings.count ? &script->timings.items[index] : NULL;
}

staged_status staged_script_add_duration(staged_script *script, const char *stage,
                                         int64_t duration_ns)
{
    if (stage == NULL)
        return stg_need_text(script, NULL, stage, "the stage of a duration");
    return stg_timings_add(&script->timings, stage, duration_ns, STAGED_OUTCOME_PASSED);
}

void staged_script_clear_durations(staged_script *script)
{
    stg_timings_free(&script->timings);
}

const char *const *staged_script_commands(const staged_script *script, size_t *count)
{
    static const char *const none[] = {NULL};
    if (count != NULL)
        *count = script->history.count;
    return script->history.count == 0 ? none : script->history.texts;
}

const staged_command_record *staged_script_command_record(const staged_script *script, size_t index)
{
    return index < script->history.count ? &script->history.records[index] : NULL;
}

staged_status staged_script_add_command(staged_script *script, const char *command)
{
    STAGED_TRY(stg_need_text(script, NULL, command, "the command to record"));
    char *masked = stg_masked(script, command);
    if (masked == NULL)
        return STAGED_NO_MEMORY;
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_COMMAND_BEGIN, .command = masked});
    free(masked);
    stg_lock(script);
    const bool failed = script->history.failed;
    stg_unlock(script);
    return failed ? STAGED_NO_MEMORY : STAGED_OK;
}

void staged_script_clear_commands(staged_script *script)
{
    stg_lock(script);
    stg_history_free(&script->history);
    stg_unlock(script);
}
