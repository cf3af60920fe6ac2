/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/log/tell.h"
#include "script/run/script.h"
#include "script/state/fail.h"
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

static void test_fail_keeps_the_message_and_the_place(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_fail(script, "no pod %d", 7), STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "no pod 7");
    assert_non_null(strstr(script->failure.where.file, "test_fail.c"));
    stg_forget_error(script);
    assert_string_equal(staged_script_error(script), "");
    staged_script_free(script);
}

static void test_exit_statuses(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(stg_exit_status(script), 0);
    assert_int_equal(staged_exit(script, 0), STAGED_EXIT);
    assert_int_equal(stg_exit_status(script), 0);
    staged_script_set_success(script, false);
    assert_int_equal(stg_exit_status(script), 1);
    assert_int_equal(staged_exit(script, 42), STAGED_EXIT);
    assert_int_equal(stg_exit_status(script), 42);
    staged_script_set_success(script, true);
    stg_note(script, STAGED_EXIT, "Stage 'x'");
    assert_false(staged_script_success(script));
    assert_int_equal(staged_exit(script, 256), STAGED_FAILED);
    assert_string_equal(staged_script_error(script),
                        "an exit status must be between 0 and 255, not 256");
    script->run->interrupt = 2;
    assert_int_equal(stg_exit_status(script), 130);
    staged_script_free(script);
}

/* What an inner script failed of is the last that is known of the one that uses it, but neither
 * forgets what is the other's. */
static void test_an_inner_script_has_a_failure_of_its_own(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    staged_script *inner = staged_script_new_inner(script, NULL, &plain);
    assert_non_null(inner);
    assert_int_equal(staged_fail(script, "outside"), STAGED_FAILED);
    assert_string_equal(staged_script_error(inner), "");
    assert_int_equal(staged_fail(inner, "inside"), STAGED_FAILED);
    assert_string_equal(staged_script_error(inner), "inside");
    assert_string_equal(staged_script_error(script), "inside");
    stg_forget_error(inner);
    assert_string_equal(staged_script_error(inner), "");
    assert_string_equal(staged_script_error(script), "outside");
    assert_int_equal(staged_fail(inner, "inside again"), STAGED_FAILED);
    assert_int_equal(staged_fail(script, "outside again"), STAGED_FAILED);
    assert_string_equal(staged_script_error(inner), "inside again");
    staged_script_free(script);
}

static staged_status fail_within(staged_call *call)
{
    staged_script *inner = staged_script_new_inner(call->script, NULL, &plain);
    return staged_fail(inner, "inside");
}

static const staged_class using_another = {
    STAGED_CLASS("UsingAnother"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", fail_within))};

/* The script is cleaned up, and with it those that it uses. */
static void test_a_failure_outlives_the_inner_script(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&using_another, NULL, NULL);
    assert_int_equal(staged_stage_select(script, "one", true), STAGED_OK);
    assert_int_equal(staged_stage_run(script, "one"), STAGED_FAILED);
    stg_clean_up(script);
    assert_string_equal(staged_script_error(script), "inside");
    staged_script_free(script);
}

TEST_GROUP(fail)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_keeps_the_message_and_the_place),
        cmocka_unit_test(test_an_inner_script_has_a_failure_of_its_own),
        cmocka_unit_test(test_a_failure_outlives_the_inner_script),
        cmocka_unit_test(test_exit_statuses),
    };
    return cmocka_run_group_tests_name("script fail", tests, NULL, NULL);
}
