/* SPDX-License-Identifier: BSD-3-Clause */
#include <math.h>
#include <string.h>

#include "script/fixture.h"
#include "script/state/attributes.h"
#include "script/state/events.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    STAGED_CLASS("Plain"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing)),
};

static void test_stages(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    size_t count;
    assert_string_equal(staged_script_stages(script, &count)[1], "two");
    assert_int_equal(count, 2);
    assert_false(staged_stage_is_selected(script, "one"));
    assert_int_equal(staged_stage_select(script, "one", true), STAGED_OK);
    assert_true(staged_stage_is_selected(script, "one"));
    assert_int_equal(staged_stage_select(script, "one", false), STAGED_OK);
    assert_false(staged_stage_is_selected(script, "one"));
    assert_string_equal(staged_script_stage(script), "");
    assert_int_equal(staged_script_set_stage(script, "two"), STAGED_OK);
    assert_string_equal(staged_script_stage(script), "two");
    assert_int_equal(staged_stage_outcome(script, "one"), STAGED_OUTCOME_NONE);
    staged_script_free(script);
}

static void test_unknown_stages_are_reported(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_stage_select(script, "three", true), STAGED_FAILED);
    assert_string_equal(strchr(staged_script_error(script), ' '),
                        " no stage 'three' is registered");
    assert_int_equal(staged_script_set_stage(script, NULL), STAGED_FAILED);
    assert_int_equal(staged_stage_set_retry(script, "three", &(staged_retry_settings){0}),
                     STAGED_FAILED);
    assert_int_equal(staged_stage_set_retry_policy(script, "three", NULL), STAGED_FAILED);
    assert_false(staged_stage_is_selected(script, "three"));
    assert_int_equal(staged_stage_retry(script, "three").attempts, 0);
    assert_int_equal(staged_stage_statistics(script, "three")->attempts, 0);
    staged_script_free(script);
}

static void test_retry_settings(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_float_equal(staged_stage_retry(script, "one").timeout_s, 60, 0);
    const staged_retry_settings settings = {3, 0.5, 7};
    assert_int_equal(staged_stage_set_retry(script, "one", &settings), STAGED_OK);
    assert_int_equal(staged_stage_retry(script, "one").attempts, 3);
    assert_float_equal(staged_stage_retry(script, "one").delay_s, 0.5, 0);
    assert_float_equal(staged_stage_retry(script, "two").delay_s, 0, 0);
    assert_int_equal(staged_stage_set_retry(script, "one", &(staged_retry_settings){0}), STAGED_OK);
    assert_int_equal(staged_stage_retry(script, "one").attempts, 0);
    assert_float_equal(staged_stage_retry(script, "one").timeout_s, 0, 0);
    staged_script_free(script);
}

/* The hook that says something senseless fails, not the stage that it was said of. */
static void test_senseless_retry_settings(void **state)
{
    (void)state;
    static const staged_retry_settings senseless[] = {
        {-1, 0, 60}, {1, -0.1, 60}, {1, (double)NAN, 60}, {1, 0, -1}, {1, 0, (double)NAN}};
    staged_script *script = fixture_script(&plain, NULL, NULL);
    for (size_t i = 0; i < sizeof senseless / sizeof senseless[0]; i++) {
        assert_int_equal(staged_stage_set_retry(script, "one", &senseless[i]), STAGED_FAILED);
        assert_non_null(strstr(staged_script_error(script), "must be a non-negative number"));
    }
    assert_int_equal(staged_stage_retry(script, "one").attempts, 0);
    const staged_retry_policy policy = {.size = sizeof policy, .wait = staged_wait_fixed(-1)};
    assert_int_equal(staged_stage_set_retry_policy(script, "one", &policy), STAGED_FAILED);
    assert_non_null(
        strstr(staged_script_error(script), "the retry policy of stage 'one' is invalid"));
    assert_int_equal(staged_stage_set_retry_policy(script, "one", NULL), STAGED_OK);
    staged_script_free(script);
}

static void test_names_and_stems(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"/usr/bin/deploy.sh", "deploy.sh", "deploy"},
        {"deploy", "deploy", "deploy"},
        {".hidden", ".hidden", ".hidden"},
        {"a.b.c", "a.b.c", "a.b"},
        {"ends.", "ends.", "ends."},
    };
    staged_script *script = fixture_script(&plain, NULL, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(staged_script_set_name(script, cases[i][0]), STAGED_OK);
        assert_string_equal(staged_script_name(script), cases[i][1]);
        assert_string_equal(staged_script_stem(script), cases[i][2]);
    }
    staged_script_free(script);
}

static void test_flags_and_times(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&plain, NULL, &clock);
    assert_int_equal(staged_script_start_time_ns(script), INT64_C(1767323045000000000));
    assert_ptr_equal(staged_script_clock(script), &clock.clock);
    assert_false(staged_script_is_dry_run(script));
    staged_script_set_dry_run(script, true);
    assert_true(staged_script_is_dry_run(script));
    assert_true(staged_script_success(script));
    staged_script_set_success(script, false);
    assert_false(staged_script_success(script));
    staged_script_set_success(script, true);
    assert_true(staged_script_success(script));
    staged_script_set_start_time_ns(script, staged_script_start_time_ns(script) - 5000000000);
    assert_int_equal(staged_script_start_time_ns(script), INT64_C(1767323040000000000));
    assert_int_equal(stg_elapsed_ns(script), 5000000000);
    staged_script_free(script);
}

static void test_a_script_without_stages(void **state)
{
    (void)state;
    static const staged_class empty = {STAGED_CLASS("Empty")};
    staged_script *script = fixture_script(&empty, NULL, NULL);
    size_t count = 7;
    assert_null(*staged_script_stages(script, &count));
    assert_int_equal(count, 0);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--dry-run")), 0);
    staged_script_free(script);
}

TEST_GROUP(attributes)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stages),
        cmocka_unit_test(test_unknown_stages_are_reported),
        cmocka_unit_test(test_retry_settings),
        cmocka_unit_test(test_senseless_retry_settings),
        cmocka_unit_test(test_names_and_stems),
        cmocka_unit_test(test_flags_and_times),
        cmocka_unit_test(test_a_script_without_stages),
    };
    return cmocka_run_group_tests_name("script attributes", tests, NULL, NULL);
}
