/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What man makes of a page is tested in tests/completion. */
#include "support.h"

static staged_parser *documented_parser(void)
{
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .prog = "my-tool", .description = "Does things. And\n  others.",
        .epilog = "raw\n.line", .formatter = STAGED_HELP_RAW_DESCRIPTION));
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE,
                               .help = "A `flag`~^\\.");
    staged_parser_add_argument(parser, "--bare");
    staged_parser_add_argument(parser, "--hidden", .help = STAGED_ARG_SUPPRESS);
    staged_parser_add_group(parser, "empty", NULL);
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .title = "commands"));
    staged_commands_add(commands,
                        STAGED_OPTIONS(staged_command_options, .help = "Adds.",
                                       .parser = STAGED_OPTIONS(staged_parser_options,
                                                                .epilog = "More of %(prog)s.")),
                        "add");
    staged_commands_add(commands, NULL, "secret");
    return parser;
}

static void test_page(void **state)
{
    (void)state;
    staged_parser *parser = documented_parser();
    assert_owned_text(
        staged_parser_man_page(parser),
        ".TH \"MY-TOOL\" \"1\"\n.nh\n.ad l\n"
        ".SH NAME\nmy\\-tool \\- Does things\n"
        ".SH SYNOPSIS\nmy\\-tool [\\-h] [\\-\\-flag] [\\-\\-bare BARE] {add,secret} ...\n"
        ".SH DESCRIPTION\n.nf\nDoes things. And\n  others.\n.fi\n"
        ".SH OPTIONS\n"
        ".TP\n\\fB\\-h, \\-\\-help\\fR\nshow this help message and exit\n"
        ".TP\n\\fB\\-\\-flag\\fR\nA \\(gaflag\\(ga\\(ti\\(ha\\e.\n"
        ".TP\n\\fB\\-\\-bare BARE\\fR\n\\&\n"
        ".SH COMMANDS\n.TP\n\\fB{add,secret}\\fR\n\\&\n.TP\n\\fBadd\\fR\nAdds.\n"
        ".SH my\\-tool add\nAdds.\n.PP\nmy\\-tool add [\\-h]\n.SS OPTIONS\n"
        ".TP\n\\fB\\-h, \\-\\-help\\fR\nshow this help message and exit\n"
        ".SS NOTES\nMore of my\\-tool add.\n"
        ".SH NOTES\n.nf\nraw\n\\&.line\n.fi\n");
    staged_parser_free(parser);
}

static void test_own_usage(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO,
                       .usage = "%(prog)s   one\n       %(prog)s two\n\n       .three"));
    assert_owned_text(staged_parser_man_page(parser),
                      ".TH \"PROG\" \"1\"\n.nh\n.ad l\n.SH NAME\nprog \\- prog\n"
                      ".SH SYNOPSIS\nprog one\n.br\nprog two\n.br\n\\&.three\n");
    staged_parser_free(parser);
}

static void test_nothing_said(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .usage = STAGED_ARG_SUPPRESS));
    assert_owned_text(staged_parser_man_page(parser),
                      ".TH \"PROG\" \"1\"\n.nh\n.ad l\n.SH NAME\nprog \\- prog\n");
    staged_parser_free(parser);
}

static staged_status write_page(void *context)
{
    char *page = staged_parser_man_page(context);
    const staged_status status = page == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    free(page);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = documented_parser();
    assert_true(torture(write_page, parser) > 10);
    staged_parser_free(parser);
}

TEST_GROUP(man)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_own_usage),
        cmocka_unit_test(test_nothing_said),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args man", tests, NULL, NULL);
}
