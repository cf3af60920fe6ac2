/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What each method does unless a class overrides it.  Source: staged-script, StagedScript. */
#include <math.h>

#include "script/arguments/arguments.h"
#include "script/log/log.h"
#include "script/recording/expectation.h"
#include "script/report/summary.h"
#include "script/stage/stage.h"
#include "script/state/attributes.h"
#include "script/state/object.h"

static staged_status do_nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static staged_status begin_stage(staged_call *call)
{
    stg_restart_attempt_clock(call->script);
    return stg_print_stage_heading(call->script, call->heading);
}

static staged_status skip_stage(staged_call *call)
{
    const staged_location where = stg_stage_location(call->script);
    return staged_log_at(call->script, &where, "Skipping this stage.");
}

static staged_status end_stage(staged_call *call)
{
    char duration[STAGED_DURATION_TEXT_SIZE];
    const int64_t duration_ns = stg_end_attempt(call->script);
    staged_duration_text(duration_ns, duration, sizeof duration);
    const staged_location where = stg_stage_location(call->script);
    STAGED_TRY(
        staged_log_at(call->script, &where, "`%s` stage duration:  %s", call->stage, duration));
    stg_tell_unexpected(call->script, duration_ns);
    return STAGED_OK;
}

static staged_status prepare_to_retry(staged_call *call)
{
    char state[STAGED_RETRY_STATE_TEXT_SIZE];
    staged_retry_state_text(call->retry, state, sizeof state);
    const staged_location where = stg_stage_location(call->script);
    return staged_log_at(call->script, &where,
                         "[bold yellow]Preparing to retry the '%s' stage...[/]\n%s", call->stage,
                         state);
}

static staged_status retry_error(staged_call *call)
{
    const staged_location where = stg_stage_location(call->script);
    /* If nothing was to be retried, there is nothing to abandon. */
    if (call->script->frame->stage->policy == NULL &&
        !call->script->frame->attempt.failed_by_place &&
        staged_stage_retry(call->script, call->stage).attempts <= 0)
        return STAGED_OK;
    const staged_retry_statistics *statistics = staged_retry_state_statistics(call->retry);
    char total[STAGED_DURATION_TEXT_SIZE];
    staged_duration_text(statistics->elapsed_ns, total, sizeof total);
    return staged_log_heading_at(call->script, &where, "red",
                                 "Abandoning retrying the '%s' stage.  "
                                 "Total attempts:  %lld.  Total time:  %s.",
                                 call->stage, (long long)statistics->attempts, total);
}

static staged_status build_parser(staged_call *call)
{
    return stg_build_parser(call->script);
}

static staged_status parse_args(staged_call *call)
{
    return stg_parse_args(call->script, call->argc, call->argv);
}

static staged_status run_all_stages(staged_call *call)
{
    const char *const *stage = staged_script_stages(call->script, NULL);
    for (; *stage != NULL; stage++)
        STAGED_TRY(staged_stage_run(call->script, *stage));
    return STAGED_OK;
}

static staged_status collect_summary(staged_call *call)
{
    return stg_summary_defaults(call->script);
}

const staged_class stg_base_class = {
    STAGED_CLASS("StagedScript"),
    .methods = STAGED_METHODS(STAGED_METHOD(STAGED_HOOK_PRE_STAGE, do_nothing),
                              STAGED_METHOD(STAGED_HOOK_BEGIN_STAGE, begin_stage),
                              STAGED_METHOD(STAGED_HOOK_BODY, do_nothing),
                              STAGED_METHOD(STAGED_HOOK_SKIP_STAGE, skip_stage),
                              STAGED_METHOD(STAGED_HOOK_END_STAGE, end_stage),
                              STAGED_METHOD(STAGED_HOOK_POST_STAGE, do_nothing),
                              STAGED_METHOD(STAGED_HOOK_PREPARE_TO_RETRY, prepare_to_retry),
                              STAGED_METHOD(STAGED_HOOK_RETRY_ERROR, retry_error),
                              STAGED_METHOD(STAGED_HOOK_INIT, do_nothing),
                              STAGED_METHOD(STAGED_HOOK_BUILD_PARSER, build_parser),
                              STAGED_METHOD(STAGED_HOOK_PARSE_ARGS, parse_args),
                              STAGED_METHOD(STAGED_HOOK_MAIN, run_all_stages),
                              STAGED_METHOD(STAGED_HOOK_INTERRUPT, do_nothing),
                              STAGED_METHOD(STAGED_HOOK_SUMMARY, collect_summary),
                              STAGED_METHOD(STAGED_HOOK_CLEAN_UP, do_nothing)),
};
