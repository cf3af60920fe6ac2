/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The stages that have to run whatever happened, and those that a spent retry skips. */
#include "script/object.h"

static bool is_owed(const stg_stage *stage)
{
    return stage->declaration->always && stage->selected &&
           (stage->outcome == STAGED_OUTCOME_NONE || stage->outcome == STAGED_OUTCOME_INTERRUPTED);
}

/* A stage that fails must not keep the next one from its work; why it failed is told when it does.
 * A signal can cut one short, but only once: the next one ends the process. */
void stg_run_owed_stages(staged_script *script)
{
    script->tearing_down = true;
    for (size_t i = 0; i < script->stages.count; i++) {
        const stg_stage *stage = &script->stages.items[i];
        for (int runs = 0; runs < 2 && is_owed(stage); runs++)
            stg_ignore(staged_stage_run(script, stage->name));
    }
    script->tearing_down = false;
}

void staged_script_skip_rest(staged_script *script)
{
    for (size_t i = 0; i < script->stages.count; i++) {
        stg_stage *stage = &script->stages.items[i];
        if (stage != script->stage && !stage->declaration->always)
            stage->selected = false;
    }
}
