/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/args.h>

#include "support.h"

static void test_all_defaults(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(NULL);
    assert_string_equal(staged_parser_prog(parser), "prog");
    assert_string_equal(staged_parser_error(parser), "");
    assert_string_equal(staged_parser_output(parser), "");
    assert_true(staged_parser_has(parser, "--help"));
    assert_true(staged_parser_has(parser, "-h"));
    assert_false(staged_parser_has(parser, "--print-man"));
    staged_parser_free(parser);
    staged_parser_free(NULL);
}

static void test_help_begins_with_a_prefix_character(void **state)
{
    (void)state;
    staged_parser *parser =
        staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prefix_chars = "+/"));
    assert_true(staged_parser_has(parser, "++help"));
    assert_true(staged_parser_has(parser, "+h"));
    staged_parser_free(parser);
    parser = staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prefix_chars = "+-"));
    assert_true(staged_parser_has(parser, "--help"));
    staged_parser_free(parser);
    parser = staged_parser_new(STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO));
    assert_false(staged_parser_has(parser, "--help"));
    staged_parser_free(parser);
}

static void test_texts_can_be_set_and_are_copied(void **state)
{
    (void)state;
    char text[] = "changing";
    staged_parser *parser = new_parser();
    staged_parser_set_prog(parser, text);
    staged_parser_set_description(parser, text);
    staged_parser_set_epilog(parser, "%(prog)s ends");
    staged_parser_set_usage(parser, "%(prog)s is used");
    staged_parser_set_formatter(parser, STAGED_HELP_RAW_TEXT);
    text[0] = 'X';
    assert_owned_text(staged_parser_help(parser, 80),
                      "usage: changing is used\n\nchanging\n\noptions:\n"
                      "  -h, --help  show this help message and exit\n\nchanging ends\n");
    staged_parser_set_usage(parser, NULL);
    assert_owned_text(staged_parser_usage(parser, 80), "usage: changing [-h]\n");
    staged_parser_set_usage(parser, STAGED_ARG_SUPPRESS);
    assert_owned_text(staged_parser_usage(parser, 80), "");
    staged_parser_set_prog(parser, NULL);
    assert_string_equal(staged_parser_prog(parser), "changing");
    staged_parser_free(parser);
}

static void test_texts_can_be_printed_for_shells_and_man(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .prog = "prog", .print_options = STAGED_YES));
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, &ns, "--print-completion", "bash"), STAGED_EXIT);
    assert_contains(staged_parser_output(parser), "complete -F _prog");
    assert_int_equal(parse(parser, &ns, "--print-man"), STAGED_EXIT);
    assert_contains(staged_parser_output(parser), ".TH \"PROG\"");
    assert_refused(parser, "invalid choice: 'csh' (choose from bash, zsh, fish)",
                   "--print-completion", "csh");
    assert_owned_text(staged_parser_usage(parser, 80), "usage: prog [-h]\n");
    assert_int_equal(parse_nothing(parser, &ns), STAGED_OK);
    assert_null(staged_namespace_value(ns, "print_man"));
    staged_namespace_free(ns);
    staged_argument_set_help(staged_parser_find(parser, "--print-man"), "Print the man page.");
    assert_owned_text(staged_parser_usage(parser, 80), "usage: prog [-h] [--print-man]\n");
    staged_parser_free(parser);
}

/* ---- Without memory ---- */

static staged_status of_text(char *text)
{
    const staged_status status = text == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    free(text);
    return status;
}

static staged_parser *make_parser(void)
{
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .prog = "prog", .description = "What %(prog)s does.",
                       .formatter = STAGED_HELP_WITH_DEFAULTS, .print_options = STAGED_YES,
                       .suggest = STAGED_YES));
    if (parser == NULL)
        return NULL;
    staged_argument_group *group = staged_parser_add_group(parser, "more", "More of it.");
    staged_argument_group *set = staged_argument_group_add_exclusive(group, false);
    staged_parser_add_argument(parser, "-s --stage", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .choices = STAGED_TEXTS("hello", "goodbye"), .help = "%(choices)s");
    staged_parser_add_argument(parser, "--path", .type = STAGED_ARG_PATH, .default_text = "a//b");
    staged_parser_add_argument(parser, "--number", .type = STAGED_ARG_FLOAT, .default_text = "1.5");
    staged_parser_add_argument(parser, "--many", .action = STAGED_ARG_APPEND,
                               .default_list = STAGED_TEXTS("one"));
    staged_parser_add_argument(parser, "--more", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .environment = "STAGED_TEST_MORE");
    staged_parser_add_argument(parser, "-v --verbose", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "--cache", .action = STAGED_ARG_BOOLEAN);
    staged_argument_group_add_argument(set, "--left", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "--right", .metavars = STAGED_TEXTS("A", "B"),
                                       .nargs = 2);
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command", .help = "Commands."));
    staged_parser *add = staged_commands_add(
        commands,
        STAGED_OPTIONS(staged_command_options, .help = "Adds.", .aliases = STAGED_TEXTS("a")),
        "add");
    if (add != NULL) {
        staged_parser_add_argument(add, "what", .nargs = STAGED_NARGS_ZERO_OR_MORE);
        staged_parser_set_default_text(add, "why", "because");
    }
    staged_parser_set_default_list(parser, "stage", STAGED_TEXTS("hello"));
    return parser;
}

static staged_status use_parser(void *context)
{
    (void)context;
    staged_parser *parser = make_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_namespace *ns = NULL;
    staged_status status = parse(parser, &ns, "-sgoodbye", "--num=2", "--many", "x", "-vv",
                                 "--no-cache", "--right", "1", "2", "add", "--", "-x");
    if (status == STAGED_OK)
        status = of_text(staged_parser_command_line(parser, ns, 4));
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return status;
}

/* Fails only once the parser is made. */
static staged_status write_texts(void *context)
{
    const staged_parser *parser = context;
    staged_status status = of_text(staged_parser_help(parser, 40));
    if (status == STAGED_OK)
        status = of_text(staged_parser_help(parser, 120));
    if (status == STAGED_OK)
        status = of_text(staged_parser_usage(parser, 30));
    if (status == STAGED_OK)
        status = of_text(staged_parser_man_page(parser));
    for (size_t i = 0; status == STAGED_OK && i < 3; i++)
        status = of_text(
            staged_parser_completion(parser, ((const char *const[]){"bash", "zsh", "fish"})[i]));
    return status;
}

static staged_status refuse(void *context)
{
    staged_parser *parser = context;
    static const char *const words[][3] = {{"--staeg", "x"},  {"--stage", "helo"},
                                           {"--number", "x"}, {"--right", "x"},
                                           {"--left", "--m"}, {"--print-completion", "fish"},
                                           {"--left=1"},      {"--help"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        staged_namespace *ns = NULL;
        const staged_status status = parse_words(parser, &ns, words[i]);
        staged_namespace_free(ns);
        if (status != STAGED_BAD_INPUT && status != STAGED_EXIT)
            return status;
    }
    return STAGED_OK;
}

/* What a failed staged_parser_new answers need not be looked at. */

static void test_out_of_memory(void **state)
{
    (void)state;
    setenv("COLUMNS", "60", 1);
    setenv("STAGED_TEST_MORE", "this that", 1);
    assert_true(torture(use_parser, NULL) > 50);
    staged_parser *parser = make_parser();
    assert_true(torture(write_texts, parser) > 50);
    assert_true(torture(refuse, parser) > 50);
    staged_parser_free(parser);
    unsetenv("STAGED_TEST_MORE");
}

static void test_no_parser(void **state)
{
    (void)state;
    staged_parser *parser = NULL;
    assert_null(staged_parser_add_argument(parser, "--x"));
    staged_parser_add_arguments(parser, STAGED_OPTIONS(staged_argument_options, .flags = "--x"), 1);
    assert_null(staged_parser_add_group(parser, "x", NULL));
    assert_null(staged_parser_add_exclusive(parser, true));
    assert_null(staged_parser_add_commands(parser, NULL));
    assert_null(staged_commands_add(NULL, NULL, "x"));
    assert_null(staged_argument_group_add_argument(NULL, "--x"));
    assert_null(staged_argument_group_add_exclusive(NULL, true));
    assert_null(staged_parser_find(parser, "--x"));
    assert_null(staged_parser_find_group(parser, "x"));
    assert_false(staged_parser_has(parser, "--x"));
    staged_parser_set_default(parser, "x", staged_value_int(1));
    staged_parser_set_default_text(parser, "x", "1");
    staged_parser_set_default_list(parser, "x", STAGED_TEXTS("1"));
    staged_parser_set_prog(parser, "x");
    staged_parser_set_description(parser, "x");
    staged_parser_set_epilog(parser, "x");
    staged_parser_set_usage(parser, "x");
    staged_parser_set_formatter(parser, STAGED_HELP_RAW_TEXT);
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, &ns, "--x"), STAGED_NO_MEMORY);
    assert_int_equal(staged_parser_check(parser), STAGED_NO_MEMORY);
    assert_int_equal(staged_parser_fail(parser, "x"), STAGED_NO_MEMORY);
    assert_string_equal(staged_parser_error(parser), "out of memory\n");
    assert_string_equal(staged_parser_output(parser), "");
    assert_string_equal(staged_parser_prog(parser), "");
    assert_null(staged_parser_help(parser, 0));
    assert_null(staged_parser_usage(parser, 0));
    assert_null(staged_parser_man_page(parser));
    assert_null(staged_parser_completion(parser, "bash"));
    assert_null(staged_parser_command_line(parser, ns, 0));
    assert_int_equal(staged_namespace_set(ns, "x", staged_value_int(1)), STAGED_BAD_USE);
    assert_int_equal(staged_namespace_set_list(ns, "x", STAGED_TEXTS("1")), STAGED_BAD_USE);
}

TEST_GROUP(new_parser)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_defaults),
        cmocka_unit_test(test_help_begins_with_a_prefix_character),
        cmocka_unit_test(test_texts_can_be_set_and_are_copied),
        cmocka_unit_test(test_texts_can_be_printed_for_shells_and_man),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_no_parser),
    };
    return cmocka_run_group_tests_name("args new_parser", tests, NULL, NULL);
}
