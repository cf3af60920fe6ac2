/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Selects stages by --from, --until and --skip. */
#include "script/arguments/arguments.h"
#include "script/state/stage_state.h"

/* The stage that the argument names; NULL: the argument was not given. */
static stg_stage *named_by(const staged_script *script, stg_run_argument which)
{
    const staged_value *value = stg_run_argument_value(script, which);
    return value == NULL ? NULL : stg_stage_of(script, value->as.text);
}

static bool any_is_selected(const staged_script *script)
{
    for (size_t i = 0; i < script->stage_count; i++) {
        if (script->stages[i].selected)
            return true;
    }
    return false;
}

/* The named stages run, even if they would not by default; if no stage would, the whole range
 * runs.  A range does not exclude stages that always run: they clean up after the others.
 *   first, last  NULL: the range has no such end */
static void apply_range(staged_script *script, stg_stage *first, stg_stage *last)
{
    const bool is_whole = !any_is_selected(script);
    for (stg_stage *stage = script->stages; stage < script->stages + script->stage_count; stage++) {
        const bool is_within = (first == NULL || stage >= first) && (last == NULL || stage <= last);
        if (is_within && (is_whole || stage == first || stage == last))
            stage->selected = true;
        else if (!is_within && !stage->declaration->always)
            stage->selected = false;
    }
}

static void apply_skips(const staged_script *script, const staged_value *names)
{
    for (size_t i = 0; i < names->count; i++) {
        stg_stage *stage = stg_stage_of(script, names->as.items[i].as.text);
        if (stage != NULL)
            stage->selected = false;
    }
}

staged_status stg_take_over_selection(staged_script *script)
{
    stg_stage *first = named_by(script, STG_RUN_FROM);
    stg_stage *last = named_by(script, STG_RUN_UNTIL);
    const staged_value *skipped = stg_run_argument_value(script, STG_RUN_SKIP);
    if (first == NULL && last == NULL && skipped == NULL)
        return STAGED_OK;
    if (first != NULL && last != NULL && first > last)
        return staged_parser_fail(script->arguments.parser,
                                  "argument --until: stage '%s' comes before '%s', where --from "
                                  "begins",
                                  last->name, first->name);
    if (first != NULL || last != NULL)
        apply_range(script, first, last);
    if (skipped != NULL)
        apply_skips(script, skipped);
    if (!any_is_selected(script))
        return staged_parser_fail(script->arguments.parser, "no stage is left to run");
    return STAGED_OK;
}
