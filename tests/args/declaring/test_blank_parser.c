/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/declaring/declaring.h"

#include "parsing.h"

static void test_settings_and_groups(void **state)
{
    (void)state;
    staged_parser *parser = stg_blank_parser(STAGED_OPTIONS(
        staged_parser_options, .prog = "prog", .prefix_chars = "", .allow_abbrev = STAGED_NO));
    assert_non_null(parser);
    assert_string_equal(parser->prog, "prog");
    assert_string_equal(parser->prefix_chars, "-");
    assert_false(parser->allow_abbrev);
    assert_int_equal(parser->count, 0);
    assert_int_equal(parser->group_count, 2);
    assert_string_equal(parser->groups[0]->title.text, "positional arguments");
    assert_string_equal(parser->groups[1]->title.text, "options");
    staged_parser_free(parser);
}

static staged_status make(void *context)
{
    (void)context;
    staged_parser *parser =
        stg_blank_parser(STAGED_OPTIONS(staged_parser_options, .usage = "%(prog)s"));
    staged_parser_free(parser);
    return parser == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static void test_without_memory(void **state)
{
    (void)state;
    assert_true(torture(make, NULL) > 2);
}

TEST_GROUP(blank_parser)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_and_groups),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("args blank_parser", tests, NULL, NULL);
}
