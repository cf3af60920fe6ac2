/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/help/help.h"

#include "parsing.h"

static void assert_invocation(const staged_argument_options *options, const char *expected)
{
    stg_buf out = {0};
    staged_parser *parser = bare_parser();
    stg_add_invocation(&out, staged_parser_add_argument_with(parser, options), NULL);
    assert_added(&out, expected);
    staged_parser_free(parser);
}

#define ASSERT_INVOCATION(expected, ...)                                                           \
    assert_invocation(STAGED_OPTIONS(staged_argument_options, .flags = __VA_ARGS__), expected)

static void test_numbers_of_words(void **state)
{
    (void)state;
    ASSERT_INVOCATION("-f, --foo-bar FOO_BAR", "-f --foo-bar");
    ASSERT_INVOCATION("-f [F]", "-f", .nargs = STAGED_NARGS_OPTIONAL);
    ASSERT_INVOCATION("-f [F ...]", "-f", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    ASSERT_INVOCATION("-f F [F ...]", "-f", .nargs = STAGED_NARGS_ONE_OR_MORE);
    ASSERT_INVOCATION("-f F F", "-f", .nargs = 2);
    ASSERT_INVOCATION("-f ...", "-f", .nargs = STAGED_NARGS_REMAINDER);
    ASSERT_INVOCATION("-f F ...", "-f", .nargs = STAGED_NARGS_COMMAND_AND_REST);
    ASSERT_INVOCATION("-f, --no", "-f --no", .action = STAGED_ARG_STORE_TRUE);
}

static void test_names_of_words(void **state)
{
    (void)state;
    ASSERT_INVOCATION("-f FILE", "-f", .metavar = "FILE");
    ASSERT_INVOCATION("-f DEST", "-f", .dest = "dest");
    ASSERT_INVOCATION("-f [A [B ...]]", "-f", .metavars = STAGED_TEXTS("A", "B"),
                      .nargs = STAGED_NARGS_ZERO_OR_MORE);
    ASSERT_INVOCATION("-f [A ...]", "-f", .metavars = STAGED_TEXTS("A"),
                      .nargs = STAGED_NARGS_ZERO_OR_MORE);
    ASSERT_INVOCATION("-f A [B ...]", "-f", .metavars = STAGED_TEXTS("A", "B"),
                      .nargs = STAGED_NARGS_ONE_OR_MORE);
    ASSERT_INVOCATION("-f A B", "-f", .metavars = STAGED_TEXTS("A", "B"), .nargs = 2);
    ASSERT_INVOCATION("-f [{1,2} ...]", "-f", .choices = STAGED_TEXTS("1", "02"),
                      .type = STAGED_ARG_INT, .nargs = STAGED_NARGS_ZERO_OR_MORE);
    ASSERT_INVOCATION("some-name", "some-name");
    ASSERT_INVOCATION("{a,b}", "name", .choices = STAGED_TEXTS("a", "b"));
    ASSERT_INVOCATION("N", "name", .choices = STAGED_TEXTS("a", "b"), .metavar = "N");
}

static staged_status accept(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    return staged_conversion_set(conversion, staged_value_text(text));
}

static void test_names_of_types(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_formatter(parser, STAGED_HELP_METAVAR_TYPES);
    stg_buf out = {0};
    stg_add_words(&out, staged_parser_add_argument(parser, "-a", .type = STAGED_ARG_PATH));
    assert_added(&out, "Path");
    stg_add_words(&out,
                  staged_parser_add_argument(parser, "b", .convert = accept, .type_name = "date"));
    assert_added(&out, "date");
    stg_add_words(&out,
                  staged_parser_add_argument(parser, "-c", .type = STAGED_ARG_INT, .metavar = "N"));
    assert_added(&out, "N");
    /* Plain text has a type without a name. */
    stg_add_words(&out, staged_parser_add_argument(parser, "-d"));
    assert_added(&out, "D");
    staged_parser_free(parser);
}

static void assert_help(staged_parser *parser, const staged_argument_options *options,
                        const char *expected, const char *problem)
{
    stg_buf out = {0};
    const char *found = stg_add_help_text(&out, staged_parser_add_argument_with(parser, options));
    if (problem == NULL)
        assert_null(found);
    else
        assert_string_equal(found, problem);
    assert_added(&out, expected);
}

#define ASSERT_HELP(expected, problem, ...)                                                        \
    do {                                                                                           \
        staged_parser *parser_ = bare_parser();                                                    \
        assert_help(parser_, STAGED_OPTIONS(staged_argument_options, .flags = __VA_ARGS__),        \
                    expected, problem);                                                            \
        staged_parser_free(parser_);                                                               \
    } while (0)

static void test_names_in_help(void **state)
{
    (void)state;
    ASSERT_HELP("prog foo int * 1, 2 M False ['-f', '--foo'] None [1]", NULL, "-f --foo",
                .type = STAGED_ARG_INT, .nargs = STAGED_NARGS_ZERO_OR_MORE,
                .choices = STAGED_TEXTS("1", "2"), .default_list = STAGED_TEXTS("1"),
                .metavar = "M",
                .help = "%(prog)s %(dest)s %(type)s %(nargs)s %(choices)s %(metavar)s "
                        "%(required)s %(option_strings)s %(const)s %(default)r");
    ASSERT_HELP("None None None None []", NULL, "name",
                .help = "%(type)s %(nargs)s %(choices)s %(metavar)s %(option_strings)s");
    ASSERT_HELP("('A', 'B') 2 002", NULL, "-f", .nargs = 2, .metavars = STAGED_TEXTS("A", "B"),
                .help = "%(metavar)s %(nargs)s %(nargs)03d");
    ASSERT_HELP("True 0", NULL, "-f", .action = STAGED_ARG_STORE_CONST,
                .const_value = {.kind = STAGED_VALUE_BOOL, .as.boolean = true},
                .help = "%(const)s %(nargs)s");
    ASSERT_HELP("1.0", NULL, "-V", .action = STAGED_ARG_VERSION, .version = "1.0",
                .help = "%(version)s");
    const char *unknown = "unknown name after %";
    ASSERT_HELP("%(version)s", unknown, "-f", .help = "%(version)s");
    ASSERT_HELP("%(default)s", unknown, "-f", .help = "%(default)s",
                .default_text = STAGED_ARG_SUPPRESS);
    ASSERT_HELP("%(kind)s [env: X]", unknown, "-f", .help = "%(kind)s", .environment = "X");
}

static void test_defaults_in_help(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_formatter(parser, STAGED_HELP_WITH_DEFAULTS);
    const staged_argument_options cases[] = {
        {.size = sizeof(staged_argument_options),
         .flags = "-a",
         .help = "A.",
         .default_text = "x",
         .environment = "X"},
        {.size = sizeof(staged_argument_options), .flags = "-b", .help = "%(default)s"},
        {.size = sizeof(staged_argument_options),
         .flags = "-c",
         .help = "C.",
         .default_text = STAGED_ARG_SUPPRESS},
        {.size = sizeof(staged_argument_options), .flags = "d", .help = "D."},
        {.size = sizeof(staged_argument_options),
         .flags = "e",
         .help = "E.",
         .nargs = STAGED_NARGS_OPTIONAL},
    };
    static const char *const texts[] = {"A. (default: x) [env: X]", "None", "C.", "D.",
                                        "E. (default: None)"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_help(parser, &cases[i], texts[i], NULL);
    staged_parser_free(parser);
}

static void test_program_name(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    stg_buf out = {0};
    assert_null(stg_add_with_prog(&out, parser, "%(prog)s is 100%% %(prog)s"));
    assert_added(&out, "prog is 100% prog");
    assert_non_null(stg_add_with_prog(&out, parser, "%(default)s"));
    assert_added(&out, "%(default)s");
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    stg_buf out = {0};
    assert_null(stg_add_help_text(&out, context));
    stg_add_invocation(&out, context, NULL);
    const staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_formatter(parser, STAGED_HELP_WITH_DEFAULTS);
    staged_argument *argument = staged_parser_add_argument(
        parser, "-a --all", .choices = STAGED_TEXTS("a", "b"), .default_text = "a",
        .help = "One of %(choices)s, which is written %(option_strings)s, if you please.");
    assert_in_range(torture(use, argument), 5, 40);
    staged_parser_free(parser);
}

TEST_GROUP(metavar)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_of_words), cmocka_unit_test(test_names_of_words),
        cmocka_unit_test(test_names_of_types),   cmocka_unit_test(test_names_in_help),
        cmocka_unit_test(test_defaults_in_help), cmocka_unit_test(test_program_name),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args metavar", tests, NULL, NULL);
}
