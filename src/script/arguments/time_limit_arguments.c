/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The time limits of stages and of the script on the command line. */
#include "base/memory/arena.h"
#include "script/arguments/arguments.h"
#include "script/state/object.h"
#include "script/state/stage_state.h"

void staged_script_add_time_limit_arguments(staged_script *script)
{
    /* An override may add them before it calls staged_super. */
    if (stg_build_parser(script) != STAGED_OK)
        return;
    staged_argument_group *group =
        staged_parser_add_group(script->arguments.parser, "time limits",
                                "Whatever exceeds its time limit is ended and fails.");
    script->arguments.deadline_argument = staged_argument_group_add_argument(
        group, "--deadline", .type = STAGED_ARG_FLOAT, .metavar = "SECONDS",
        .help = "Time limit of the whole script.");
    stg_arena texts = {0};
    for (size_t i = 0; i < script->stage_count; i++) {
        stg_stage *stage = &script->stages[i];
        stage->time_limit_argument = staged_argument_group_add_argument(
            group, stg_arena_printf(&texts, "--%s-time-limit", stage->name),
            .type = STAGED_ARG_FLOAT, .metavar = "SECONDS",
            .default_value = stage->time_limit_s > 0 ? staged_value_float(stage->time_limit_s)
                                                     : staged_value_none(),
            .help = stg_arena_printf(&texts, "Time limit of the '%s' stage.", stage->name));
    }
    stg_arena_free(&texts);
}

staged_status stg_take_over_time_limits(staged_script *script)
{
    if (!staged_parser_has(script->arguments.parser, "--deadline"))
        return STAGED_OK;
    if (staged_namespace_is_set(script->arguments.args, "deadline"))
        STAGED_TRY(staged_script_set_deadline(
            script, staged_namespace_float(script->arguments.args, "deadline")));
    stg_buf name = {0};
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < script->stage_count && status == STAGED_OK; i++) {
        const stg_stage *stage = &script->stages[i];
        stg_buf_clear(&name);
        stg_buf_addf(&name, "%s_time_limit", stage->name);
        if (staged_namespace_value(script->arguments.args, stg_buf_text(&name)) != NULL &&
            staged_namespace_is_set(script->arguments.args, stg_buf_text(&name)))
            status = staged_stage_set_time_limit(
                script, stage->name,
                staged_namespace_float(script->arguments.args, stg_buf_text(&name)));
    }
    if (status == STAGED_OK)
        status = stg_buf_status(&name);
    stg_buf_free(&name);
    return status;
}
