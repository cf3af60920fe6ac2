/* SPDX-License-Identifier: BSD-3-Clause */
#include "completable.h"

static void test_script(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    char *script = staged_parser_completion(parser, "zsh");
    assert_non_null(script);
    assert_int_equal(strncmp(script, "#compdef my-tool\n", 17), 0);
    assert_contains(script, "'|-s'|'|--stage') number='+' kind=words items=('it'\\''s' 'a b') ;;");
    assert_contains(script, "'Which stages: stage'");
    assert_contains(script, "items=('add' 'plus') helps=('Adds.' 'Adds.') ;;");
    assert_contains(script, "compdef _my_tool 'my-tool'\nfi\n");
    free(script);
    staged_parser_free(parser);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_completion_survives("zsh");
}

TEST_GROUP(completion_zsh)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args completion_zsh", tests, NULL, NULL);
}
