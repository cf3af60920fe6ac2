/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "script/command/time_limit.h"
#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status wait_long(staged_call *c)
{
    return staged_sleep(c->script, 100);
}

static staged_status run_long(staged_call *c)
{
    return staged_run(c->script, "sleep 100");
}

static staged_status work_long(staged_call *c)
{
    virtual_clock_pass(staged_script_clock(c->script)->context, 100);
    return STAGED_OK;
}

static staged_status retry(staged_call *c)
{
    (void)c;
    return STAGED_RETRY;
}

static staged_status end_stage(staged_call *c)
{
    STAGED_TRY(staged_sleep(c->script, 3));
    return staged_super(c);
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_script_add_time_limit_arguments(c->script);
    return STAGED_OK;
}

static const staged_class slow = {
    STAGED_CLASS("Slow"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("wait", "Waiting", wait_long), STAGED_STAGE("run", "Running", run_long),
        STAGED_STAGE("work", "Working", work_long), STAGED_STAGE("again", "Again", retry),
        STAGED_ON(STAGED_HOOK_END_STAGE, end_stage),
        STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser)),
};

static const staged_class running = {
    STAGED_CLASS("Running"), .methods = STAGED_METHODS(STAGED_STAGE("run", "Running", run_long))};

static void assert_limited(const char *const *words, const char *error, double seconds)
{
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&slow, NULL, &clock);
    assert_int_equal(fixture_run(script, words), 1);
    assert_string_equal(staged_script_error(script), error);
    assert_int_equal(clock.now_ns, (int64_t)(seconds * 1e9));
    staged_script_free(script);
}

static void test_a_stage_is_over_its_limit(void **state)
{
    (void)state;
    assert_limited(STAGED_TEXTS("--stage", "wait", "--wait-time-limit", "5"),
                   "exceeded its time limit of 5 s", 5 + 3);
    assert_limited(STAGED_TEXTS("--stage", "work", "--work-time-limit", "5"),
                   "exceeded its time limit of 5 s", 3 + 3 + 100 + 3);
    assert_limited(STAGED_TEXTS("--stage", "again", "--again-time-limit", "20",
                                "--again-retry-attempts", "9", "--again-retry-delay", "10"),
                   "exceeded its time limit of 20 s", 3 + 3 + 3 + 20);
}

static void test_the_deadline(void **state)
{
    (void)state;
    assert_limited(STAGED_TEXTS("--stage", "wait", "--wait-time-limit", "50", "--deadline", "7"),
                   "exceeded the script's deadline of 7 s", 7 + 3);
}

static void test_a_command_is_ended(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&running, NULL, NULL);
    assert_int_equal(staged_stage_set_time_limit(script, "run", 0.05), STAGED_OK);
    assert_float_equal(staged_stage_time_limit(script, "run"), 0.05, 0);
    assert_int_equal(staged_stage_run(script, "run"), STAGED_OK);
    assert_int_equal(staged_stage_select(script, "run", true), STAGED_OK);
    assert_int_equal(staged_stage_run(script, "run"), STAGED_FAILED);
    assert_non_null(
        strstr(staged_script_error(script), "exceeded its time limit of 0.05 s: timed out after "));
    staged_script_free(script);
}

static staged_status run_with_a_limit_of_its_own(staged_call *c)
{
    return staged_run(c->script, "sleep 100",
                      .process = STAGED_OPTIONS(staged_process_options, .timeout_s = 9));
}

static const staged_class twice_limited = {
    STAGED_CLASS("TwiceLimited"),
    .methods = STAGED_METHODS(STAGED_STAGE("run", "Running", run_with_a_limit_of_its_own))};

static void test_the_shorter_limit_ends_a_command(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&twice_limited, NULL, NULL);
    assert_int_equal(staged_stage_set_time_limit(script, "run", 0.05), STAGED_OK);
    assert_int_equal(staged_stage_select(script, "run", true), STAGED_OK);
    assert_int_equal(staged_stage_run(script, "run"), STAGED_FAILED);
    assert_true(staged_script_command_record(script, 0)->duration_ns < 8000000000);
    staged_script_free(script);
}

static staged_status wait_inside(staged_call *c)
{
    static const staged_class inside = {STAGED_CLASS("Inside")};
    staged_script *inner = staged_script_new_inner(c->script, NULL, &inside);
    assert_non_null(inner);
    return staged_sleep(inner, 100);
}

static staged_status wait_after_another(staged_call *c)
{
    STAGED_TRY(staged_stage_run(c->script, "short"));
    return staged_sleep(c->script, 100);
}

static staged_status wait_a_bit(staged_call *c)
{
    return staged_sleep(c->script, 2);
}

static const staged_class tidy = {
    STAGED_CLASS("Tidy"),
    .methods = STAGED_METHODS(STAGED_STAGE("inside", "Inside", wait_inside),
                              STAGED_STAGE("short", "Short", wait_a_bit),
                              STAGED_STAGE("after", "After", wait_after_another),
                              STAGED_STAGE("tidy", "Tidying", wait_long, .always = true),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser))};

/* What a script within this one waits for is limited by this one. */
static void test_limits_of_the_script_outside(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&tidy, NULL, &clock);
    assert_int_equal(
        fixture_run(script, STAGED_TEXTS("--stage", "inside", "--inside-time-limit", "5")), 1);
    assert_int_equal(clock.now_ns, INT64_C(5000000000));
    staged_script_free(script);
}

static void test_the_limit_holds_after_a_stage_within(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&tidy, STAGED_TEXTS("after", "short"), &clock);
    assert_int_equal(
        fixture_run(script, STAGED_TEXTS("--stage", "after", "short", "--after-time-limit", "5")),
        1);
    assert_int_equal(clock.now_ns, INT64_C(5000000000));
    staged_script_free(script);
}

static void test_the_deadline_spares_stages_that_always_run(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&tidy, NULL, &clock);
    assert_int_equal(
        fixture_run(script, STAGED_TEXTS("--stage", "inside", "tidy", "--deadline", "5")), 1);
    assert_int_equal(clock.now_ns, INT64_C(105000000000));
    assert_int_equal(staged_stage_outcome(script, "tidy"), STAGED_OUTCOME_PASSED);
    staged_script_free(script);
}

static void test_no_limits(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&slow, NULL, NULL);
    assert_float_equal(staged_stage_time_limit(script, "wait"), 0, 0);
    assert_float_equal(staged_stage_time_limit(script, "nothing"), 0, 0);
    assert_float_equal(staged_script_deadline(script), 0, 0);
    assert_int_equal(staged_stage_set_time_limit(script, "nothing", 1), STAGED_FAILED);
    assert_int_equal(staged_stage_set_time_limit(script, "wait", -1), STAGED_FAILED);
    assert_non_null(
        strstr(staged_script_error(script), ": a time limit must be a non-negative number"));
    assert_int_equal(staged_script_set_deadline(script, strtod("nan", NULL)), STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "a deadline must be a non-negative number");
    assert_int_equal(staged_script_set_deadline(script, 1e-9), STAGED_OK);
    assert_float_equal(staged_script_deadline(script), 1e-9, 0);
    assert_true(stg_time_left_ns(script) == INT64_MAX);
    script->frame->limited = true;
    assert_true(stg_time_left_ns(script) == 0);
    staged_script_free(script);
}

TEST_GROUP(time_limit)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_stage_is_over_its_limit),
        cmocka_unit_test(test_the_deadline),
        cmocka_unit_test(test_a_command_is_ended),
        cmocka_unit_test(test_the_shorter_limit_ends_a_command),
        cmocka_unit_test(test_limits_of_the_script_outside),
        cmocka_unit_test(test_the_limit_holds_after_a_stage_within),
        cmocka_unit_test(test_the_deadline_spares_stages_that_always_run),
        cmocka_unit_test(test_no_limits),
    };
    return cmocka_run_group_tests_name("script time_limit", tests, NULL, NULL);
}
