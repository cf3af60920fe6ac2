/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/log/tell.h"
#include "script/state/object.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    .name = "Plain",
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing)),
};

static void test_fail_keeps_the_message_and_the_place(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_fail(script, "no pod %d", 7), STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "no pod 7");
    assert_non_null(strstr(script->failure.where.file, "test_failure.c"));
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
    script->interrupt = 2;
    assert_int_equal(stg_exit_status(script), 130);
    staged_script_free(script);
}

TEST_GROUP(failure)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_keeps_the_message_and_the_place),
        cmocka_unit_test(test_exit_statuses),
    };
    return cmocka_run_group_tests_name("script failure", tests, NULL, NULL);
}
