/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/state/stage_state.h"

#include "script/definition/stages.h"
#include "script/state/object.h"

stg_stage *stg_stage_of(const staged_script *script, const char *name)
{
    const size_t index = stg_stages_find(&script->definition.stages, name);
    return index == STG_NO_STAGE ? NULL : &script->stages[index];
}

bool stg_stage_has_retries(const stg_stage *stage)
{
    return stage->declaration->retry_attempts > 0 || stage->declaration->retry_policy != NULL;
}
