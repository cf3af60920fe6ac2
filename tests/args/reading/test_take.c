/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/parse.h"

#include "parsing.h"

static void assert_taken(staged_parser *parser, const char *const *words, const char *name,
                         const char *expected)
{
    staged_namespace *ns = assert_parsed(parser, words);
    assert_value(ns, name, expected);
    staged_namespace_free(ns);
}

static void test_storing(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--no", .action = STAGED_ARG_STORE_FALSE);
    staged_parser_add_argument(parser, "--yes", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--seven", .action = STAGED_ARG_STORE_CONST,
                               .const_value = {.kind = STAGED_VALUE_INT, .as.integer = 7});
    staged_parser_add_argument(parser, "--both", .action = STAGED_ARG_BOOLEAN);
    staged_parser_add_argument(parser, "--list", .nargs = 1, .type = STAGED_ARG_INT);
    assert_taken(parser, STAGED_TEXTS("--no"), "no", "False");
    assert_taken(parser, STAGED_TEXTS("--yes"), "yes", "True");
    assert_taken(parser, STAGED_TEXTS("--seven"), "seven", "7");
    assert_taken(parser, STAGED_TEXTS("--both", "--no-both"), "both", "False");
    assert_taken(parser, STAGED_TEXTS("--no-both", "--both"), "both", "True");
    assert_taken(parser, STAGED_TEXTS("--list", "1", "--list=2"), "list", "[2]");
    staged_parser_free(parser);
}

static void test_adding(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--append", .action = STAGED_ARG_APPEND,
                               .default_list = STAGED_TEXTS("d"));
    staged_parser_add_argument(parser, "--pairs", .action = STAGED_ARG_APPEND, .nargs = 2);
    staged_parser_add_argument(parser, "--extend", .action = STAGED_ARG_EXTEND,
                               .type = STAGED_ARG_INT, .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_parser_add_argument(parser, "--one", .action = STAGED_ARG_APPEND_CONST,
                               .dest = "constants",
                               .const_value = {.kind = STAGED_VALUE_INT, .as.integer = 1});
    staged_parser_add_argument(parser, "--two", .action = STAGED_ARG_APPEND_CONST,
                               .dest = "constants", .const_text = "two");
    assert_taken(parser, STAGED_TEXTS("--append", "x", "--append", "y"), "append",
                 "['d', 'x', 'y']");
    assert_taken(parser, STAGED_TEXTS("--pairs", "1", "2", "--pairs", "3", "4"), "pairs",
                 "[['1', '2'], ['3', '4']]");
    assert_taken(parser, STAGED_TEXTS("--extend", "1", "2", "--extend", "3"), "extend",
                 "[1, 2, 3]");
    assert_taken(parser, STAGED_TEXTS("--extend"), "extend", "[]");
    assert_taken(parser, STAGED_TEXTS("--two", "--one", "--two"), "constants", "['two', 1, 'two']");
    staged_parser_free(parser);
}

static void test_extending_by_characters(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    stg_parser_permit(parser);
    staged_parser_add_argument(parser, "--text", .action = STAGED_ARG_EXTEND);
    assert_taken(parser, STAGED_TEXTS("--text", "h\xc3\xa9", "--text="), "text",
                 "['h', '\xc3\xa9']");
    staged_parser_free(parser);
}

static void test_counting(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-v", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "-w", .action = STAGED_ARG_COUNT, .default_text = "2");
    staged_parser_add_argument(parser, "-x", .action = STAGED_ARG_COUNT,
                               .default_value = staged_value_float(0.5));
    staged_parser_add_argument(parser, "-y", .action = STAGED_ARG_COUNT,
                               .default_value = staged_value_bool(true));
    assert_taken(parser, STAGED_TEXTS("-vvv"), "v", "3");
    assert_taken(parser, STAGED_TEXTS("-v", "-w"), "w", "3");
    assert_taken(parser, STAGED_TEXTS("-x"), "x", "1.5");
    assert_taken(parser, STAGED_TEXTS("-yy"), "y", "3");
    staged_parser_free(parser);
}

static void test_rest(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--rest", .nargs = STAGED_NARGS_REMAINDER);
    staged_parser_add_argument(parser, "--command", .nargs = STAGED_NARGS_COMMAND_AND_REST,
                               .choices = STAGED_TEXTS("run"));
    assert_taken(parser, STAGED_TEXTS("--rest", "a", "--flag", "-x"), "rest",
                 "['a', '--flag', '-x']");
    assert_taken(parser, STAGED_TEXTS("--rest"), "rest", "[]");
    assert_taken(parser, STAGED_TEXTS("--command", "run", "--flag"), "command",
                 "['run', '--flag']");
    assert_refused(parser, STAGED_TEXTS("--command", "walk", "run"),
                   "argument --command: invalid choice: 'walk' (choose from run)\n");
    staged_parser_free(parser);
}

static void test_defaults_that_are_text(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--half", .nargs = STAGED_NARGS_OPTIONAL,
                               .type = STAGED_ARG_FLOAT, .const_text = "3",
                               .default_value = staged_value_text("0.5"));
    staged_parser_add_argument(parser, "number", .nargs = STAGED_NARGS_OPTIONAL,
                               .type = STAGED_ARG_INT, .default_value = staged_value_text("7"),
                               .choices = STAGED_TEXTS("7", "8"));
    assert_taken(parser, NOTHING, "half", "0.5");
    assert_taken(parser, NOTHING, "number", "7");
    assert_taken(parser, STAGED_TEXTS("--half"), "half", "3.0");
    assert_taken(parser, STAGED_TEXTS("8", "--half", "2"), "half", "2.0");
    assert_refused(parser, STAGED_TEXTS("9"),
                   "argument number: invalid choice: '9' (choose from 7, 8)\n");
    staged_parser_free(parser);
}

static void test_choices_of_lists(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .type = STAGED_ARG_INT, .choices = STAGED_TEXTS("1", "2"));
    assert_taken(parser, STAGED_TEXTS("2", "1"), "words", "[2, 1]");
    assert_refused(parser, STAGED_TEXTS("1", "3"),
                   "argument words: invalid choice: '3' (choose from 1, 2)\n");
    assert_refused(parser, STAGED_TEXTS("3", "z"), "argument words: invalid int value: 'z'\n");
    /* No words are no choice. */
    assert_taken(parser, NOTHING, "words", "[]");
    staged_parser_free(parser);
}

/* A member counts as given whatever its value; a positional when it has words. */
static void test_exclusive_sets(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "--text", .default_text = "long");
    staged_argument_group_add_argument(set, "--small", .type = STAGED_ARG_INT, .default_text = "3");
    staged_argument_group_add_argument(set, "--other");
    staged_argument_group_add_argument(set, "word", .nargs = STAGED_NARGS_OPTIONAL,
                                       .default_text = "w");
    assert_refused(parser, STAGED_TEXTS("--small", "3", "--other", "x"),
                   "argument --other: not allowed with argument --small\n");
    assert_taken(parser, STAGED_TEXTS("--small", "3"), "word", "'w'");
    assert_refused(parser, STAGED_TEXTS("--small", "3", "w"),
                   "argument word: not allowed with argument --small\n");
    assert_taken(parser, STAGED_TEXTS("--other", "x", "--other", "y"), "other", "'y'");
    assert_refused(parser, STAGED_TEXTS("--small", "4", "--other", "x"),
                   "argument --other: not allowed with argument --small\n");
    assert_refused(parser, STAGED_TEXTS("--text", "long", "--other", "x"),
                   "argument --other: not allowed with argument --text\n");
    staged_parser_free(parser);
}

static void test_help_and_version(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(NULL);
    staged_namespace *ns;
    staged_parser_add_argument(parser, "-V", .action = STAGED_ARG_VERSION,
                               .version = "%(prog)s 1.0");
    assert_int_equal(parse(parser, STAGED_TEXTS("-V", "--unknown"), &ns), STAGED_EXIT);
    assert_null(ns);
    assert_string_equal(staged_parser_output(parser), "prog 1.0\n");
    assert_int_equal(parse(parser, STAGED_TEXTS("-h"), &ns), STAGED_EXIT);
    char *help = staged_parser_help(parser, 0);
    assert_string_equal(staged_parser_output(parser), help);
    free(help);
    staged_namespace_free(assert_parsed(parser, NOTHING));
    assert_string_equal(staged_parser_output(parser), "");
    staged_parser_free(parser);
}

/* The help of a command is its own, but the outer parser shows it. */
static void test_help_of_a_command(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands_add(staged_parser_add_commands(parser, NULL), NULL, "run");
    staged_namespace *ns;
    assert_int_equal(parse(parser, STAGED_TEXTS("run", "-h"), &ns), STAGED_EXIT);
    assert_string_equal(staged_parser_output(parser),
                        "usage: prog run [-h]\n"
                        "\n"
                        "options:\n"
                        "  -h, --help  show this help message and exit\n");
    staged_parser_free(parser);
}

static void test_commands(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command"));
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser_add_argument(run, "--x");
    staged_parser_add_argument(run, "--list", .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "--x", .default_text = "outer");
    staged_parser_add_argument(parser, "--list", .action = STAGED_ARG_APPEND);
    assert_taken(parser, STAGED_TEXTS("--x", "1", "run"), "x", "'1'");
    assert_taken(parser, STAGED_TEXTS("run", "--x", "3"), "x", "'3'");
    assert_taken(parser, STAGED_TEXTS("--list", "1", "run", "--list", "2"), "list", "['2']");
    assert_taken(parser, STAGED_TEXTS("run"), "command", "'run'");
    assert_taken(parser, NOTHING, "x", "'outer'");
    staged_parser_free(parser);
}

static staged_parser *with_everything(void)
{
    staged_parser *parser = staged_parser_new(NULL);
    staged_parser_add_argument(parser, "--append", .action = STAGED_ARG_APPEND, .nargs = 2);
    staged_parser_add_argument(parser, "--extend", .action = STAGED_ARG_EXTEND, .nargs = 2,
                               .type = STAGED_ARG_PATH);
    staged_parser_add_argument(parser, "--constant", .action = STAGED_ARG_APPEND_CONST,
                               .const_text = "x");
    staged_parser_add_argument(parser, "-v", .action = STAGED_ARG_COUNT);
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command"));
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser_add_argument(run, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    return parser;
}

static staged_status use(void *context)
{
    staged_namespace *ns = NULL;
    staged_status status = parse(context,
                                 STAGED_TEXTS("--append", "1", "2", "--extend", "3", "4", "-vv",
                                              "--constant", "run", "a", "--", "b"),
                                 &ns);
    if (status == STAGED_OK)
        assert_int_equal(staged_namespace_value(ns, "words")->count, 2);
    staged_namespace_free(ns);
    STAGED_TRY(status);
    status = parse(context, STAGED_TEXTS("--help"), &ns);
    return status == STAGED_EXIT ? STAGED_OK : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = with_everything();
    assert_in_range(torture(use, parser), 30, 300);
    staged_parser_free(parser);
}

static staged_parser *two_levels(bool permissive)
{
    staged_parser *parser = bare_parser();
    if (permissive)
        stg_parser_permit(parser);
    staged_parser_add_argument(parser, "--level", .type = STAGED_ARG_INT, .default_text = "1");
    staged_parser_add_argument(parser, "--name", .environment = "STAGED_TEST_NAME");
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command"));
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser_add_argument(run, "--level", .type = STAGED_ARG_INT, .default_text = "2");
    staged_parser_set_default(run, "name", staged_value_text("inner"));
    return parser;
}

/* What was given stays, unless something else is given behind the command. */
static void test_defaults_of_commands(void **state)
{
    (void)state;
    staged_parser *parser = two_levels(false);
    assert_taken(parser, STAGED_TEXTS("--level", "5", "run"), "level", "5");
    assert_taken(parser, STAGED_TEXTS("--level", "5", "run", "--level", "6"), "level", "6");
    assert_taken(parser, STAGED_TEXTS("run", "--level", "6"), "level", "6");
    assert_taken(parser, STAGED_TEXTS("run"), "level", "2");
    assert_taken(parser, STAGED_TEXTS("--name", "x", "run"), "name", "'x'");
    assert_taken(parser, STAGED_TEXTS("run"), "name", "'inner'");
    setenv("STAGED_TEST_NAME", "variable", 1);
    assert_taken(parser, STAGED_TEXTS("run"), "name", "'variable'");
    unsetenv("STAGED_TEST_NAME");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--level", "5", "run"));
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    staged_namespace_free(ns);
    staged_parser_free(parser);

    parser = two_levels(true);
    assert_taken(parser, STAGED_TEXTS("--level", "5", "run"), "level", "2");
    assert_taken(parser, STAGED_TEXTS("--name", "x", "run"), "name", "'inner'");
    staged_parser_free(parser);
}

TEST_GROUP(take)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults_of_commands),
        cmocka_unit_test(test_storing),
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_extending_by_characters),
        cmocka_unit_test(test_counting),
        cmocka_unit_test(test_rest),
        cmocka_unit_test(test_defaults_that_are_text),
        cmocka_unit_test(test_choices_of_lists),
        cmocka_unit_test(test_exclusive_sets),
        cmocka_unit_test(test_help_and_version),
        cmocka_unit_test(test_help_of_a_command),
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args take", tests, NULL, NULL);
}
