/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/args.h>

#include "lines.h"

static staged_parser *with_commands(void)
{
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--outer");
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command"));
    staged_parser *run = staged_commands_add(
        commands,
        STAGED_OPTIONS(staged_command_options, .aliases = STAGED_TEXTS("r"),
                       .parser = STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO)),
        "run");
    staged_parser_add_argument(run, "--fast", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(run, "word");
    return parser;
}

static void assert_written(staged_parser *parser, const char *const *words, int indent,
                           const char *expected)
{
    staged_namespace *ns = assert_parsed(parser, words);
    assert_text(staged_parser_command_line(parser, ns, indent), expected);
    staged_namespace_free(ns);
}

static void test_lines(void **state)
{
    (void)state;
    staged_parser *parser = with_commands();
    const char *const *words = STAGED_TEXTS("--outer", "a b", "run", "--fast", "x");
    assert_written(parser, words, -1, "prog --outer 'a b' run --fast x");
    assert_written(parser, words, 0, "prog \\\n--outer 'a b' \\\nrun \\\n--fast \\\nx");
    assert_written(parser, words, 4,
                   "prog \\\n    --outer 'a b' \\\n    run \\\n        --fast \\\n        x");
    assert_written(parser, NOTHING, 4, "prog");
    staged_parser_free(parser);
}

static void test_program_name(void **state)
{
    (void)state;
    staged_parser *parser = with_commands();
    /* It may be several words. */
    staged_parser_set_prog(parser, "python x.py");
    assert_written(parser, STAGED_TEXTS("--outer", "1"), -1, "python x.py --outer 1");
    staged_parser_set_prog(parser, "");
    assert_written(parser, STAGED_TEXTS("--outer", "1"), -1, "--outer 1");
    assert_written(parser, STAGED_TEXTS("--outer", "1"), 2, "  --outer 1");
    assert_written(parser, NOTHING, -1, "");
    staged_parser_free(parser);
}

static void test_quotes(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_written(parser, STAGED_TEXTS("", "it's", "a\nb", "$x", "plain-1.0"), -1,
                   "prog '' 'it'\"'\"'s' 'a\nb' '$x' plain-1.0");
    staged_parser_free(parser);
}

static void test_commands(void **state)
{
    (void)state;
    staged_parser *parser = with_commands();
    assert_line(parser, STAGED_TEXTS("r", "x", "--fast"), "r --fast x");
    assert_line(parser, STAGED_TEXTS("run", "--", "-x"), "run -- -x");
    assert_line(parser, NOTHING, "");
    staged_parser_free(parser);
}

static void test_exclusive_sets(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "--text", .default_text = "standard");
    staged_argument_group_add_argument(set, "--other", .default_text = "another");
    staged_argument_group_add_argument(set, "--flag", .action = STAGED_ARG_STORE_TRUE);
    assert_line(parser, STAGED_TEXTS("--other", "x"), "--other x");
    assert_line(parser, STAGED_TEXTS("--flag"), "--flag");
    /* Defaults of members would exclude each other. */
    assert_line(parser, NOTHING, "");
    staged_parser_free(parser);

    parser = bare_parser();
    set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-b");
    assert_line(parser, STAGED_TEXTS("-b", "1"), "-b 1");
    assert_line(parser, STAGED_TEXTS("-a"), "-a");
    staged_parser_free(parser);
}

/* In the order in which the arguments were declared. */
static void test_order(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "last", .nargs = STAGED_NARGS_OPTIONAL);
    staged_parser_add_argument(parser, "-b");
    staged_parser_add_argument(parser, "-a");
    assert_line(parser, STAGED_TEXTS("-a", "1", "x", "-b", "2"), "-b 2 -a 1 x");
    staged_parser_free(parser);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = with_commands();
    torture_line(parser, STAGED_TEXTS("--outer", "a b", "r", "--fast", "--", "-x"), 10);
    staged_parser_free(parser);
}

/* Of two members the one is shown that nothing else says. */
static void test_members_that_are_said_elsewhere(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--depth");
    staged_argument_group *set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "--max-depth", .dest = "depth");
    staged_argument_group_add_argument(set, "--colour");
    assert_line(parser, STAGED_TEXTS("--colour", "red", "--depth", "3"), "--depth 3 --colour red");
    staged_parser_free(parser);
}

TEST_GROUP(command_line)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_program_name),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_exclusive_sets),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_members_that_are_said_elsewhere),
    };
    return cmocka_run_group_tests_name("args command_line", tests, NULL, NULL);
}
