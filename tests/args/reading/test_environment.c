/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/parse.h"

#include "parsing.h"

static int forget_variable(void **state)
{
    (void)state;
    return unsetenv("STAGED_TEST");
}

/* What an argument is with the variable set (NULL: not set). */
static void assert_with(const staged_argument_options *options, const char *variable,
                        const char *expected)
{
    staged_argument_options with = *options;
    with.environment = "STAGED_TEST";
    staged_parser *parser = bare_parser();
    const char *dest = staged_argument_dest(staged_parser_add_argument_with(parser, &with));
    if (variable == NULL)
        unsetenv("STAGED_TEST");
    else
        setenv("STAGED_TEST", variable, 1);
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_value(ns, dest, expected);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

#define ASSERT_WITH(variable, expected, ...)                                                       \
    assert_with(STAGED_OPTIONS(staged_argument_options, .flags = __VA_ARGS__), variable, expected)

static void test_variable_goes_before_the_default(void **state)
{
    (void)state;
    ASSERT_WITH("5", "5", "--number", .type = STAGED_ARG_INT, .default_text = "3");
    ASSERT_WITH(NULL, "3", "--number", .type = STAGED_ARG_INT, .default_text = "3");
    ASSERT_WITH("a//b", "PosixPath('a/b')", "path", .type = STAGED_ARG_PATH,
                .nargs = STAGED_NARGS_OPTIONAL);
    ASSERT_WITH("x", "'x'", "--needed", .required = true);
    ASSERT_WITH("x", "'x'", "needed");
}

/* A variable that is set but empty counts as not set, whatever the argument is. */
static void test_empty_variable(void **state)
{
    (void)state;
    ASSERT_WITH("", "'x'", "--text", .default_text = "x");
    ASSERT_WITH("", "5", "--number", .type = STAGED_ARG_INT, .default_text = "5");
    ASSERT_WITH("", "None", "--path", .type = STAGED_ARG_PATH);
    ASSERT_WITH("", "PosixPath('a')", "path", .type = STAGED_ARG_PATH,
                .nargs = STAGED_NARGS_OPTIONAL, .default_text = "a");
    ASSERT_WITH("", "'a'", "--choice", .choices = STAGED_TEXTS("a", "b"), .default_text = "a");
    ASSERT_WITH("", "False", "--flag", .action = STAGED_ARG_STORE_TRUE);
    ASSERT_WITH("", "True", "--flag", .action = STAGED_ARG_BOOLEAN, .default_text = "yes");
    ASSERT_WITH("", "['x']", "--list", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                .default_list = STAGED_TEXTS("x"));
    ASSERT_WITH("", "None", "--list", .action = STAGED_ARG_APPEND);
}

static void test_empty_variable_gives_nothing(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--needed", .required = true, .environment = "STAGED_TEST");
    setenv("STAGED_TEST", "", 1);
    staged_namespace *ns = NULL;
    assert_int_equal(staged_parser_parse(parser, 0, NULL, &ns), STAGED_BAD_INPUT);
    assert_non_null(strstr(staged_parser_error(parser), "required: --needed"));
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_flags(void **state)
{
    (void)state;
    ASSERT_WITH("yes", "True", "--flag", .action = STAGED_ARG_STORE_TRUE);
    ASSERT_WITH("0", "False", "--flag", .action = STAGED_ARG_BOOLEAN);
    ASSERT_WITH("4", "4", "-v", .action = STAGED_ARG_COUNT);
}

static void test_lists(void **state)
{
    (void)state;
    ASSERT_WITH("  1 2\t3\n", "[1, 2, 3]", "--list", .type = STAGED_ARG_INT,
                .nargs = STAGED_NARGS_ZERO_OR_MORE);
    ASSERT_WITH("a", "['a']", "--list", .action = STAGED_ARG_APPEND);
    ASSERT_WITH(" ", "[]", "list", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                .default_list = STAGED_TEXTS("x"));
}

static staged_parser *parser_with(const char *variable)
{
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--number", .type = STAGED_ARG_INT,
                               .environment = "STAGED_TEST", .choices = STAGED_TEXTS("1", "2"));
    setenv("STAGED_TEST", variable, 1);
    return parser;
}

static void test_command_line_goes_before_the_variable(void **state)
{
    (void)state;
    staged_parser *parser = parser_with("1");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--number", "2"));
    assert_value(ns, "number", "2");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_bad_variable(void **state)
{
    (void)state;
    staged_parser *parser = parser_with("x");
    assert_refused(parser, NOTHING,
                   "argument --number: environment variable STAGED_TEST: invalid int value: 'x'\n");
    setenv("STAGED_TEST", "3", 1);
    assert_refused(parser, NOTHING,
                   "argument --number: environment variable STAGED_TEST: invalid choice: '3' "
                   "(choose from 1, 2)\n");
    /* It matters only while nothing is given. */
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("--number", "2")));
    staged_parser_free(parser);

    parser = bare_parser();
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE,
                               .environment = "STAGED_TEST");
    setenv("STAGED_TEST", "perhaps", 1);
    assert_refused(parser, NOTHING,
                   "argument --flag: environment variable STAGED_TEST: expected yes, no or a "
                   "number, not 'perhaps'\n");
    staged_parser_free(parser);
}

static void test_help_names_the_variable(void **state)
{
    (void)state;
    staged_parser *parser = parser_with("1");
    staged_argument_set_help(staged_parser_find(parser, "--number"), "How many.");
    assert_text(staged_parser_help(parser, 80), "usage: prog [--number {1,2}]\n"
                                                "\n"
                                                "options:\n"
                                                "  --number {1,2}  How many. [env: STAGED_TEST]\n");
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_namespace *ns = NULL;
    staged_parser_add_argument(parser, "--list", .type = STAGED_ARG_INT,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE, .environment = "STAGED_TEST");
    setenv("STAGED_TEST", "1 2 3", 1);
    staged_status status = parse(parser, NOTHING, &ns);
    if (status == STAGED_OK)
        assert_int_equal(staged_namespace_value(ns, "list")->as.items[2].as.integer, 3);
    staged_namespace_free(ns);
    if (status == STAGED_OK) {
        setenv("STAGED_TEST", "1 x", 1);
        status = parse(parser, NOTHING, &ns);
        assert_true(status == STAGED_BAD_INPUT || status == STAGED_NO_MEMORY);
        status = status == STAGED_BAD_INPUT ? STAGED_OK : status;
    }
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 20, 200);
}

TEST_GROUP(environment)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_variable_goes_before_the_default, forget_variable),
        cmocka_unit_test_teardown(test_empty_variable, forget_variable),
        cmocka_unit_test_teardown(test_empty_variable_gives_nothing, forget_variable),
        cmocka_unit_test_teardown(test_empty_variable, forget_variable),
        cmocka_unit_test_teardown(test_empty_variable_gives_nothing, forget_variable),
        cmocka_unit_test_teardown(test_flags, forget_variable),
        cmocka_unit_test_teardown(test_lists, forget_variable),
        cmocka_unit_test_teardown(test_command_line_goes_before_the_variable, forget_variable),
        cmocka_unit_test_teardown(test_bad_variable, forget_variable),
        cmocka_unit_test_teardown(test_help_names_the_variable, forget_variable),
        cmocka_unit_test_teardown(test_out_of_memory, forget_variable),
    };
    return cmocka_run_group_tests_name("args environment", tests, NULL, NULL);
}
