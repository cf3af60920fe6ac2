/* SPDX-License-Identifier: BSD-3-Clause */
#include "completable.h"

static void test_script(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    char *script = staged_parser_completion(parser, "bash");
    assert_non_null(script);
    assert_contains(script, "# Completion of my-tool for bash");
    assert_contains(script, "'|-s'|'|--stage') number='+' kind=words items=('it'\\''s' 'a b') ;;");
    assert_contains(script, "'|--file') number='1' kind=files ;;");
    assert_contains(script, "'|--pair') number='2' kind=any ;;");
    assert_contains(script, "'|1') number='command' kind=words items=('add' 'plus') ;;");
    assert_contains(script, "' plus') state=' add' ;;");
    assert_contains(script, "' add|1') number='rest' kind=any ;;");
    assert_contains(script, "'') flags=('-h' '--help' '-s' '--stage' '--file' '--pair') ;;");
    assert_contains(script, "complete -F _my_tool -- 'my-tool'\n");
    free(script);
    staged_parser_free(parser);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_completion_survives("bash");
}

TEST_GROUP(completion_bash)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args completion_bash", tests, NULL, NULL);
}
