/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/swallow.h"

#include "parsing.h"

static staged_parser *with_commands(const char *const *choices)
{
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .prog = "P", .suggest = STAGED_YES, .add_help = STAGED_NO));
    staged_parser_add_argument(parser, "--stage", .choices = choices,
                               .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "--folder");
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command", .required = true));
    (void)staged_commands_add(commands, NULL, "deploy");
    staged_parser *status = staged_commands_add(commands, NULL, "status");
    staged_parser_add_argument(status, "--watch");
    return parser;
}

/* What is printed from "error: " on. */
static void assert_told(staged_parser *parser, const char *const *words, const char *expected)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    staged_namespace *ns = NULL;
    assert_int_equal(staged_parser_parse(parser, (int)count, (char *const *)(uintptr_t)words, &ns),
                     STAGED_BAD_INPUT);
    const char *told = strstr(staged_parser_error(parser), "error: ");
    assert_non_null(told);
    assert_string_equal(told, expected);
    staged_namespace_free(ns);
}

static void test_a_list_that_took_the_command(void **state)
{
    (void)state;
    const char *missing = "error: the following arguments are required: command\n"
                          "P: --stage took 'deploy' as one of its values; write -- before it\n";
    staged_parser *parser = with_commands(NULL);
    assert_told(parser, STAGED_TEXTS("--stage", "a", "b", "deploy"), missing);
    assert_told(parser, STAGED_TEXTS("--stage", "deploy", "--folder", "x"), missing);
    assert_told(parser, STAGED_TEXTS("--stage", "a"),
                "error: the following arguments are required: command\n");
    staged_parser_free(parser);
    parser = with_commands(STAGED_TEXTS("a", "b"));
    assert_told(parser, STAGED_TEXTS("--stage", "a", "deploy"),
                "error: argument --stage: invalid choice: 'deploy' (choose from a, b)\n"
                "P: --stage took 'deploy' as one of its values; write -- before it\n");
    staged_parser_free(parser);
}

static void test_an_option_whose_value_is_the_command(void **state)
{
    (void)state;
    staged_parser *parser = with_commands(NULL);
    const char *told = "error: argument command: invalid choice: 'x' (choose from deploy, "
                       "status)\nP: there is no option --foldr, so the word after it was taken for "
                       "the command\nP: did you mean --folder?\n";
    assert_told(parser, STAGED_TEXTS("--foldr", "x", "deploy"), told);
    assert_told(parser, STAGED_TEXTS("--foldr", "x"), told);
    assert_told(parser, STAGED_TEXTS("--stage", "a", "status", "--watch", "x"),
                "error: argument command: invalid choice: 'x' (choose from deploy, status)\n"
                "P: --stage took 'status' as one of its values; write -- before it\n");
    assert_told(parser, STAGED_TEXTS("deplyo"),
                "error: argument command: invalid choice: 'deplyo' (choose from deploy, status)\n"
                "P: did you mean deploy?\n");
    staged_parser_free(parser);
}

static void test_a_list_that_took_a_positional(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    parser->suggest = true;
    staged_parser_add_argument(parser, "--list", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_parser_add_argument(parser, "file");
    assert_told(parser, STAGED_TEXTS("--list", "a", "f"),
                "error: the following arguments are required: file\n"
                "prog: --list took 'f' as one of its values; write -- before it\n");
    assert_told(parser, STAGED_TEXTS("--list"),
                "error: the following arguments are required: file\n");
    staged_parser_free(parser);
}

TEST_GROUP(swallow)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_list_that_took_the_command),
        cmocka_unit_test(test_an_option_whose_value_is_the_command),
        cmocka_unit_test(test_a_list_that_took_a_positional),
    };
    return cmocka_run_group_tests_name("args swallow", tests, NULL, NULL);
}
