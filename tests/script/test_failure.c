/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/object.h"
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

static void test_a_failure_is_told_once(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    const staged_status status = staged_fail(script, "[no] markup");
    stg_note(script, status, "Stage 'x'");
    const size_t length = strlen(fixture_output(script));
    assert_non_null(strstr(fixture_output(script), "Stage 'x' failed:  [no] markup"));
    assert_non_null(strstr(fixture_output(script), "test_failure.c:"));
    stg_note(script, status, "The script");
    assert_int_equal(strlen(fixture_output(script)), length);
    stg_note(script, staged_fail(script, "another one"), "The script");
    assert_non_null(strstr(fixture_output(script), "The script failed:  another one"));
    assert_false(staged_script_success(script));
    staged_script_set_success(script, true);
    assert_false(staged_script_success(script));
    staged_script_free(script);
}

/* Where nothing can be retried, and without a signal, these are failures that say so. */
static void test_answers_out_of_place(void **state)
{
    (void)state;
    static const staged_status answers[] = {STAGED_RETRY, STAGED_INTERRUPTED};
    static const char *const words[] = {"it returned STAGED_RETRY outside",
                                        "it returned STAGED_INTERRUPTED, but no signal"};
    for (size_t i = 0; i < 2; i++) {
        staged_script *script = fixture_script(&plain, NULL, NULL);
        stg_note(script, answers[i], "The script");
        assert_non_null(strstr(fixture_output(script), "The script failed:  it returned"));
        assert_non_null(strstr(staged_script_error(script), words[i]));
        /* The place is the author's class. */
        assert_non_null(strstr(fixture_output(script), " test_failure.c:"));
        assert_false(staged_script_success(script));
        staged_script_free(script);
    }
    staged_script *script = fixture_script(&plain, NULL, NULL);
    script->interrupt = 2;
    stg_note(script, STAGED_INTERRUPTED, "The script");
    assert_string_equal(fixture_output(script), "");
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
        cmocka_unit_test(test_a_failure_is_told_once),
        cmocka_unit_test(test_answers_out_of_place),
        cmocka_unit_test(test_exit_statuses),
    };
    return cmocka_run_group_tests_name("script failure", tests, NULL, NULL);
}
