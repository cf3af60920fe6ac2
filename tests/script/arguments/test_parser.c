/* SPDX-License-Identifier: BSD-3-Clause */
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

static void test_a_script_without_a_description(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    char *help = staged_parser_help(staged_script_parser(script), 80);
    assert_non_null(
        strstr(help, "\n\nPlain, a staged script whose author gave no description.\n\n"));
    free(help);
    staged_script_free(script);
}

static staged_status no_parser(staged_call *c)
{
    (void)c;
    return STAGED_OK;
}

static const staged_class parserless = {
    STAGED_CLASS("Parserless"), .bases = STAGED_BASES(&plain),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, no_parser))};

static void test_a_build_parser_that_forgets_its_base(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&parserless, NULL, NULL);
    assert_null(staged_script_parser(script));
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 1);
    assert_non_null(strstr(staged_script_error(script), "must call staged_super first"));
    staged_script_free(script);
}

TEST_GROUP(parser)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_script_without_a_description),
        cmocka_unit_test(test_a_build_parser_that_forgets_its_base),
    };
    return cmocka_run_group_tests_name("script parser", tests, NULL, NULL);
}
