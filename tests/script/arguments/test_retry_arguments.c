/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
                              STAGED_STAGE("two", "The second", nothing)),
};

static staged_status hide(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    assert_non_null(staged_script_retry_group(c->script));
    assert_null(staged_stage_retry_delay_argument(c->script, "three"));
    assert_null(staged_stage_retry_attempts_argument(c->script, "three"));
    assert_null(staged_stage_retry_timeout_argument(c->script, "three"));
    staged_stage_hide_retry_arguments(c->script, "three");
    staged_stage_hide_retry_arguments(c->script, "one");
    staged_argument_set_help(staged_stage_retry_delay_argument(c->script, "two"),
                             STAGED_ARG_SUPPRESS);
    staged_argument_set_help(staged_stage_retry_timeout_argument(c->script, "two"), "In time.");
    staged_argument_set_required(staged_stage_retry_attempts_argument(c->script, "two"), true);
    return STAGED_OK;
}

static const staged_class hiding = {STAGED_CLASS("Hiding"), .bases = STAGED_BASES(&plain),
                                    .methods =
                                        STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, hide))};

static void test_retry_arguments_can_be_changed(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&hiding, NULL, NULL);
    char *help = staged_parser_help(staged_script_parser(script), 80);
    assert_null(strstr(help, "--one-retry"));
    assert_null(strstr(help, "--two-retry-delay"));
    assert_non_null(strstr(help, "In time."));
    assert_non_null(strstr(help, " --two-retry-attempts TWO_RETRY_ATTEMPTS\n"));
    free(help);
    staged_script_free(script);
}

static const staged_class choosy = {
    STAGED_CLASS("Choosy"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing, .retries = STAGED_YES),
                              STAGED_STAGE("three", "The third", nothing, .retries = STAGED_NO)),
};

static staged_status defaults(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    /* Also of a stage that has no arguments. */
    staged_parser_set_default(staged_script_parser(c->script), "one_retry_attempts",
                              staged_value_int(4));
    return STAGED_OK;
}

static const staged_class choosy_with_defaults = {
    STAGED_CLASS("ChoosyWithDefaults"),
    .bases = STAGED_BASES(&choosy),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, defaults)),
};

static bool usage_names(const staged_class *script_class, const char *const *stages,
                        const char *text)
{
    staged_script *script = fixture_script(script_class, stages, NULL);
    char *usage = staged_parser_usage(staged_script_parser(script), 80);
    const bool names = strstr(usage, text) != NULL;
    free(usage);
    staged_script_free(script);
    return names;
}

static void test_only_stages_that_are_retried_have_retry_arguments(void **state)
{
    (void)state;
    assert_true(usage_names(&choosy, NULL, "--two-retry-attempts"));
    assert_false(usage_names(&choosy, NULL, "--one-retry"));
    assert_false(usage_names(&choosy, NULL, "--three-retry"));
    /* Nobody says that he is retried: only who says that he is not, is not. */
    assert_true(usage_names(&choosy, STAGED_TEXTS("one", "three"), "--one-retry-delay"));
    assert_false(usage_names(&choosy, STAGED_TEXTS("one", "three"), "--three-retry"));
    staged_script *script = fixture_script(&choosy, STAGED_TEXTS("three"), NULL);
    assert_non_null(staged_script_parser(script));
    assert_null(staged_script_retry_group(script));
    staged_script_free(script);
    script = fixture_script(&choosy_with_defaults, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--two-retry-attempts", "2")), 0);
    assert_int_equal(staged_stage_retry(script, "one").attempts, 4);
    assert_int_equal(staged_stage_retry(script, "two").attempts, 2);
    assert_int_equal(staged_stage_retry(script, "three").attempts, 0);
    assert_float_equal(staged_stage_retry(script, "three").timeout_s, 60, 0);
    staged_script_free(script);
}

TEST_GROUP(retry_arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retry_arguments_can_be_changed),
        cmocka_unit_test(test_only_stages_that_are_retried_have_retry_arguments),
    };
    return cmocka_run_group_tests_name("script retry_arguments", tests, NULL, NULL);
}
