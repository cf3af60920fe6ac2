/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"

#include "completable.h"

static void test_unknown_shells(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    assert_null(staged_parser_completion(parser, "csh"));
    assert_null(staged_parser_completion(parser, ""));
    staged_parser_free(parser);
}

static void test_how_many_words(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    stg_arena arena = {0};
    stg_script script = {.arena = &arena};
    assert_string_equal(stg_script_number(&script, staged_parser_find(parser, "--stage")), "+");
    assert_string_equal(stg_script_number(&script, staged_parser_find(parser, "--file")), "1");
    assert_string_equal(stg_script_number(&script, staged_parser_find(parser, "--pair")), "2");
    assert_string_equal(stg_script_number(&script, staged_parser_find(parser, "--maybe")), "?");
    assert_string_equal(stg_script_number(&script, staged_parser_find(parser, "--help")), "0");
    assert_false(script.failed);
    stg_arena_free(&arena);
    staged_parser_free(parser);
}

static void test_where_words_come_from(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    const staged_value *items;
    assert_string_equal(stg_script_kind(staged_parser_find(parser, "--stage"), &items), "words");
    assert_int_equal(items->count, 2);
    assert_string_equal(stg_script_kind(staged_parser_find(parser, "--file"), &items), "files");
    assert_null(items);
    assert_string_equal(stg_script_kind(staged_parser_find(parser, "--pair"), &items), "any");
    staged_parser_free(parser);
}

static void test_help_is_one_line(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    stg_arena arena = {0};
    stg_script script = {.arena = &arena};
    assert_string_equal(stg_script_help(&script, staged_parser_find(parser, "--stage")),
                        "Which stages: stage");
    assert_string_equal(stg_script_help(&script, staged_parser_find(parser, "--file")), "");
    stg_arena_free(&arena);
    staged_parser_free(parser);
}

TEST_GROUP(completion)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown_shells),
        cmocka_unit_test(test_how_many_words),
        cmocka_unit_test(test_where_words_come_from),
        cmocka_unit_test(test_help_is_one_line),
    };
    return cmocka_run_group_tests_name("args completion", tests, NULL, NULL);
}
