/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include "parsing.h"

static void test_find(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument *option = staged_parser_add_argument(parser, "-o --option", .dest = "target");
    staged_argument *newer = staged_parser_add_argument(parser, "--newer", .dest = "target");
    staged_argument *positional =
        staged_parser_add_argument(parser, "name", .nargs = STAGED_NARGS_OPTIONAL);
    staged_argument *hiding = staged_parser_add_argument(parser, "--for-name", .dest = "name");
    assert_ptr_equal(staged_parser_find(parser, "-o"), option);
    assert_ptr_equal(staged_parser_find(parser, "--option"), option);
    assert_ptr_equal(staged_parser_find(parser, "--newer"), newer);
    assert_ptr_equal(staged_parser_find(parser, "target"), option);
    assert_ptr_equal(staged_parser_find(parser, "--for-name"), hiding);
    assert_ptr_equal(staged_parser_find(parser, "name"), positional);
    staged_argument *first = staged_parser_add_argument(parser, "twice");
    staged_parser_add_argument(parser, "twice");
    assert_ptr_equal(staged_parser_find(parser, "twice"), first);
    assert_true(staged_parser_has(parser, "target"));
    assert_false(staged_parser_has(parser, "--opt"));
    assert_false(staged_parser_has(parser, "option"));
    assert_bugs(parser, "");
    staged_parser_free(parser);
}

static void test_unknown_one_is_a_bug(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    assert_null(staged_parser_find_at(parser, &(staged_location){"script.c", 12}, "--no-such"));
    assert_bugs(parser, "script.c:12: no argument has the flag or destination '--no-such'; add it "
                        "first, or correct the name\n");
    staged_parser_free(parser);
    parser = bare_parser();
    assert_null(staged_parser_find_at(parser, NULL, "--no-such"));
    staged_parser_set_default_text_at(parser, NULL, NULL, "x");
    assert_bugs(parser, "no argument has the flag or destination '--no-such'; add it first, or "
                        "correct the name\nthe destination of a default is NULL\n");
    staged_parser_free(parser);
}

static void test_help_and_metavar(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    char text[] = "New help.";
    staged_argument *argument = staged_parser_add_argument(
        parser, "--pair", .help = "Old help.", .nargs = 2, .metavars = STAGED_TEXTS("A", "B"));
    staged_argument_set_help(argument, text);
    text[0] = 'X';
    assert_text(staged_parser_help(parser, 80), "usage: prog [--pair A B]\n"
                                                "\n"
                                                "options:\n"
                                                "  --pair A B  New help.\n");
    staged_argument_set_metavar(argument, "M");
    staged_argument_set_help(argument, NULL);
    assert_text(staged_parser_help(parser, 80), "usage: prog [--pair M M]\n"
                                                "\n"
                                                "options:\n"
                                                "  --pair M M\n");
    staged_argument_set_metavar(argument, NULL);
    assert_text(staged_parser_usage(parser, 80), "usage: prog [--pair PAIR PAIR]\n");
    staged_argument_set_help(argument, STAGED_ARG_SUPPRESS);
    assert_text(staged_parser_help(parser, 80), "usage: prog\n");
    staged_parser_free(parser);
}

static void test_required(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument *argument = staged_parser_add_argument(parser, "--option");
    staged_argument_set_required(argument, true);
    assert_refused(parser, NOTHING, "the following arguments are required: --option\n");
    staged_argument_set_required(argument, false);
    staged_namespace_free(assert_parsed(parser, NOTHING));
    staged_parser_free(parser);
}

static void test_no_argument(void **state)
{
    (void)state;
    staged_argument_set_help(NULL, "x");
    staged_argument_set_metavar(NULL, "x");
    staged_argument_set_required(NULL, true);
    assert_string_equal(staged_argument_dest(NULL), "");
    staged_parser *parser = bare_parser();
    assert_string_equal(staged_argument_dest(staged_parser_add_argument(parser, "-a --some-one")),
                        "some_one");
    /* The place of commands has no destination unless it is given one. */
    assert_string_equal(staged_argument_dest(staged_parser_add_commands(parser, NULL)->argument),
                        "");
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_argument *argument = staged_parser_add_argument(parser, "--option");
    char large[3000];
    memset(large, 'x', sizeof large);
    large[sizeof large - 1] = '\0';
    for (int i = 0; i < 4; i++) {
        staged_argument_set_help(argument, large);
        staged_argument_set_metavar(argument, large);
    }
    const staged_status status = staged_parser_check(parser);
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 8, 60);
}

TEST_GROUP(edit)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_unknown_one_is_a_bug),
        cmocka_unit_test(test_help_and_metavar),
        cmocka_unit_test(test_required),
        cmocka_unit_test(test_no_argument),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args edit", tests, NULL, NULL);
}
