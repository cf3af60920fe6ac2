/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <string.h>

#include <staged/signals.h>

#include "script/fixture.h"
#include "script/object.h"
#include "support/cmocka_all.h"

static stg_buf seen;

static staged_status ask_to_end(staged_call *c)
{
    stg_buf_add_text(&seen, "body;");
    (void)raise(SIGTERM);
    return staged_sleep(c->script, 100);
}

static staged_status never(staged_call *c)
{
    (void)c;
    stg_buf_add_text(&seen, "never;");
    return STAGED_OK;
}

static staged_status end_stage(staged_call *c)
{
    stg_buf_add_text(&seen, "end;");
    STAGED_TRY(staged_run(c->script, "true"));
    return staged_super(c);
}

static staged_status tear_down(staged_call *c)
{
    stg_buf_add_text(&seen, "tear down;");
    assert_int_equal(staged_interrupted(c->script), SIGTERM);
    STAGED_TRY(staged_sleep(c->script, 0.001));
    return staged_run(c->script, "true # tear down");
}

static const staged_class stopped = {
    .name = "Stopped",
    .methods =
        STAGED_METHODS(STAGED_STAGE("one", "One", ask_to_end), STAGED_STAGE("two", "Two", never),
                       STAGED_ON_STAGE(STAGED_END_STAGE, "one", end_stage),
                       STAGED_ON(STAGED_POST_STAGE, never), STAGED_ON(STAGED_INTERRUPT, tear_down)),
};

static void test_a_signal_ends_the_script_in_good_order(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&stopped, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one", "two")), 128 + SIGTERM);
    assert_string_equal(stg_buf_text(&seen), "body;end;tear down;");
    assert_non_null(strstr(fixture_output(script), "Interrupted (SIGTERM)."));
    assert_non_null(strstr(fixture_output(script), "               │ one   │"));
    assert_non_null(strstr(fixture_output(script), "               Interrupted\n"));
    assert_non_null(strstr(fixture_output(script), "true # tear down"));
    assert_int_equal(staged_stage_outcome(script, "one"), STAGED_OUTCOME_INTERRUPTED);
    staged_script_free(script);
    stg_buf_free(&seen);
}

TEST_GROUP(interrupt)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_signal_ends_the_script_in_good_order),
    };
    return cmocka_run_group_tests_name("script interrupt", tests, NULL, NULL);
}
