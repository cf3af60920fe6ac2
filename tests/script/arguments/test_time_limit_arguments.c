/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status wait_long(staged_call *c)
{
    return staged_sleep(c->script, 100);
}

static staged_status limits_first(staged_call *c)
{
    staged_script_add_time_limit_arguments(c->script);
    return staged_super(c);
}

static const staged_class limited_first = {
    STAGED_CLASS("LimitedFirst"),
    .methods = STAGED_METHODS(STAGED_STAGE("wait", "Waiting", wait_long),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, limits_first))};

static void test_arguments_before_the_usual_ones(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&limited_first, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--deadline", "9")), 0);
    assert_float_equal(staged_script_deadline(script), 9, 0);
    staged_script_free(script);
}

TEST_GROUP(time_limit_arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arguments_before_the_usual_ones),
    };
    return cmocka_run_group_tests_name("script time_limit_arguments", tests, NULL, NULL);
}
