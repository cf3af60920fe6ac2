/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/command_line/unparse.h"

#include "lines.h"
#include "parsing.h"

static staged_parser *permissive_parser(void)
{
    return staged_parser_new(
        &(staged_parser_options){.add_help = STAGED_NO, .permissive = STAGED_YES});
}

/* A text is no boolean: the flag has to be said. */
static void test_text_as_the_default_of_a_flag(void **state)
{
    (void)state;
    staged_parser *parser = permissive_parser();
    staged_parser_add_argument(parser, "-flag", .action = STAGED_ARG_STORE_TRUE,
                               .default_value = staged_value_text("true"));
    assert_line(parser, STAGED_TEXTS("-flag"), "-flag");
    assert_line(parser, NOTHING, "");
    staged_parser_free(parser);
}

/* The first of two positionals with one name has to be there, and says nothing. */
static void test_a_positional_whose_words_are_lost(void **state)
{
    (void)state;
    staged_parser *parser = permissive_parser();
    staged_parser_add_argument(parser, "word", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "word", .nargs = 2);
    assert_line(parser, STAGED_TEXTS("7", "a", "b"), "0 a b");
    staged_parser_free(parser);
    parser = permissive_parser();
    staged_parser_add_argument(parser, "word", .choices = STAGED_TEXTS("red", "green"));
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser_add_argument(staged_commands_add(commands, "run", NULL), "word");
    assert_line(parser, STAGED_TEXTS("green", "run", "blue"), "red run blue");
    assert_line(parser, STAGED_TEXTS("green", "run", "green"), "green run green");
    staged_parser_free(parser);
}

/* What has to be given and is not what counts comes first. */
static void test_an_option_whose_words_are_lost(void **state)
{
    (void)state;
    staged_parser *parser = permissive_parser();
    staged_parser_add_argument(parser, "--text", .dest = "it");
    staged_parser_add_argument(parser, "--number", .dest = "it", .type = STAGED_ARG_INT,
                               .required = true);
    assert_line(parser, STAGED_TEXTS("--number", "1", "--text", "word"), "--number 0 --text word");
    staged_parser_free(parser);
}

/* A required flag, of which the command's own value is all that is left. */
static void test_what_is_left_to_a_command(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "--fast", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--red", .action = STAGED_ARG_APPEND_CONST,
                               .const_text = "red", .dest = "colours", .required = true);
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *run = staged_commands_add(commands, "run", NULL);
    staged_parser_set_default(run, "fast", staged_value_int(7));
    staged_parser_add_argument(run, "--blue", .action = STAGED_ARG_APPEND_CONST,
                               .const_text = "blue", .dest = "colours");
    assert_line(parser, STAGED_TEXTS("--fast", "--red", "run", "--blue"),
                "--fast --red run --blue");
    staged_parser_free(parser);
}

/* What a list grew on may have been stored before. */
static void test_lists_that_are_stored(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--set", .dest = "list", .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "--add", .dest = "list", .nargs = 2,
                               .action = STAGED_ARG_EXTEND);
    assert_line(parser, STAGED_TEXTS("--set", "a"), "--set a");
    staged_parser_free(parser);
    parser = bare_parser();
    staged_parser_add_argument(parser, "--pair", .dest = "list", .nargs = 2,
                               .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "--set", .dest = "list", .nargs = 1);
    assert_line(parser, STAGED_TEXTS("--set", "a"), "--set a");
    staged_parser_free(parser);
}

/* The original knows no flag that is neither long nor short: another one says it. */
static void test_nameless_counts(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-work", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "--work", .action = STAGED_ARG_STORE_TRUE);
    assert_line(parser, STAGED_TEXTS("--work"), "--work");
    assert_line(parser, STAGED_TEXTS("-work", "-work"), "-work -work");
    staged_parser_free(parser);
}

static void test_large_counts(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-v", .action = STAGED_ARG_COUNT, .required = true,
                               .default_value = staged_value_float(1e22));
    assert_line(parser, STAGED_TEXTS("-v", "-v"), "-v");
    staged_parser_free(parser);
}

static void test_without_memory(void **state)
{
    (void)state;
    staged_parser *parser = permissive_parser();
    staged_parser_add_argument(parser, "word", .choices = STAGED_TEXTS("red", "green"));
    staged_parser_add_argument(parser, "word", .nargs = 2);
    torture_line(parser, STAGED_TEXTS("green", "a", "b"), 10);
    staged_parser_free(parser);
}

TEST_GROUP(unparse_need)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_as_the_default_of_a_flag),
        cmocka_unit_test(test_a_positional_whose_words_are_lost),
        cmocka_unit_test(test_an_option_whose_words_are_lost),
        cmocka_unit_test(test_what_is_left_to_a_command),
        cmocka_unit_test(test_lists_that_are_stored),
        cmocka_unit_test(test_nameless_counts),
        cmocka_unit_test(test_large_counts),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("args unparse_need", tests, NULL, NULL);
}
