/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs a stage through its phases.  Source: staged-script, StagedScript.stage. */
#include <inttypes.h>
#include <stdio.h>

#include "retry/framework.h"
#include "script/command/background.h"
#include "script/command/interrupt.h"
#include "script/command/sleep.h"
#include "script/command/time_limit.h"
#include "script/log/tell.h"
#include "script/recording/expectation.h"
#include "script/recording/recorder.h"
#include "script/stage/call.h"
#include "script/stage/stage.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/stage_state.h"

static int64_t now_ns(const staged_script *script)
{
    return script->clock->monotonic_ns(script->clock->context);
}

void stg_restart_attempt_clock(staged_script *script)
{
    script->frame->attempt.started_ns = now_ns(script);
}

/* Reports the end of an attempt or a stage, and why it did not pass. */
static void emit_end(staged_script *script, staged_event_kind kind, staged_outcome outcome,
                     int64_t duration_ns)
{
    const bool has_reason = outcome == STAGED_OUTCOME_FAILED ||
                            outcome == STAGED_OUTCOME_RETRYING ||
                            outcome == STAGED_OUTCOME_ABANDONED;
    stg_emit(script,
             &(staged_event){
                 .kind = kind,
                 .outcome = outcome,
                 .duration_ns = duration_ns,
                 .message = has_reason ? stg_error_text(&script->last_failure->error) : "",
                 .where = has_reason ? stg_place_of_error(script) : stg_stage_location(script),
                 .may_fail = kind == STAGED_EVENT_STAGE_END &&
                             script->frame->stage->declaration->may_fail});
}

int64_t stg_end_attempt(staged_script *script)
{
    stg_attempt *attempt = &script->frame->attempt;
    if (attempt->ended || attempt->number == 0)
        return attempt->duration_ns;
    attempt->ended = true;
    attempt->duration_ns = now_ns(script) - attempt->started_ns;
    emit_end(script, STAGED_EVENT_ATTEMPT_END, attempt->outcome, attempt->duration_ns);
    return attempt->duration_ns;
}

/* ---- One attempt ---- */

static staged_outcome outcome_of(staged_status status)
{
    switch (status) {
    case STAGED_OK:
        return STAGED_OUTCOME_PASSED;
    case STAGED_RETRY:
        return STAGED_OUTCOME_RETRYING;
    case STAGED_EXIT:
        return STAGED_OUTCOME_EXITED;
    case STAGED_INTERRUPTED:
        return STAGED_OUTCOME_INTERRUPTED;
    default:
        return STAGED_OUTCOME_FAILED;
    }
}

/* What the author or a signal has ended stays so, whatever a policy or a later phase says. */
static bool is_final(staged_status status)
{
    return status == STAGED_EXIT || status == STAGED_INTERRUPTED;
}

/* The outcome that --assume sets for the body, whatever it has done. */
static staged_status as_assumed(staged_script *script, staged_status body)
{
    const stg_frame *frame = script->frame;
    switch (stg_assumed_outcome(frame->stage, frame->attempt.number)) {
    case STG_ASSUME_OK:
        stg_forget_error(script);
        return STAGED_OK;
    case STG_ASSUME_RETRY:
        return staged_retry_at(script, NULL, "assumed by --assume");
    case STG_ASSUME_FAIL:
        return staged_fail_at(script, NULL, "assumed by --assume");
    default:
        return body;
    }
}

/* Whether a failure because of a place asks for another attempt. */
static bool retries_on_place(const staged_script *script)
{
    const staged_choice of_stage = script->frame->stage->declaration->retry_on_place;
    return script->run->retries_on_place || of_stage == STAGED_YES ||
           (of_stage == STAGED_AUTO && script->retries_on_place);
}

/* The words of the failure are the reason for the next attempt. */
static staged_status unless_place_failed(staged_script *script, staged_status body)
{
    stg_attempt *attempt = &script->frame->attempt;
    stg_lock(script);
    const bool place_failed = attempt->place_failed;
    stg_unlock(script);
    attempt->failed_by_place = place_failed && body == STAGED_FAILED && retries_on_place(script);
    return attempt->failed_by_place ? STAGED_RETRY : body;
}

/* The end phase runs whatever the body returns; its own failure takes precedence. */
static staged_status run_body_and_end(staged_script *script)
{
    const uint64_t older = script->run->work_count;
    stg_tell_usual_duration(script);
    stg_set_limited(script, true);
    staged_status body =
        stg_unless_interrupted(script, stg_call_hook(script, STAGED_HOOK_BODY, NULL));
    body = stg_join_works(script, older, stg_unless_too_late(script, body));
    if (body != STAGED_EXIT && body != STAGED_INTERRUPTED)
        body = unless_place_failed(script, as_assumed(script, body));
    stg_set_limited(script, false);
    script->frame->attempt.outcome = outcome_of(body);
    const staged_status end = stg_call_hook(script, STAGED_HOOK_END_STAGE, NULL);
    if (end == STAGED_OK || body == STAGED_INTERRUPTED || (is_final(body) && end == STAGED_RETRY))
        return body;
    return end;
}

static staged_status skip_and_end(staged_script *script)
{
    script->frame->attempt.outcome = STAGED_OUTCOME_SKIPPED;
    STAGED_TRY(stg_call_hook(script, STAGED_HOOK_SKIP_STAGE, NULL));
    return stg_call_hook(script, STAGED_HOOK_END_STAGE, NULL);
}

static staged_status run_attempt(staged_script *script, int64_t number)
{
    stg_forget_error(script);
    stg_set_attempt(script, &(stg_attempt){.number = number, .outcome = STAGED_OUTCOME_PASSED});
    stg_restart_attempt_clock(script);
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_ATTEMPT_BEGIN,
                                     .where = stg_stage_location(script)});
    staged_status status = stg_call_hook(script, STAGED_HOOK_BEGIN_STAGE, NULL);
    /* The hook may have changed the current stage. */
    const stg_stage *stage = stg_stage_of(script, staged_script_stage(script));
    if (status == STAGED_OK)
        status = stage != NULL && stage->selected ? run_body_and_end(script) : skip_and_end(script);
    if (status != STAGED_OK)
        script->frame->attempt.outcome = outcome_of(status);
    (void)stg_end_attempt(script);
    script->frame->stage->outcome = script->frame->attempt.outcome;
    return status;
}

/* ---- All attempts ---- */

static staged_status give_up(staged_script *script)
{
    const staged_method *options = script->frame->stage->declaration;
    if (!options->may_fail)
        script->run->failed = true;
    script->frame->stage->outcome = STAGED_OUTCOME_ABANDONED;
    if (options->needed)
        staged_script_skip_rest(script);
    return stg_call_hook(script, STAGED_HOOK_RETRY_ERROR, NULL);
}

/* The reason for another attempt must be logged now: the next one forgets it. */
static void tell_failed_attempt(staged_script *script, staged_status status)
{
    char what[128];
    (void)snprintf(what, sizeof what, "Attempt %" PRId64 " at stage '%s'",
                   script->frame->attempt.number, script->frame->stage->name);
    if (status == STAGED_FAILED)
        stg_report(script, what);
    else
        stg_tell_reason(script, what);
}

/* Changes the policy of a stage that has no settings for retries: a place gets some time to
 * recover.
 *   usual  what the policy is otherwise; NULL: the place has failed */
static void let_place_recover(staged_retry_policy *policy, const staged_retry_policy *usual)
{
    enum { ATTEMPTS = 4, LONGEST_S = 60 };
    policy->stop = usual == NULL ? staged_stop_after_attempts(ATTEMPTS) : usual->stop;
    policy->wait = usual == NULL ? staged_wait_exponential(1, 5, 1, LONGEST_S) : usual->wait;
}

static staged_status run_attempts(staged_script *script)
{
    stg_stage *stage = script->frame->stage;
    const staged_retry_settings settings = stage->retry;
    const staged_stop limits[] = {staged_stop_after_delay(settings.timeout_s),
                                  staged_stop_after_attempts(settings.attempts == INT64_MAX
                                                                 ? settings.attempts
                                                                 : settings.attempts + 1)};
    const staged_retry_policy usual = {.size = sizeof usual,
                                       .stop = staged_stop_any(limits, 2),
                                       .wait = staged_wait_fixed(settings.delay_s)};
    const bool has_own = stage->policy != NULL || settings.attempts > 0;
    staged_retry_state retry;
    if (stg_retry_begin(&retry, stage->policy == NULL ? &usual : stage->policy, script->clock,
                        NULL) != STAGED_OK)
        return staged_fail_at(script, NULL, "its retry policy is invalid");
    for (;;) {
        staged_status status = run_attempt(script, retry.attempt_number);
        if (is_final(status))
            retry.policy.retry_if = NULL;
        if (!has_own)
            let_place_recover(&retry.policy,
                              script->frame->attempt.failed_by_place ? NULL : &usual);
        const staged_retry_action action = staged_retry_state_decide(&retry, status);
        stage->statistics = retry.statistics;
        if (action == STAGED_RETRY_DONE)
            return status;
        tell_failed_attempt(script, status);
        script->frame->attempt.retry = &retry;
        status = action == STAGED_RETRY_ABANDON
                     ? give_up(script)
                     : stg_call_hook(script, STAGED_HOOK_PREPARE_TO_RETRY, NULL);
        script->frame->attempt.retry = NULL;
        if (action == STAGED_RETRY_ABANDON || status != STAGED_OK)
            return status;
        stg_set_limited(script, true);
        status = stg_is_dry_run(script) ? STAGED_OK
                                        : stg_sleep_ns(script, staged_retry_state_wait_ns(&retry));
        stg_set_limited(script, false);
        if (status != STAGED_OK)
            return status;
        staged_retry_state_next(&retry);
    }
}

/* ---- The stage ---- */

static staged_status run_phases(staged_script *script)
{
    STAGED_TRY(stg_call_hook(script, STAGED_HOOK_PRE_STAGE, NULL));
    STAGED_TRY(run_attempts(script));
    return stg_call_hook(script, STAGED_HOOK_POST_STAGE, NULL);
}

static staged_status run_stage(staged_script *script)
{
    const uint64_t older = script->run->work_count;
    const staged_status status = stg_explained(
        script, stg_unless_interrupted(script, stg_join_works(script, older, run_phases(script))));
    if (status != STAGED_OK)
        script->frame->stage->outcome = outcome_of(status);
    return status;
}

/* Logs and reports how it went.  Returns the status for the caller. */
static staged_status end_stage(staged_script *script, stg_stage *stage, staged_status status)
{
    const int64_t duration_ns = now_ns(script) - script->frame->began_ns;
    char what[128];
    (void)snprintf(what, sizeof what, "Stage '%s'", stage->name);
    stg_set_stage(script, stage);
    const bool allowed = stage->declaration->may_fail && status == STAGED_FAILED;
    if (allowed) {
        stg_note_allowed(script, what);
        if (stage->declaration->needed)
            staged_script_skip_rest(script);
    } else {
        stg_note(script, status, what);
    }
    /* A stage that did not get as far as an attempt has a row in the timing table, too. */
    for (staged_script *each = script; script->frame->attempt.number == 0 && each != NULL;
         each = each->outer)
        (void)stg_timings_add(&each->timings, stage->name, duration_ns, stage->outcome);
    stg_set_attempt(script, &(stg_attempt){0});
    emit_end(script, STAGED_EVENT_STAGE_END, stage->outcome, duration_ns);
    stg_recorder_tell(script);
    return allowed ? STAGED_OK : status;
}

/* For a stage that passed in the resumed run. */
static staged_status pass_over(staged_script *script, stg_stage *stage)
{
    char duration[STAGED_DURATION_TEXT_SIZE];
    staged_duration_text(stage->earlier_ns, duration, sizeof duration);
    const staged_location where = stg_stage_location(script);
    (void)staged_log_at(script, &where, "`%s` stage passed earlier:  %s", stage->name, duration);
    stage->outcome = STAGED_OUTCOME_PASSED;
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_STAGE_END,
                                     .outcome = stage->outcome,
                                     .duration_ns = stage->earlier_ns,
                                     .earlier = true,
                                     .where = where});
    return STAGED_OK;
}

staged_status staged_stage_run_at(staged_script *script, const staged_location *where,
                                  const char *stage)
{
    stg_stage *registered = stg_stage_of(script, stage);
    if (registered == NULL)
        return stg_unknown_stage(script, where, stage);
    STAGED_TRY(stg_only_owner(script, "staged_stage_run"));
    stg_frame frame;
    stg_push_frame(script, &frame, registered);
    stg_forget_error(script);
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_STAGE_BEGIN,
                                     .heading = registered->declaration->heading,
                                     .selected = registered->selected && !registered->is_earlier,
                                     .where = stg_stage_location(script)});
    const staged_status status = registered->is_earlier
                                     ? pass_over(script, registered)
                                     : end_stage(script, registered, run_stage(script));
    stg_pop_frame(script);
    return status;
}

void staged_script_skip_rest(staged_script *script)
{
    for (size_t i = 0; i < script->stage_count; i++) {
        stg_stage *stage = &script->stages[i];
        if (stage != script->frame->stage && !stage->declaration->always)
            stage->selected = false;
    }
}
