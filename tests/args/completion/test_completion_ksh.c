/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"

#include "completable.h"

/* What they have in common is written the same for both. */
static void test_the_walk_is_shared(void **state)
{
    (void)state;
    static const char *const shells[] = {"bash", "zsh"};
    staged_parser *parser = completable_parser();
    for (size_t i = 0; i < 2; i++) {
        char *script = staged_parser_completion(parser, shells[i]);
        assert_non_null(script);
        assert_contains(script, "_my_tool_is_flag() {\n    case $1 in\n    '-'?*) return 0 ;;\n");
        assert_contains(script, "_my_tool_step() {\n    local word=$1\n");
        assert_contains(script, "_my_tool_complete() {\n");
        assert_null(strstr(script, "~_"));
        free(script);
    }
    staged_parser_free(parser);
}

TEST_GROUP(completion_ksh)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_walk_is_shared),
    };
    return cmocka_run_group_tests_name("args completion_ksh", tests, NULL, NULL);
}
