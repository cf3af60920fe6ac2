/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/declaring/flags.h"

#include "parsing.h"

static staged_parser *replacing_parser(void)
{
    return staged_parser_new(STAGED_OPTIONS(staged_parser_options, .replace_flags = STAGED_YES));
}

static void test_a_taken_flag_is_a_bug(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    const staged_argument_options first = {
        .size = sizeof first, .flags = "-a --all", .where = {"base.c", 3}};
    const staged_argument_options second = {
        .size = sizeof second, .flags = "-b --all", .where = {"mine.c", 8}};
    staged_argument *owner = staged_parser_add_argument_with(parser, &first);
    staged_parser_add_argument_with(parser, &second);
    assert_ptr_equal(staged_parser_find(parser, "--all"), owner);
    assert_bugs(parser, "mine.c:8: --all: base.c:3 already has this flag; choose another\n");
    staged_parser_free(parser);
}

/* The first owner keeps its other flags, and its place. */
static void test_a_flag_is_replaced(void **state)
{
    (void)state;
    staged_parser *parser = replacing_parser();
    staged_argument *old = staged_parser_add_argument(parser, "-f --foo", .help = "The old one.");
    staged_argument *new =
        staged_parser_add_argument(parser, "--foo", .dest = "new", .help = "The new.");
    staged_parser_add_argument(parser, "-h", .help = "How high.");
    assert_ptr_equal(staged_parser_find(parser, "-f"), old);
    assert_ptr_equal(staged_parser_find(parser, "--foo"), new);
    assert_text(staged_parser_help(parser, 80), "usage: prog [--help] [-f FOO] [--foo NEW] [-h H]\n"
                                                "\n"
                                                "options:\n"
                                                "  --help     show this help message and exit\n"
                                                "  -f FOO     The old one.\n"
                                                "  --foo NEW  The new.\n"
                                                "  -h H       How high.\n");
    staged_namespace *ns =
        assert_parsed(parser, (const char *const[]){"-f", "1", "--foo=2", "-h3", NULL});
    assert_value(ns, "foo", "'1'");
    assert_value(ns, "new", "'2'");
    assert_value(ns, "h", "'3'");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_an_option_without_flags_is_gone(void **state)
{
    (void)state;
    staged_parser *parser = replacing_parser();
    staged_argument_group *group = staged_parser_add_group(parser, "retry", NULL);
    staged_argument_group *set = staged_argument_group_add_exclusive(group, false);
    staged_argument_group_add_argument(set, "--fast", .action = STAGED_ARG_STORE_TRUE);
    staged_argument *old = staged_argument_group_add_argument(
        set, "-t --tries", .dest = "count", .type = STAGED_ARG_INT, .default_text = "3");
    staged_parser_add_argument(parser, "--count");
    staged_parser_add_argument(parser, "--tries", .help = "Mine.");
    staged_parser_add_argument(parser, "-t", .dest = "count");
    staged_argument_set_help(old, "It is nobody's any more.");
    assert_bugs(parser, "");
    assert_text(staged_parser_help(parser, 80),
                "usage: prog [-h] [--fast] [--count COUNT] [--tries TRIES] [-t COUNT]\n"
                "\n"
                "options:\n"
                "  -h, --help     show this help message and exit\n"
                "  --count COUNT\n"
                "  --tries TRIES  Mine.\n"
                "  -t COUNT\n"
                "\n"
                "retry:\n"
                "  --fast\n");
    staged_namespace *ns = assert_parsed(parser, (const char *const[]){"--fast", "-tx", NULL});
    assert_value(ns, "count", "'x'");
    assert_value(ns, "tries", "None");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* With its only argument the destination goes, too. */
static void test_its_destination_is_gone(void **state)
{
    (void)state;
    staged_parser *parser = replacing_parser();
    staged_parser_add_argument(parser, "--old-name", .dest = "old");
    staged_parser_add_argument(parser, "--old-name", .dest = "new");
    assert_false(staged_parser_has(parser, "old"));
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_null(staged_namespace_value(ns, "old"));
    assert_value(ns, "new", "None");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_one_group_replaces(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *group = staged_parser_add_group(parser, "mine", NULL);
    staged_argument_group *strict = staged_parser_add_group(parser, "strict", NULL);
    staged_argument_group_set_replace_flags(group, true);
    staged_argument_group *inside = staged_argument_group_add_exclusive(group, false);
    staged_parser_add_argument(parser, "-a --all");
    staged_argument *one = staged_argument_group_add_argument(group, "--all");
    staged_argument *two = staged_argument_group_add_argument(inside, "-a");
    assert_ptr_equal(staged_parser_find(parser, "--all"), one);
    assert_ptr_equal(staged_parser_find(parser, "-a"), two);
    assert_bugs(parser, "");
    staged_parser_set_replace_flags(parser, true);
    staged_argument_group_set_replace_flags(strict, false);
    const staged_argument_options again = {.size = sizeof again, .flags = "-a"};
    staged_argument_group_add_argument_with(strict, &again);
    assert_ptr_equal(staged_parser_find(parser, "-a"), two);
    staged_parser_add_argument_with(parser, &again);
    assert_ptr_not_equal(staged_parser_find(parser, "-a"), two);
    assert_int_equal(staged_parser_check(parser), STAGED_BAD_USE);
    staged_parser_free(parser);
}

static void test_a_flag_twice_in_one_argument(void **state)
{
    (void)state;
    staged_parser *parser = replacing_parser();
    const staged_argument_options options = {.size = sizeof options, .flags = "-a -a"};
    staged_parser_add_argument_with(parser, &options);
    assert_bugs(parser, "-a: another argument already has this flag; choose another\n");
    staged_parser_free(parser);
}

static void test_an_emptied_set(void **state)
{
    (void)state;
    for (int required = 0; required < 2; required++) {
        staged_parser *parser = replacing_parser();
        staged_argument_group *set = staged_parser_add_exclusive(parser, required == 1);
        staged_argument_group_add_argument(set, "-a");
        staged_parser_add_argument(parser, "-a");
        assert_bugs(parser, required ? "prog: an exclusive set is empty; add its arguments\n" : "");
        assert_text(staged_parser_usage(parser, 80), "usage: prog [-h] [-a A]\n");
        staged_parser_free(parser);
    }
}

/* Abbreviations are of the flags that are left, in the order in which they came. */
static void test_abbreviations(void **state)
{
    (void)state;
    staged_parser *parser = replacing_parser();
    staged_parser_add_argument(parser, "--verbose", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--version-of", .dest = "of");
    staged_parser_add_argument(parser, "--verbose", .action = STAGED_ARG_COUNT);
    assert_refused(parser, (const char *const[]){"--ver", NULL},
                   "ambiguous option: --ver could match --version-of, --verbose\n");
    staged_namespace *ns = assert_parsed(parser, (const char *const[]){"--verb", NULL});
    assert_value(ns, "verbose", "1");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static staged_status replace_once(void *context)
{
    (void)context;
    staged_parser *parser = replacing_parser();
    staged_parser_add_argument(parser, "-a --all");
    staged_parser_add_argument(parser, "-a --all", .dest = "other");
    const staged_status status = staged_parser_check(parser);
    assert_true(status == STAGED_OK || status == STAGED_NO_MEMORY);
    staged_parser_free(parser);
    return status;
}

static void test_without_memory(void **state)
{
    (void)state;
    assert_true(torture(replace_once, NULL) > 5);
}

TEST_GROUP(flags)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_taken_flag_is_a_bug),
        cmocka_unit_test(test_a_flag_is_replaced),
        cmocka_unit_test(test_an_option_without_flags_is_gone),
        cmocka_unit_test(test_its_destination_is_gone),
        cmocka_unit_test(test_one_group_replaces),
        cmocka_unit_test(test_a_flag_twice_in_one_argument),
        cmocka_unit_test(test_an_emptied_set),
        cmocka_unit_test(test_abbreviations),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("args flags", tests, NULL, NULL);
}
