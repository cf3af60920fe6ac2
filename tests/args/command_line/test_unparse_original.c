/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/command_line/unparse.h"

#include "lines.h"

/* Where the words of reverse_argparse read back, they are what is shown. */
static void test_order_and_flags(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "word");
    staged_parser_add_argument(parser, "-s --long");
    staged_parser_add_argument(parser, "-v --verbose", .action = STAGED_ARG_COUNT,
                               .default_text = "1");
    staged_parser_add_argument(parser, "--list", .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "--more", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "--quiet", .action = STAGED_ARG_STORE_FALSE);
    staged_parser_add_argument(parser, "--both", .action = STAGED_ARG_BOOLEAN);
    staged_parser_add_argument(parser, "--hidden", .help = STAGED_ARG_SUPPRESS,
                               .default_text = "h");
    assert_line(parser, STAGED_TEXTS("w"), "w");
    assert_line(parser,
                STAGED_TEXTS("--more", "1", "-s", "x", "--more=2", "-vv", "--quiet", "w",
                             "--no-both", "--list", "a", "--list=b c"),
                "--long x -vv --list a --list 'b c' --more 1 2 --quiet --no-both w");
    staged_parser_free(parser);
}

/* Two options for one destination: both say it. */
static void test_shared_destination(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-b", .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "--b");
    assert_line(parser, STAGED_TEXTS("-b", "x", "--b", "y"), "-b y --b y");
    staged_parser_free(parser);
}

static void test_commands(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "word", .nargs = STAGED_NARGS_OPTIONAL);
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser_add_argument(staged_commands_add(commands, "run", NULL), "--fast",
                               .action = STAGED_ARG_STORE_TRUE);
    staged_commands_add(commands, "stop", NULL);
    assert_line(parser, STAGED_TEXTS("w", "run", "--fast"), "w run --fast");
    /* What has nothing to show is left out, but where its place would be taken for another one. */
    assert_line(parser, STAGED_TEXTS("stop"), "");
    assert_line(parser, STAGED_TEXTS("w", "stop"), "w stop");
    staged_parser_free(parser);
}

/* A command that was not given is not shown, even where its defaults would be the same. */
static void test_no_other_command(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--level");
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser_add_argument(staged_commands_add(commands, "run", NULL), "--level");
    assert_line(parser, STAGED_TEXTS("--level", "3"), "--level 3");
    staged_parser_free(parser);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--list", .action = STAGED_ARG_APPEND);
    staged_commands *commands =
        staged_parser_add_commands(parser, &(staged_commands_options){.dest = "command"});
    staged_parser_add_argument(staged_commands_add(commands, "run", NULL), "-v",
                               .action = STAGED_ARG_COUNT);
    torture_line(parser, STAGED_TEXTS("--list", "a", "run", "-vv"), 8);
    staged_parser_free(parser);
}

TEST_GROUP(unparse_original)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_flags), cmocka_unit_test(test_shared_destination),
        cmocka_unit_test(test_commands),        cmocka_unit_test(test_no_other_command),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args unparse_original", tests, NULL, NULL);
}
