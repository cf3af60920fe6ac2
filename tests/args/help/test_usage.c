/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/help/help.h"

#include "parsing.h"

static void test_width(void **state)
{
    (void)state;
    assert_int_equal(stg_text_width(30), 28);
    setenv("COLUMNS", "50", 1);
    assert_int_equal(stg_text_width(0), 48);
    assert_int_equal(stg_text_width(30), 28);
    unsetenv("COLUMNS");
    const long standard = stg_text_width(0);
    assert_true(standard > 0);
    static const char *const useless[] = {"", "0", "-5", "x", "50x", "99999999999999999999"};
    for (size_t i = 0; i < sizeof useless / sizeof useless[0]; i++) {
        setenv("COLUMNS", useless[i], 1);
        assert_int_equal(stg_text_width(0), standard);
    }
    setenv("COLUMNS", "80", 1);
}

static staged_parser *four_options(const char *prog)
{
    const staged_parser_options options = {
        .size = sizeof options, .prog = prog, .add_help = STAGED_NO};
    staged_parser *parser = staged_parser_new(&options);
    staged_parser_add_argument(parser, "source");
    staged_parser_add_argument(parser, "--alpha");
    staged_parser_add_argument(parser, "--beta");
    staged_parser_add_argument(parser, "--gamma");
    staged_parser_add_argument(parser, "--delta");
    staged_parser_add_argument(parser, "target", .nargs = STAGED_NARGS_ONE_OR_MORE);
    return parser;
}

static void test_lines(void **state)
{
    (void)state;
    staged_parser *parser = four_options("prog");
    assert_text(staged_parser_usage(parser, 200),
                "usage: prog [--alpha ALPHA] [--beta BETA] [--gamma GAMMA] [--delta DELTA] source "
                "target [target ...]\n");
    assert_text(staged_parser_usage(parser, 50), "usage: prog [--alpha ALPHA] [--beta BETA]\n"
                                                 "            [--gamma GAMMA] [--delta DELTA]\n"
                                                 "            source target [target ...]\n");
    staged_parser_free(parser);
    parser = four_options("a-program-with-a-rather-long-name-indeed");
    assert_text(staged_parser_usage(parser, 50), "usage: a-program-with-a-rather-long-name-indeed\n"
                                                 "       [--alpha ALPHA] [--beta BETA]\n"
                                                 "       [--gamma GAMMA] [--delta DELTA]\n"
                                                 "       source target [target ...]\n");
    staged_parser_free(parser);
}

static void test_without_a_name(void **state)
{
    (void)state;
    staged_parser *parser =
        staged_parser_new(STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .prog = ""));
    staged_parser_add_argument(parser, "--a", .metavar = "X"); /* "usage: [--a X]": 14 */
    assert_text(staged_parser_usage(parser, 16), "usage: [--a X]\n");
    assert_text(staged_parser_usage(parser, 15), "usage: \n        [--a X]\n");
    staged_parser_free(parser);
}

/* The line is broken when it would be one character too long. */
static void test_exact_width(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--\xc3\xa9",
                               .metavar = "X"); /* "usage: prog [--e X]": 19 */
    assert_text(staged_parser_usage(parser, 21), "usage: prog [--\xc3\xa9 X]\n");
    assert_text(staged_parser_usage(parser, 20), "usage: prog\n            [--\xc3\xa9 X]\n");
    staged_parser_free(parser);
}

static void test_options(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-m --more", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--both", .action = STAGED_ARG_BOOLEAN);
    staged_parser_add_argument(parser, "--need", .required = true, .nargs = 2);
    staged_parser_add_argument(parser, "--hidden", .help = STAGED_ARG_SUPPRESS);
    staged_parser_add_argument(parser, "pos", .help = STAGED_ARG_SUPPRESS);
    assert_text(staged_parser_usage(parser, 80),
                "usage: prog [-m] [--both | --no-both] --need NEED NEED\n");
    staged_parser_free(parser);
}

static void test_exclusive_sets(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-b");
    staged_argument_group_add_argument(set, "c", .nargs = STAGED_NARGS_OPTIONAL);
    assert_text(staged_parser_usage(parser, 80), "usage: prog (-a | -b B | c)\n");
    staged_parser_free(parser);

    /* Members that do not stand side by side are shown like others. */
    parser = bare_parser();
    set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "-z");
    staged_argument_group_add_argument(set, "-b", .action = STAGED_ARG_STORE_TRUE);
    assert_text(staged_parser_usage(parser, 80), "usage: prog [-a] [-z Z] [-b]\n");
    staged_parser_free(parser);
}

static void test_hidden_members(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "-a", .help = STAGED_ARG_SUPPRESS);
    staged_argument_group_add_argument(set, "-b");
    set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "-x", .help = STAGED_ARG_SUPPRESS);
    staged_argument_group_add_argument(set, "-y", .help = STAGED_ARG_SUPPRESS);
    set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "-m", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-n", .help = STAGED_ARG_SUPPRESS);
    staged_argument_group_add_argument(set, "-o", .action = STAGED_ARG_STORE_TRUE);
    assert_text(staged_parser_usage(parser, 80), "usage: prog -b B [-m | -o]\n");
    staged_parser_free(parser);
}

static void test_usage_of_the_author(void **state)
{
    (void)state;
    staged_parser *parser = four_options("prog");
    staged_parser_set_usage(parser, "%(prog)s [all]");
    assert_text(staged_parser_usage(parser, 80), "usage: prog [all]\n");
    staged_parser_set_usage(parser, STAGED_ARG_SUPPRESS);
    assert_text(staged_parser_usage(parser, 80), "");
    staged_parser_set_usage(parser, NULL);
    stg_buf out = {0};
    stg_add_usage(&out, parser, "", 200, NULL);
    assert_added(&out, "prog [--alpha ALPHA] [--beta BETA] [--gamma GAMMA] [--delta DELTA] source "
                       "target [target ...]\n\n");
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    char *usage = staged_parser_usage(context, 30);
    if (usage == NULL)
        return STAGED_NO_MEMORY;
    assert_non_null(strstr(usage, "source"));
    free(usage);
    return STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = four_options("prog");
    staged_argument_group *set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-b");
    set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "-c", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-d", .action = STAGED_ARG_STORE_TRUE);
    assert_in_range(torture(use, parser), 6, 100);
    staged_parser_free(parser);
    parser = four_options("a-long-name-of-a-program");
    assert_in_range(torture(use, parser), 6, 100);
    staged_parser_free(parser);
}

TEST_GROUP(usage)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width),          cmocka_unit_test(test_lines),
        cmocka_unit_test(test_without_a_name), cmocka_unit_test(test_exact_width),
        cmocka_unit_test(test_options),        cmocka_unit_test(test_exclusive_sets),
        cmocka_unit_test(test_hidden_members), cmocka_unit_test(test_usage_of_the_author),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args usage", tests, NULL, NULL);
}
