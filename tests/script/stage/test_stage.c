/* SPDX-License-Identifier: BSD-3-Clause */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "script/fixture.h"
#include "script/stage/stage.h"
#include "support/cmocka_all.h"

static staged_status pass(staged_call *c)
{
    virtual_clock_pass(staged_script_clock(c->script)->context, 1);
    return STAGED_OK;
}

static staged_status run_inner(staged_call *c)
{
    STAGED_TRY(staged_stage_run(c->script, "inner"));
    assert_string_equal(staged_script_stage(c->script), "outer");
    return STAGED_OK;
}

static staged_status run_unknown(staged_call *c)
{
    return staged_stage_run(c->script, "nothing");
}

static staged_status retry_before(staged_call *c)
{
    (void)c;
    return STAGED_RETRY;
}

static staged_status run_inner_first(staged_call *c)
{
    return staged_stage_run(c->script, "inner");
}

static staged_status is_in_outer(staged_call *c)
{
    assert_string_equal(c->stage, "later");
    virtual_clock_pass(staged_script_clock(c->script)->context, 5);
    return STAGED_OK;
}

static int runs;

static staged_status three_times(staged_call *c)
{
    (void)c;
    return ++runs < 3 ? STAGED_RETRY : STAGED_OK;
}

static staged_status end_by_nobody(staged_call *c)
{
    (void)c;
    return STAGED_INTERRUPTED;
}

static staged_status leave(staged_call *c)
{
    return staged_exit(c->script, 4);
}

static staged_status without_base(staged_call *c)
{
    return staged_log(c->script, "Begun or ended.");
}

static staged_status run_some(staged_call *c)
{
    return staged_stage_run(c->script, staged_script_stages(c->script, NULL)[0]);
}

static const staged_class stages = {
    STAGED_CLASS("Stages"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("inner", "Inside", pass), STAGED_STAGE("outer", "Outside", run_inner),
        STAGED_STAGE("wrong", "Wrong", run_unknown), STAGED_STAGE("early", "Early", pass),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "early", retry_before),
        STAGED_STAGE("leave", "Leaving", leave), STAGED_STAGE("nobody", "Nobody", end_by_nobody),
        STAGED_STAGE("later", "Later", is_in_outer),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "later", run_inner_first),
        STAGED_STAGE("thrice", "Thrice", three_times), STAGED_STAGE("bare", "Bare", pass),
        STAGED_ON_STAGE(STAGED_HOOK_BEGIN_STAGE, "bare", without_base),
        STAGED_ON_STAGE(STAGED_HOOK_END_STAGE, "bare", without_base),
        STAGED_ON(STAGED_HOOK_MAIN, run_some)),
};

static staged_script *run_first(const char *const *registered, virtual_clock *clock,
                                int exit_status)
{
    virtual_clock_init(clock);
    staged_script *script = fixture_script(&stages, registered, clock);
    const char *words[] = {"--stage", registered[0], registered[1], NULL};
    assert_int_equal(fixture_run(script, words), exit_status);
    return script;
}

static void test_a_stage_in_a_stage(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run_first(STAGED_TEXTS("outer", "inner"), &clock, 0);
    assert_string_equal(staged_script_duration(script, 0)->stage, "inner");
    assert_string_equal(staged_script_duration(script, 1)->stage, "outer");
    assert_int_equal(staged_script_duration(script, 1)->duration_ns, 1000000000);
    assert_null(staged_script_duration(script, 2));
    staged_script_free(script);
}

/* Before the first attempt the outer stage is the current one again, too. */
static void test_a_stage_before_a_stage(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run_first(STAGED_TEXTS("later", "inner"), &clock, 0);
    assert_string_equal(staged_script_duration(script, 0)->stage, "inner");
    assert_string_equal(staged_script_duration(script, 1)->stage, "later");
    assert_int_equal(staged_script_duration(script, 1)->duration_ns, 5000000000);
    assert_null(staged_script_duration(script, 2));
    assert_int_equal(staged_stage_outcome(script, "later"), STAGED_OUTCOME_PASSED);
    staged_script_free(script);
}

static void test_an_unknown_stage(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run_first(STAGED_TEXTS("wrong"), &clock, STG_EXIT_BUG);
    assert_non_null(strstr(staged_script_error(script), "test_stage.c:"));
    assert_non_null(strstr(staged_script_error(script), ": no stage 'nothing' is registered"));
    assert_non_null(strstr(fixture_output(script), "Stage 'wrong' failed:"));
    assert_int_equal(staged_stage_outcome(script, "wrong"), STAGED_OUTCOME_FAILED);
    staged_script_free(script);
}

static void test_a_retry_outside_of_the_loop(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run_first(STAGED_TEXTS("early"), &clock, 1);
    assert_string_equal(staged_script_error(script),
                        "it returned STAGED_RETRY outside a stage's retry loop");
    /* Although there was no attempt, it has a row in the table. */
    const staged_stage_duration *duration = staged_script_duration(script, 0);
    assert_string_equal(duration->stage, "early");
    assert_int_equal(duration->outcome, STAGED_OUTCOME_FAILED);
    assert_null(staged_script_duration(script, 1));
    staged_script_free(script);
}

/* What leaves stages undone must not pass for a success. */
static void test_an_interrupt_without_a_signal(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run_first(STAGED_TEXTS("nobody"), &clock, 1);
    assert_string_equal(staged_script_error(script),
                        "it returned STAGED_INTERRUPTED, but no signal has arrived");
    assert_int_equal(staged_stage_outcome(script, "nobody"), STAGED_OUTCOME_FAILED);
    assert_non_null(strstr(fixture_output(script), "Stage 'nobody' failed:"));
    staged_script_free(script);
}

static void test_a_policy_of_the_author(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    runs = 0;
    const staged_retry_policy policy = {.size = sizeof policy,
                                        .stop = staged_stop_after_attempts(5),
                                        .wait = staged_wait_exponential(1, 2, 0, 100)};
    staged_script *script = fixture_script(&stages, STAGED_TEXTS("thrice"), &clock);
    assert_int_equal(staged_stage_set_retry_policy(script, "thrice", &policy), STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "thrice")), 0);
    assert_int_equal(clock.sleeps, 2);
    assert_int_equal(clock.now_ns, INT64_C(3000000000));
    assert_int_equal(staged_stage_statistics(script, "thrice")->idle_ns, 3000000000);
    staged_script_free(script);
}

static bool whatever_happens(void *context, staged_status outcome)
{
    (void)context;
    return outcome != STAGED_OK;
}

static staged_script *run_by_policy(const char *stage, const staged_retry_policy *policy,
                                    virtual_clock *clock, int exit_status)
{
    virtual_clock_init(clock);
    staged_script *script = fixture_script(&stages, STAGED_TEXTS(stage), clock);
    assert_int_equal(staged_stage_set_retry_policy(script, stage, policy), STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", stage)), exit_status);
    return script;
}

static staged_status again_after_a_failure(staged_call *c)
{
    if (++runs == 1)
        return STAGED_RETRY;
    return staged_fail(c->script, "no such pod") == STAGED_FAILED && runs < 3 ? STAGED_RETRY
                                                                              : STAGED_OK;
}

static const staged_class unsteady = {
    STAGED_CLASS("Unsteady"),
    .methods = STAGED_METHODS(STAGED_STAGE("unsteady", "Unsteady", again_after_a_failure)),
};

static void test_why_another_attempt_is_needed(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    runs = 0;
    staged_script *script = fixture_script(&unsteady, NULL, &clock);
    assert_int_equal(
        fixture_run(script, STAGED_TEXTS("--stage", "unsteady", "--unsteady-retry-attempts", "5")),
        0);
    /* The first attempt gave no reason, and the last one asked for no other. */
    assert_null(strstr(fixture_output(script), "Attempt 1 at stage"));
    const char *told =
        strstr(fixture_output(script), "Attempt 2 at stage 'unsteady':  no such pod");
    assert_non_null(told);
    assert_non_null(strstr(told, "test_stage.c:"));
    assert_non_null(strstr(told, "Preparing to retry"));
    assert_null(strstr(fixture_output(script), "Attempt 3 at stage"));
    staged_script_free(script);
    /* There may be no other attempt: then this is all that is told of it. */
    runs = 1;
    script = fixture_script(&unsteady, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "unsteady")), 1);
    assert_non_null(strstr(fixture_output(script), "Attempt 1 at stage 'unsteady':  no such pod"));
    staged_script_free(script);
}

static void test_a_policy_that_retries_failures(void **state)
{
    (void)state;
    virtual_clock clock;
    const staged_retry_policy policy = {
        .size = sizeof policy, .stop = staged_stop_after_attempts(2), .retry_if = whatever_happens};
    staged_script *script = run_by_policy("wrong", &policy, &clock, STG_EXIT_BUG);
    assert_non_null(strstr(fixture_output(script), "Attempt 1 at stage 'wrong' failed:"));
    assert_non_null(strstr(fixture_output(script), "Attempt 2 at stage 'wrong' failed:"));
    assert_non_null(strstr(fixture_output(script), "Abandoning retrying the 'wrong' stage."));
    staged_script_free(script);
    script = run_by_policy("leave", &policy, &clock, 4);
    assert_int_equal(staged_stage_statistics(script, "leave")->attempts, 1);
    assert_null(strstr(fixture_output(script), "Preparing to retry"));
    staged_script_free(script);
}

static void test_a_policy_with_bugs(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_retry_policy policy = {.size = sizeof policy, .wait = staged_wait_none()};
    staged_script *script = fixture_script(&stages, STAGED_TEXTS("thrice"), &clock);
    assert_int_equal(staged_stage_set_retry_policy(script, "thrice", &policy), STAGED_OK);
    policy.wait = staged_wait_chain(NULL, 0); /* it is borrowed: this is seen late */
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "thrice")), 1);
    assert_non_null(strstr(fixture_output(script), "Stage 'thrice' failed:  its retry policy is"));
    staged_script_free(script);
}

static void test_more_attempts_than_can_be_counted(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    runs = 0;
    const staged_retry_settings most = {.attempts = INT64_MAX, .delay_s = 1, .timeout_s = 60};
    staged_script *script = fixture_script(&stages, STAGED_TEXTS("thrice"), &clock);
    assert_int_equal(staged_stage_set_retry(script, "thrice", &most), STAGED_OK);
    assert_int_equal(staged_stage_select(script, "thrice", true), STAGED_OK);
    assert_int_equal(staged_stage_run(script, "thrice"), STAGED_OK);
    assert_int_equal(runs, 3);
    assert_int_equal(staged_stage_outcome(script, "thrice"), STAGED_OUTCOME_PASSED);
    staged_script_free(script);
}

/* The row in the table does not depend on what a hook leaves out. */
static void test_durations_without_the_default_phases(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run_first(STAGED_TEXTS("bare"), &clock, 0);
    assert_int_equal(staged_script_duration(script, 0)->duration_ns, 1000000000);
    assert_null(staged_script_duration(script, 1));
    staged_script_free(script);
}

TEST_GROUP(stage)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_stage_in_a_stage),
        cmocka_unit_test(test_a_stage_before_a_stage),
        cmocka_unit_test(test_an_unknown_stage),
        cmocka_unit_test(test_a_retry_outside_of_the_loop),
        cmocka_unit_test(test_an_interrupt_without_a_signal),
        cmocka_unit_test(test_a_policy_of_the_author),
        cmocka_unit_test(test_why_another_attempt_is_needed),
        cmocka_unit_test(test_a_policy_that_retries_failures),
        cmocka_unit_test(test_a_policy_with_bugs),
        cmocka_unit_test(test_more_attempts_than_can_be_counted),
        cmocka_unit_test(test_durations_without_the_default_phases),
    };
    return cmocka_run_group_tests_name("script stage", tests, NULL, NULL);
}
