/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"
#include "args/framework.h"

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

static const staged_value *offer_one(void *has_memory, stg_arena *arena)
{
    staged_value *list = stg_arena_alloc(arena, 2 * sizeof *list);
    list[1] = staged_value_text("one");
    list[0] = staged_value_list(list + 1, 1);
    return *(bool *)has_memory ? list : NULL;
}

static void test_where_words_come_from(void **state)
{
    (void)state;
    staged_parser *parser = completable_parser();
    stg_arena arena = {0};
    stg_script script = {.arena = &arena};
    const staged_value *items;
    staged_argument *pair = staged_parser_find(parser, "--pair");
    assert_string_equal(stg_script_kind(&script, staged_parser_find(parser, "--stage"), &items),
                        "words");
    assert_int_equal(items->count, 2);
    assert_string_equal(stg_script_kind(&script, staged_parser_find(parser, "--file"), &items),
                        "files");
    assert_null(items);
    assert_string_equal(stg_script_kind(&script, pair, &items), "any");
    bool has_memory = true;
    stg_argument_set_offers(pair, offer_one, &has_memory);
    assert_string_equal(stg_script_kind(&script, pair, &items), "words");
    assert_string_equal(items->as.items[0].as.text, "one");
    assert_false(script.failed);
    has_memory = false;
    (void)stg_script_kind(&script, pair, &items);
    assert_true(script.failed);
    stg_arena_free(&arena);
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
