/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/command_line/unparse.h"

#include "lines.h"

static void test_options_come_first(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "word");
    staged_parser_add_argument(parser, "--text");
    staged_parser_add_argument(parser, "more", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_line(parser, STAGED_TEXTS("a", "b", "c", "--text", "t"), "--text t a b c");
    staged_parser_free(parser);
}

static void test_words_that_look_like_options(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--text");
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_line(parser, STAGED_TEXTS("--text", "t", "--", "-x", "--text"), "--text t -- -x --text");
    assert_line(parser, STAGED_TEXTS("--", "a", "--", "b"), "-- a -- b");
    assert_line(parser, STAGED_TEXTS("-1", "-"), "-1 -");
    staged_parser_free(parser);
}

/* An option that would take the positional's word, too. */
static void test_greedy_options(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--list", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_parser_add_argument(parser, "--maybe", .nargs = STAGED_NARGS_OPTIONAL,
                               .const_text = "C");
    staged_parser_add_argument(parser, "word");
    assert_line(parser, STAGED_TEXTS("w", "--list", "1", "2"), "--list 1 2 -- w");
    assert_line(parser, STAGED_TEXTS("w", "--maybe"), "--maybe C w");
    assert_line(parser, STAGED_TEXTS("w", "--list"), "--list -- w");
    staged_parser_free(parser);
}

static void test_greedy_option_before_a_command(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--list", .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "--more", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .action = STAGED_ARG_EXTEND);
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_commands *commands = staged_parser_add_commands(
        parser, &(staged_commands_options){.dest = "command", .required = true});
    staged_commands_add(commands, "run", NULL);
    assert_line(parser, STAGED_TEXTS("--list", "1", "2", "--flag", "run"), "--list 1 2 --flag run");
    assert_line(parser, STAGED_TEXTS("--list=1", "run"), "--list=1 run");
    assert_line(parser, STAGED_TEXTS("--more", "1", "2", "--more=3", "run"),
                "--more 1 2 --more=3 run");
    staged_parser_free(parser);
}

static void test_what_takes_the_rest(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--rest", .nargs = STAGED_NARGS_REMAINDER);
    staged_parser_add_argument(parser, "--text");
    staged_parser_add_argument(parser, "word", .nargs = STAGED_NARGS_OPTIONAL);
    assert_line(parser, STAGED_TEXTS("--text", "t", "--rest", "--text", "x"),
                "--text t --rest --text x");
    assert_line(parser, STAGED_TEXTS("w", "--text", "t", "--rest", "-a", "b"),
                "--text t --rest -a b -- w");
    staged_parser_free(parser);

    parser = bare_parser();
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "command", .nargs = STAGED_NARGS_COMMAND_AND_REST);
    assert_line(parser, STAGED_TEXTS("--flag", "run", "--flag", "--", "-x"),
                "--flag run --flag -- -x");
    staged_parser_free(parser);
}

static void test_appending(void **state)
{
    (void)state;
    stg_items items = {0};
    const stg_item item = {.count = 7};
    assert_true(stg_append_items(&items, NULL, 0));
    assert_int_equal(items.count, 0);
    for (int i = 0; i < 20; i++)
        assert_true(stg_append_items(&items, &item, 1));
    assert_int_equal(items.count, 20);
    assert_int_equal(items.items[19].count, 7);
    free(items.items);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--list", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_parser_add_argument(parser, "--rest", .nargs = STAGED_NARGS_REMAINDER);
    staged_parser_add_argument(parser, "word");
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    torture_line(parser, STAGED_TEXTS("w", "--list", "1", "2"), 8);
    torture_line(parser, STAGED_TEXTS("w", "--rest", "-a"), 8);
    torture_line(parser, STAGED_TEXTS("--", "-w", "--", "x"), 8);
    staged_parser_free(parser);
}

/* One "--" is enough: those that follow it are words. */
static void test_dashes_where_they_are_needed(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "command", .nargs = STAGED_NARGS_COMMAND_AND_REST);
    staged_parser_add_argument(parser, "three", .nargs = 3);
    assert_line(parser, STAGED_TEXTS("--flag", "do", "a", "b", "--", "--c"),
                "--flag -- do a b --c");
    staged_parser_free(parser);
    parser = bare_parser();
    staged_parser_add_argument(parser, "one", .nargs = 1);
    staged_parser_add_argument(parser, "three", .nargs = 3);
    staged_parser_add_argument(parser, "more", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_line(parser, STAGED_TEXTS("x", "7", "--", "--", "8", "y", "-z"), "-- x 7 -- 8 y -z");
    staged_parser_free(parser);
}

/* An option that takes all it can get, and two runs of positionals. */
static void test_dashes_after_an_open_option(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "first", .nargs = 2);
    staged_parser_add_argument(parser, "--pairs", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "between", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .default_list = STAGED_TEXTS("d"));
    staged_parser_add_argument(parser, "number", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "rest", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_line(parser, STAGED_TEXTS("a", "b", "--pairs", "x", "y", "--", "5"),
                "--pairs x y -- a b d 5");
    staged_parser_free(parser);
}

TEST_GROUP(arrange)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_come_first),
        cmocka_unit_test(test_words_that_look_like_options),
        cmocka_unit_test(test_greedy_options),
        cmocka_unit_test(test_greedy_option_before_a_command),
        cmocka_unit_test(test_what_takes_the_rest),
        cmocka_unit_test(test_appending),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_dashes_where_they_are_needed),
        cmocka_unit_test(test_dashes_after_an_open_option),
    };
    return cmocka_run_group_tests_name("args arrange", tests, NULL, NULL);
}
