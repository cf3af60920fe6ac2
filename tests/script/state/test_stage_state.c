/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/state/stage_state.h"

#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    STAGED_CLASS("Plain"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing, .retry_attempts = 3,
                                           .retry_delay_s = 0.5, .time_limit_s = 7)),
};

static void test_stages_begin_as_their_rows_say(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, STAGED_TEXTS("two"), NULL);
    assert_null(stg_stage_of(script, "one"));
    assert_null(stg_stage_of(script, NULL));
    const stg_stage *two = stg_stage_of(script, "two");
    assert_string_equal(two->name, "two");
    assert_true(stg_stage_has_retries(two));
    assert_int_equal(two->retry.attempts, 3);
    assert_float_equal(two->retry.delay_s, 0.5, 0);
    /* A minute, as nobody says otherwise. */
    assert_float_equal(two->retry.timeout_s, 60, 0);
    assert_float_equal(two->time_limit_s, 7, 0);
    assert_false(two->selected);
    assert_int_equal(two->outcome, STAGED_OUTCOME_NONE);
    staged_script_free(script);
    script = fixture_script(&plain, STAGED_TEXTS("one"), NULL);
    assert_false(stg_stage_has_retries(stg_stage_of(script, "one")));
    staged_script_free(script);
}

TEST_GROUP(stage_state)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stages_begin_as_their_rows_say)};
    return cmocka_run_group_tests_name("script stage_state", tests, NULL, NULL);
}
