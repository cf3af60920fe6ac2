/* SPDX-License-Identifier: BSD-3-Clause */
#include "completable.h"

static void test_script(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    char *script = staged_parser_completion(parser, "fish");
    assert_non_null(script);
    assert_contains(script, "case '|-s' '|--stage'\n            printf '%s\\0' many words");
    assert_contains(script, "'it\\'s'");
    assert_contains(script, "'--stage\tWhich stages: stage'");
    assert_contains(script, "'plus\tAdds.'");
    assert_contains(script, "case ' plus'\n            echo ' add'\n");
    assert_contains(script, "case '|--maybe'\n            printf '%s\\0' optional any");
    assert_contains(script, "complete -f -c 'my-tool' -a '(_my_tool_complete | string split0)'\n");
    free(script);
    staged_parser_free(parser);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_completion_survives("fish");
}

TEST_GROUP(completion_fish)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args completion_fish", tests, NULL, NULL);
}
