/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The stages that run whatever happened, even after an abandoned retry. */
#include "script/run/teardown.h"

#include "script/log/tell.h"
#include "script/stage/call.h"
#include "script/state/fail.h"
#include "script/state/stage_state.h"

static bool is_owed(const stg_stage *stage)
{
    return stage->declaration->always && stage->selected &&
           (stage->outcome == STAGED_OUTCOME_NONE || stage->outcome == STAGED_OUTCOME_INTERRUPTED);
}

/* A failing stage must not keep the next one from running; its reason is logged when it fails.  A
 * signal can cut one short, but only once: the next one ends the process. */
void stg_run_owed_stages(staged_script *script)
{
    script->run->tearing_down = true;
    for (size_t i = 0; i < script->stage_count; i++) {
        const stg_stage *stage = &script->stages[i];
        for (int runs = 0; runs < 2 && is_owed(stage); runs++)
            stg_ignore(staged_stage_run(script, stage->name));
    }
    script->run->tearing_down = false;
}

void stg_tear_down_if_interrupted(staged_script *script)
{
    if (script->run->interrupt == 0)
        return;
    script->run->tearing_down = true;
    stg_note(script, stg_call_hook(script, STAGED_HOOK_INTERRUPT, NULL), "The interrupt hook");
    script->run->tearing_down = false;
}
