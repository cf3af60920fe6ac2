/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/command_line/unparse.h"

#include "lines.h"

static void test_appended_words(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-a --append", .action = STAGED_ARG_APPEND,
                               .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--pairs", .action = STAGED_ARG_APPEND, .nargs = 2);
    staged_parser_add_argument(parser, "--maybe", .action = STAGED_ARG_APPEND,
                               .nargs = STAGED_NARGS_OPTIONAL,
                               .const_value = {.kind = STAGED_VALUE_NONE});
    assert_line(parser, STAGED_TEXTS("-a1", "-a-2"), "--append 1 --append -2");
    assert_line(parser, STAGED_TEXTS("--pairs", "a", "b", "--pairs", "c", ""),
                "--pairs a b --pairs c ''");
    assert_line(parser, STAGED_TEXTS("--maybe", "--maybe", "x", "--maybe"),
                "--maybe --maybe x --maybe");
    assert_line(parser, NOTHING, "");
    staged_parser_free(parser);
}

/* What was there before is there again by itself. */
static void test_inherited_items(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--append", .action = STAGED_ARG_APPEND,
                               .default_list = STAGED_TEXTS("d", "e"));
    staged_parser_add_argument(parser, "--extend", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .default_list = STAGED_TEXTS("x"));
    assert_line(parser, STAGED_TEXTS("--append", "d", "--append", "f"), "--append d --append f");
    assert_line(parser, STAGED_TEXTS("--extend", "x"), "--extend x");
    assert_line(parser, NOTHING, "");
    staged_parser_free(parser);
}

static void test_extended_lists(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--more", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_parser_add_argument(parser, "--pairs", .action = STAGED_ARG_EXTEND, .nargs = 2,
                               .type = STAGED_ARG_INT);
    assert_line(parser, STAGED_TEXTS("--more", "a", "--more", "b", "c"), "--more a b c");
    assert_line(parser, STAGED_TEXTS("--more", "a", "--more=-x"), "--more a --more=-x");
    assert_line(parser, STAGED_TEXTS("--more"), "--more");
    assert_line(parser, STAGED_TEXTS("--pairs", "1", "2", "--pairs", "3", "4"),
                "--pairs 1 2 --pairs 3 4");
    staged_parser_free(parser);
}

static void test_extended_by_characters(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        &(staged_parser_options){.add_help = STAGED_NO, .permissive = STAGED_YES});
    staged_parser_add_argument(parser, "--text", .action = STAGED_ARG_EXTEND);
    assert_line(parser, STAGED_TEXTS("--text", "ab", "--text", "c"), "--text abc");
    staged_parser_free(parser);
}

/* The order of the list is kept, whichever argument an item came from. */
static void test_several_sources(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--one", .action = STAGED_ARG_APPEND_CONST, .dest = "list",
                               .const_text = "1");
    staged_parser_add_argument(parser, "--word", .action = STAGED_ARG_APPEND, .dest = "list");
    staged_parser_add_argument(parser, "--two", .action = STAGED_ARG_APPEND_CONST, .dest = "list",
                               .const_text = "2");
    staged_parser_add_argument(parser, "--between");
    assert_line(parser, STAGED_TEXTS("--one", "--word", "x", "--two"), "--one --word x --two");
    assert_line(parser, STAGED_TEXTS("--two", "--word", "x", "--one", "--two"),
                "--two --word x --one --two");
    assert_line(parser, STAGED_TEXTS("--word", "x", "--between", "y", "--two"),
                "--word x --two --between y");
    staged_parser_free(parser);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--one", .action = STAGED_ARG_APPEND_CONST, .dest = "list",
                               .const_text = "1");
    staged_parser_add_argument(parser, "--word", .action = STAGED_ARG_APPEND, .dest = "list");
    staged_parser_add_argument(parser, "--more", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE);
    torture_line(parser,
                 STAGED_TEXTS("--word", "x", "--one", "--word=-y", "--more", "a", "--more=-x"), 6);
    staged_parser_free(parser);
}

/* Texts that were taken apart and have to be choices. */
static void test_choices_of_characters(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        &(staged_parser_options){.add_help = STAGED_NO, .permissive = STAGED_YES});
    staged_parser_add_argument(parser, "--tag", .action = STAGED_ARG_EXTEND,
                               .choices = STAGED_TEXTS("a", "ab", "caf\u00e9"));
    assert_line(parser, STAGED_TEXTS("--tag", "a", "--tag", "caf\u00e9", "--tag", "ab"),
                "--tag a --tag 'caf\u00e9' --tag ab");
    staged_parser_free(parser);
}

/* A flag that the original does not know is not shown for what comes by itself. */
static void test_empty_lists_of_nameless_options(void **state)
{
    (void)state;
    static const staged_value nothing = {.kind = STAGED_VALUE_LIST};
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-list", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE, .default_value = nothing);
    assert_line(parser, NOTHING, "");
    staged_parser_free(parser);
}

/* The first word of a command cannot look like an option, unless it is joined. */
static void test_commands_that_look_like_options(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--run", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_COMMAND_AND_REST);
    assert_line(parser, STAGED_TEXTS("--run=-a", "--run=--b"), "--run=-a --run=--b");
    assert_line(parser, STAGED_TEXTS("--run", "do", "-a"), "--run do -a");
    staged_parser_free(parser);
}

/* A positional that adds to a list adds its default to itself where it has no words. */
static void test_positionals(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        &(staged_parser_options){.add_help = STAGED_NO, .permissive = STAGED_YES});
    staged_parser_add_argument(parser, "first");
    staged_parser_add_argument(parser, "all", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_line(parser, STAGED_TEXTS("x"), "x");
    assert_line(parser, STAGED_TEXTS("x", "y"), "x y");
    staged_parser_free(parser);
    parser = staged_parser_new(
        &(staged_parser_options){.add_help = STAGED_NO, .permissive = STAGED_YES});
    staged_parser_add_argument(parser, "all", .action = STAGED_ARG_APPEND,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .default_list = STAGED_TEXTS("d", "e"));
    assert_line(parser, NOTHING, "");
    assert_line(parser, STAGED_TEXTS("x"), "x");
    staged_parser_free(parser);
}

TEST_GROUP(unparse_list)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_positionals),
        cmocka_unit_test(test_appended_words),
        cmocka_unit_test(test_inherited_items),
        cmocka_unit_test(test_extended_lists),
        cmocka_unit_test(test_extended_by_characters),
        cmocka_unit_test(test_several_sources),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_choices_of_characters),
        cmocka_unit_test(test_empty_lists_of_nameless_options),
        cmocka_unit_test(test_commands_that_look_like_options),
    };
    return cmocka_run_group_tests_name("args unparse_list", tests, NULL, NULL);
}
