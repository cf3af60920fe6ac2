/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include "parsing.h"

static void test_sections(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *group = staged_parser_add_group(parser, "network", "How to connect.");
    staged_argument_group *nameless = staged_parser_add_group(parser, NULL, NULL);
    staged_parser_add_group(parser, "empty", NULL);
    staged_argument_group_add_argument(group, "--host");
    staged_argument_group_add_argument(group, "port", .nargs = STAGED_NARGS_OPTIONAL);
    staged_argument_group_add_argument(nameless, "--other");
    staged_parser_add_argument(parser, "--plain");
    assert_text(staged_parser_help(parser, 80),
                "usage: prog [--host HOST] [--other OTHER] [--plain PLAIN] [port]\n"
                "\n"
                "options:\n"
                "  --plain PLAIN\n"
                "\n"
                "network:\n"
                "  How to connect.\n"
                "\n"
                "  --host HOST\n"
                "  port\n"
                "\n"
                "  --other OTHER\n");
    staged_parser_free(parser);
}

static void test_changing_a_group(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    char title[] = "first";
    staged_argument_group *group = staged_parser_add_group(parser, title, "Old.");
    title[0] = 'X';
    staged_argument_group_add_argument(group, "-a", .action = STAGED_ARG_STORE_TRUE);
    assert_ptr_equal(staged_parser_find_group(parser, "first"), group);
    assert_null(staged_parser_find_group(parser, "second"));
    staged_argument_group_set_title(group, "second");
    staged_argument_group_set_description(group, NULL);
    assert_ptr_equal(staged_parser_find_group(parser, "second"), group);
    assert_null(staged_parser_find_group(parser, "first"));
    assert_text(staged_parser_help(parser, 80), "usage: prog [-a]\n\nsecond:\n  -a\n");
    staged_argument_group_set_title(group, STAGED_ARG_SUPPRESS);
    staged_argument_group_set_description(group, STAGED_ARG_SUPPRESS);
    assert_text(staged_parser_help(parser, 80), "usage: prog [-a]\n\n  -a\n");
    staged_argument_group_set_title(NULL, "x");
    staged_argument_group_set_description(NULL, "x");
    staged_parser_free(parser);
}

static void test_groups_of_the_library(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "name");
    staged_parser_add_argument(parser, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_set_title(staged_parser_find_group(parser, "positional arguments"),
                                    "names");
    staged_argument_group_set_title(staged_parser_find_group(parser, "options"), "flags");
    assert_text(staged_parser_help(parser, 80),
                "usage: prog [-a] name\n\nnames:\n  name\n\nflags:\n  -a\n");
    staged_parser_free(parser);
}

static void test_exclusive_sets(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-b --bee", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-c", .action = STAGED_ARG_STORE_TRUE,
                                       .help = STAGED_ARG_SUPPRESS);
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("-a")));
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("-c", "-c")));
    assert_refused(parser, STAGED_TEXTS("-b", "-a"),
                   "argument -a: not allowed with argument -b/--bee\n");
    assert_refused(parser, NOTHING, "one of the arguments -a -b/--bee is required\n");
    assert_text(staged_parser_help(parser, 80),
                "usage: prog (-a | -b)\n\noptions:\n  -a\n  -b, --bee\n");
    staged_parser_free(parser);
}

static void test_exclusive_set_in_a_group(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *group = staged_parser_add_group(parser, "speed", NULL);
    staged_argument_group *set = staged_argument_group_add_exclusive(group, false);
    staged_argument_group_add_argument(set, "--fast", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "--slow", .action = STAGED_ARG_STORE_TRUE);
    staged_namespace_free(assert_parsed(parser, NOTHING));
    assert_refused(parser, STAGED_TEXTS("--fast", "--slow"),
                   "argument --slow: not allowed with argument --fast\n");
    assert_text(staged_parser_help(parser, 80),
                "usage: prog [--fast | --slow]\n\nspeed:\n  --fast\n  --slow\n");
    assert_null(staged_argument_group_add_exclusive(NULL, true));
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_namespace *ns = NULL;
    for (int i = 0; i < 9; i++) {
        static const char *const flags[] = {"-a", "-b", "-c", "-d", "-e", "-f", "-g", "-i", "-j"};
        staged_argument_group *group = staged_parser_add_group(parser, "title", "description");
        staged_argument_group *set = staged_argument_group_add_exclusive(group, false);
        staged_argument_group_add_argument(set, flags[i], .action = STAGED_ARG_STORE_TRUE);
        staged_argument_group_set_title(group, "another title");
    }
    const staged_status status = parse(parser, STAGED_TEXTS("-a", "-b"), &ns);
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 30, 300);
}

TEST_GROUP(group)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_changing_a_group),
        cmocka_unit_test(test_groups_of_the_library),
        cmocka_unit_test(test_exclusive_sets),
        cmocka_unit_test(test_exclusive_set_in_a_group),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args group", tests, NULL, NULL);
}
