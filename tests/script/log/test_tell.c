/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/log/tell.h"
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

static void test_a_failure_is_logged_once(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    const staged_status status = staged_fail(script, "[no] markup");
    stg_note(script, status, "Stage 'x'");
    const size_t length = strlen(fixture_output(script));
    assert_non_null(strstr(fixture_output(script), "Stage 'x' failed:  [no] markup"));
    assert_non_null(strstr(fixture_output(script), "test_tell.c:"));
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
static void test_misplaced_statuses(void **state)
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
        assert_non_null(strstr(fixture_output(script), " test_tell.c:"));
        assert_false(staged_script_success(script));
        staged_script_free(script);
    }
    staged_script *script = fixture_script(&plain, NULL, NULL);
    script->run->interrupt = 2;
    stg_note(script, STAGED_INTERRUPTED, "The script");
    assert_string_equal(fixture_output(script), "");
    staged_script_free(script);
}

TEST_GROUP(tell)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_failure_is_logged_once),
        cmocka_unit_test(test_misplaced_statuses),
    };
    return cmocka_run_group_tests_name("script tell", tests, NULL, NULL);
}
