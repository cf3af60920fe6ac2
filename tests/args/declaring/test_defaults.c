/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include "parsing.h"

static void assert_default(staged_parser *parser, const char *dest, const char *expected)
{
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    if (expected == NULL)
        assert_null(staged_namespace_value(ns, dest));
    else
        assert_value(ns, dest, expected);
    staged_namespace_free(ns);
}

/* Before an argument is added as after it, and without one. */
static void test_by_destination(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_default(parser, "before", staged_value_int(1));
    staged_parser_set_default_text(parser, "early", "7");
    staged_parser_add_argument(parser, "--before");
    staged_parser_add_argument(parser, "--early", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--after", .default_text = "old");
    staged_parser_add_argument(parser, "--also-after", .dest = "after");
    staged_parser_set_default(parser, "after", staged_value_bool(true));
    staged_parser_set_default(parser, "alone", staged_value_text("x"));
    assert_default(parser, "before", "1");
    assert_default(parser, "early", "7");
    assert_default(parser, "after", "True");
    assert_default(parser, "alone", "'x'");
    staged_parser_set_default(parser, "alone", staged_value_none());
    assert_default(parser, "alone", "None");
    staged_parser_set_default_text(parser, "after", STAGED_ARG_SUPPRESS);
    assert_default(parser, "after", NULL);
    staged_parser_free(parser);
}

static void test_default_of_the_argument_goes_first(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_default_text(parser, "name", "set");
    staged_parser_add_argument(parser, "--name", .default_text = "own");
    assert_default(parser, "name", "'own'");
    staged_parser_free(parser);
}

static void test_texts_are_read_with_the_type(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--number", .type = STAGED_ARG_FLOAT);
    staged_parser_add_argument(parser, "--numbers", .type = STAGED_ARG_INT,
                               .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "--more", .type = STAGED_ARG_INT,
                               .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--count", .action = STAGED_ARG_COUNT);
    staged_parser_set_default_text(parser, "number", "2");
    staged_parser_set_default_list(parser, "numbers", STAGED_TEXTS("1", "2"));
    staged_parser_set_default_text(parser, "more", "5");
    staged_parser_set_default_text(parser, "flag", "yes");
    staged_parser_set_default_text(parser, "count", "2");
    assert_default(parser, "number", "2.0");
    assert_default(parser, "numbers", "[1, 2]");
    assert_default(parser, "more", "[5]");
    assert_default(parser, "flag", "True");
    assert_default(parser, "count", "2");
    staged_parser_set_default_text(parser, "number", NULL);
    assert_default(parser, "number", "None");
    staged_parser_set_default_text(parser, "number", "x");
    assert_int_equal(staged_parser_check(parser), STAGED_BAD_USE);
    staged_parser_free(parser);
}

static void test_of_one_argument(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    char text[] = "7";
    staged_argument *argument =
        staged_parser_add_argument(parser, "--number", .type = STAGED_ARG_INT);
    staged_argument_set_default_text(argument, text);
    text[0] = 'x';
    assert_default(parser, "number", "7");
    staged_argument_set_default(argument, staged_value_float(0.5));
    assert_default(parser, "number", "0.5");
    staged_argument_set_default_text(argument, NULL);
    assert_default(parser, "number", "None");
    staged_argument_set_default_text(argument, STAGED_ARG_SUPPRESS);
    assert_default(parser, "number", NULL);
    staged_argument_set_default(NULL, staged_value_int(1));
    staged_argument_set_default_text(NULL, "1");
    staged_parser_free(parser);
}

static void test_choices(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument *argument =
        staged_parser_add_argument(parser, "--number", .type = STAGED_ARG_INT);
    staged_argument_set_choices(argument, STAGED_TEXTS("1", "02"));
    assert_refused(parser, STAGED_TEXTS("--number", "3"),
                   "argument --number: invalid choice: '3' (choose from 1, 2)\n");
    const staged_value four = staged_value_float(4.0);
    staged_argument_set_choice_values(argument, staged_value_list(&four, 1));
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("--number", "4")));
    assert_refused(parser, STAGED_TEXTS("--number", "2"),
                   "argument --number: invalid choice: '2' (choose from 4.0)\n");
    staged_argument_set_choice_values(argument, staged_value_none());
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("--number", "9")));
    staged_argument_set_choices(argument, STAGED_TEXTS("1"));
    staged_argument_set_choices(argument, NULL);
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("--number", "9")));
    staged_argument_set_choices(NULL, STAGED_TEXTS("1"));
    staged_argument_set_choice_values(NULL, staged_value_none());
    staged_parser_free(parser);
}

static void test_suppressed_defaults(void **state)
{
    (void)state;
    const staged_parser_options options = {.size = sizeof options, .suppress_defaults = STAGED_YES};
    staged_parser *parser = staged_parser_new(&options);
    staged_parser_add_argument(parser, "--none");
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--own", .default_text = "x");
    assert_default(parser, "none", NULL);
    assert_default(parser, "flag", NULL);
    assert_default(parser, "own", "'x'");
    staged_parser_free(parser);
}

static void test_default_for_all(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .argument_default = staged_value_text("5")));
    staged_parser_set_default_text(parser, "set", "7");
    staged_parser_add_argument(parser, "--number", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--own", .default_text = "6");
    staged_parser_add_argument(parser, "--set");
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "word", .nargs = STAGED_NARGS_OPTIONAL);
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_value(ns, "number", "5");
    assert_value(ns, "own", "'6'");
    assert_value(ns, "set", "'7'");
    assert_value(ns, "flag", "'5'");
    assert_value(ns, "word", "'5'");
    assert_null(staged_namespace_value(ns, "help"));
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_asking(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_default_text(parser, "level", "3");
    staged_parser_set_default(parser, "what", staged_value_int(8));
    staged_parser_add_argument(parser, "--none");
    staged_parser_add_argument(parser, "--level", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--two", .dest = "same");
    staged_parser_add_argument(parser, "--three", .dest = "same", .default_text = "three");
    staged_parser_add_argument(parser, "--four", .dest = "same", .default_text = "four");
    assert_int_equal(staged_parser_default(parser, "level")->as.integer, 3);
    assert_int_equal(staged_parser_default(parser, "what")->as.integer, 8);
    assert_string_equal(staged_parser_default(parser, "same")->as.text, "three");
    assert_null(staged_parser_default(parser, "none"));
    assert_null(staged_parser_default(parser, "nobody"));
    assert_null(staged_parser_default(NULL, "level"));
    staged_parser_free(parser);
}

static void test_sets(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--stage", .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "--numbers", .type = STAGED_ARG_INT,
                               .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_set_default_set(parser, "stage", STAGED_TEXTS("build", "test"));
    staged_parser_set_default_set(parser, "numbers", STAGED_TEXTS("2", "1"));
    assert_default(parser, "stage", "{'build', 'test'}");
    assert_default(parser, "numbers", "{2, 1}");
    staged_parser_set_default_set(parser, "stage", STAGED_TEXTS(NULL));
    assert_default(parser, "stage", "set()");
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_namespace *ns = NULL;
    staged_argument *argument =
        staged_parser_add_argument(parser, "--numbers", .type = STAGED_ARG_INT, .nargs = 2);
    for (int i = 0; i < 20; i++)
        staged_parser_set_default_text(parser, &"abcdefghijklmnopqrst"[i], "text");
    staged_parser_set_default_list(parser, "numbers", STAGED_TEXTS("1", "2"));
    staged_argument_set_choices(argument, STAGED_TEXTS("1", "2", "3"));
    const staged_status status = parse(parser, NOTHING, &ns);
    if (status == STAGED_OK)
        assert_int_equal(staged_namespace_value(ns, "numbers")->as.items[1].as.integer, 2);
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 15, 200);
}

TEST_GROUP(defaults)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_destination),
        cmocka_unit_test(test_default_of_the_argument_goes_first),
        cmocka_unit_test(test_texts_are_read_with_the_type),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_of_one_argument),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_suppressed_defaults),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_default_for_all),
        cmocka_unit_test(test_asking),
    };
    return cmocka_run_group_tests_name("args defaults", tests, NULL, NULL);
}
