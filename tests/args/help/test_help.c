/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/help/help.h"

#include <stdio.h>

#include "parsing.h"

static void test_layout(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options,
        .description = "  Some words about %(prog)s that do not fit\n into one line of text.",
        .epilog = "The end."));
    staged_parser_add_argument(parser, "-f --file", .metavar = "FILE",
                               .help = "The file to read, which is described at length.");
    staged_parser_add_argument(parser, "--a-very-long-option-name", .help = "Its help is below.");
    staged_parser_add_argument(parser, "--bare");
    staged_parser_add_argument(parser, "--blank", .help = " ");
    staged_parser_add_argument(parser, "--hidden", .help = STAGED_ARG_SUPPRESS);
    staged_parser_add_argument(parser, "name", .help = "A name.");
    assert_text(staged_parser_help(parser, 50),
                "usage: prog [-h] [-f FILE]\n"
                "            [--a-very-long-option-name A_VERY_LONG_OPTION_NAME]\n"
                "            [--bare BARE] [--blank BLANK]\n"
                "            name\n"
                "\n"
                "Some words about prog that do not fit into one\n"
                "line of text.\n"
                "\n"
                "positional arguments:\n"
                "  name                  A name.\n"
                "\n"
                "options:\n"
                "  -h, --help            show this help message\n"
                "                        and exit\n"
                "  -f, --file FILE       The file to read, which\n"
                "                        is described at length.\n"
                "  --a-very-long-option-name A_VERY_LONG_OPTION_NAME\n"
                "                        Its help is below.\n"
                "  --bare BARE\n"
                "  --blank BLANK         \n"
                "\n"
                "The end.\n");
    staged_parser_free(parser);
}

/* Wide characters have two columns, what stands over another character has none. */
static void test_columns(void **state)
{
    (void)state;
    staged_parser *parser =
        staged_parser_new(STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO));
    staged_parser_add_argument(parser, "--\u540d\u524d", .metavar = "\u5024", .help = "\u5e45 x");
    staged_parser_add_argument(parser, "--e\u0301", .metavar = "X", .help = "Wide.");
    staged_parser_add_argument(parser, "--narrow",
                               .help = "\u5e45\u5e45 \u5e45\u5e45 \u5e45\u5e45 \u5e45\u5e45");
    assert_text(staged_parser_help(parser, 41),
                "usage: prog [--\u540d\u524d \u5024] [--e\u0301 X]\n"
                "            [--narrow NARROW]\n"
                "\n"
                "options:\n"
                "  --\u540d\u524d \u5024        \u5e45 x\n"
                "  --e\u0301 X            Wide.\n"
                "  --narrow NARROW  \u5e45\u5e45 \u5e45\u5e45 \u5e45\u5e45 \u5e45\u5e45\n");
    staged_parser_free(parser);
}

static void test_raw_descriptions(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .description = "  One\n\n  two %(prog)s\n",
                       .epilog = "x\ny", .formatter = STAGED_HELP_RAW_DESCRIPTION));
    assert_text(staged_parser_help(parser, 50), "usage: prog [-h]\n"
                                                "\n"
                                                "  One\n"
                                                "\n"
                                                "  two prog\n"
                                                "\n"
                                                "options:\n"
                                                "  -h, --help  show this help message and exit\n"
                                                "\n"
                                                "x\n"
                                                "y\n");
    staged_parser_free(parser);
}

static void test_raw_texts(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_formatter(parser, STAGED_HELP_RAW_TEXT);
    staged_parser_set_description(parser, "a\n  b");
    staged_parser_add_argument(parser, "-f", .help = "one\n  two   three\n");
    assert_text(staged_parser_help(parser, 50), "usage: prog [-f F]\n"
                                                "\n"
                                                "a\n"
                                                "  b\n"
                                                "\n"
                                                "options:\n"
                                                "  -f F  one\n"
                                                "          two   three\n");
    staged_parser_free(parser);
}

static void test_defaults_and_types(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_formatter(parser, STAGED_HELP_WITH_DEFAULTS | STAGED_HELP_METAVAR_TYPES);
    staged_parser_add_argument(parser, "-n", .help = "Number.", .type = STAGED_ARG_INT,
                               .default_text = "3");
    staged_parser_add_argument(parser, "--flag", .help = "Flag.", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--done", .help = "Said: %(default)s.",
                               .type = STAGED_ARG_STR, .default_text = "x");
    staged_parser_add_argument(parser, "pos", .help = "Pos.", .type = STAGED_ARG_FLOAT);
    staged_parser_add_argument(parser, "opt", .help = "Opt.", .type = STAGED_ARG_FLOAT,
                               .nargs = STAGED_NARGS_OPTIONAL, .default_text = STAGED_ARG_SUPPRESS);
    assert_text(staged_parser_help(parser, 50), "usage: prog [-n int] [--flag] [--done str]\n"
                                                "            float [float]\n"
                                                "\n"
                                                "positional arguments:\n"
                                                "  float       Pos.\n"
                                                "  float       Opt.\n"
                                                "\n"
                                                "options:\n"
                                                "  -n int      Number. (default: 3)\n"
                                                "  --flag      Flag. (default: False)\n"
                                                "  --done str  Said: x.\n");
    staged_parser_free(parser);
}

static void test_characters_not_bytes(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--\xc3\xa9",
                               .help = "wide wide wide wide wide wide wide wide wide wide");
    assert_text(staged_parser_help(parser, 50),
                "usage: prog [--\xc3\xa9 \xc3\x89]\n"
                "\n"
                "options:\n"
                "  --\xc3\xa9 \xc3\x89  wide wide wide wide wide wide wide wide\n"
                "         wide wide\n");
    staged_parser_free(parser);
}

/* However narrow the terminal is. */
static void test_narrow_terminals(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_description(parser, "abcdefghijklm");
    staged_parser_add_argument(parser, "-f", .help = "abcdefghijklm");
    assert_text(staged_parser_help(parser, 1), "usage: prog\n"
                                               "       [-f F]\n"
                                               "\n"
                                               "abcdefghijk\n"
                                               "lm\n"
                                               "\n"
                                               "options:\n"
                                               "  -f F\n"
                                               "    abcdefghijk\n"
                                               "    lm\n");
    staged_parser_free(parser);
}

static void test_help_column(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .help_column = 32));
    staged_parser_add_argument(parser, "--a-rather-long-flag", .help = "What it is for.");
    const char *usage = "usage: prog [--a-rather-long-flag A_RATHER_LONG_FLAG]\n\noptions:\n";
    char expected[300];
    snprintf(expected, sizeof expected, "%s%s", usage,
             "  --a-rather-long-flag A_RATHER_LONG_FLAG\n"
             "                                What it is for.\n");
    assert_text(staged_parser_help(parser, 80), expected);
    staged_argument_set_metavar(staged_parser_find(parser, "--a-rather-long-flag"), "FLAG");
    assert_text(staged_parser_help(parser, 80), "usage: prog [--a-rather-long-flag FLAG]\n"
                                                "\n"
                                                "options:\n"
                                                "  --a-rather-long-flag FLAG  What it is for.\n");
    staged_parser_free(parser);
}

static void test_version(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    const staged_argument *version = staged_parser_add_argument(
        parser, "--version", .action = STAGED_ARG_VERSION, .version = "%(prog)s\n  1.0");
    stg_buf out = {0};
    assert_int_equal(stg_add_version(&out, version), STAGED_OK);
    assert_added(&out, "prog 1.0\n");
    assert_text(staged_parser_help(parser, 80),
                "usage: prog [--version]\n"
                "\n"
                "options:\n"
                "  --version  show program's version number and exit\n");
    staged_parser_free(parser);
}

static void test_positional_usage(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--option", .required = true);
    staged_parser_add_argument(parser, "source");
    stg_buf out = {0};
    stg_add_positional_usage(&out, parser);
    assert_added(&out, "prog source");
    staged_parser_free(parser);
}

static char *expected_help;

static staged_status use(void *context)
{
    char *help = staged_parser_help(context, 40);
    if (help == NULL)
        return STAGED_NO_MEMORY;
    assert_string_equal(help, expected_help);
    free(help);
    stg_buf out = {0};
    stg_add_positional_usage(&out, context);
    const staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .description = "About %(prog)s.", .formatter = STAGED_HELP_SCRIPT));
    staged_parser_add_argument(parser, "--option", .default_text = "x",
                               .help = "%(choices)s of it all", .choices = STAGED_TEXTS("x", "y"));
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .help = "A word.");
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_commands_add(commands, STAGED_OPTIONS(staged_command_options, .help = "Run %(prog)s."),
                        "run");
    expected_help = staged_parser_help(parser, 40);
    assert_in_range(torture(use, parser), 20, 300);
    free(expected_help);
    staged_parser_free(parser);
}

TEST_GROUP(help)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_raw_descriptions),
        cmocka_unit_test(test_raw_texts),
        cmocka_unit_test(test_defaults_and_types),
        cmocka_unit_test(test_characters_not_bytes),
        cmocka_unit_test(test_narrow_terminals),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_positional_usage),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_help_column),
    };
    return cmocka_run_group_tests_name("args help", tests, NULL, NULL);
}
