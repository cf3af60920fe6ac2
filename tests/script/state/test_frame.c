/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/state/frame.h"

#include "script/fixture.h"
#include "script/state/object.h"
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

static void test_a_stage_on_top_of_another(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&plain, NULL, &clock);
    assert_string_equal(stg_frame_stage(script->frame), "");
    stg_frame one, two;
    stg_push_frame(script, &one, &script->stages[0]);
    stg_set_attempt(script, &(stg_attempt){.number = 3});
    stg_set_limited(script, true);
    virtual_clock_pass(&clock, 1);
    stg_push_frame(script, &two, &script->stages[1]);
    assert_string_equal(stg_frame_stage(script->frame), "two");
    assert_int_equal(script->frame->attempt.number, 0);
    assert_int_equal(script->frame->began_ns - one.began_ns, INT64_C(1000000000));
    /* The time of the stage below goes on. */
    assert_true(script->frame->limited);
    stg_pop_frame(script);
    assert_string_equal(stg_frame_stage(script->frame), "one");
    assert_int_equal(script->frame->attempt.number, 3);
    stg_set_stage(script, &script->stages[1]);
    stg_pop_frame(script);
    /* The last stage is known when all are over, but no attempt at it. */
    assert_string_equal(stg_frame_stage(script->frame), "two");
    assert_int_equal(script->frame->attempt.number, 0);
    assert_false(script->frame->limited);
    staged_script_free(script);
}

TEST_GROUP(frame)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_stage_on_top_of_another)};
    return cmocka_run_group_tests_name("script frame", tests, NULL, NULL);
}
