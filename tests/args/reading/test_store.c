/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/parse.h"

#include "parsing.h"

typedef struct variables {
    bool flag;
    int small;
    int64_t large;
    double number;
    const char *text;
    const char *const *list;
} variables;

static staged_parser *storing(variables *v)
{
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return NULL;
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_BOOLEAN,
                               .store = {.boolean = &v->flag});
    staged_parser_add_argument(parser, "--large", .type = STAGED_ARG_INT,
                               .store = {.integer64 = &v->large});
    staged_parser_add_argument(parser, "--text", .type = STAGED_ARG_PATH,
                               .store = {.text = &v->text});
    staged_parser_add_argument(parser, "--number", .type = STAGED_ARG_INT,
                               .store = {.number = &v->number});
    staged_parser_add_argument(parser, "--small", .type = STAGED_ARG_INT,
                               .store = {.integer = &v->small});
    staged_parser_add_argument(parser, "--list", .action = STAGED_ARG_APPEND,
                               .type = STAGED_ARG_INT, .store = {.list = &v->list});
    return parser;
}

static void test_all_kinds(void **state)
{
    (void)state;
    variables v = {0};
    staged_parser *parser = storing(&v);
    staged_namespace *ns = assert_parsed(
        parser, STAGED_TEXTS("--flag", "--small=-3", "--large", "9223372036854775807", "--number",
                             "2", "--text", "a//b", "--list", "1", "--list", "2"));
    assert_true(v.flag);
    assert_int_equal(v.small, -3);
    assert_true(v.large == INT64_MAX);
    assert_true(v.number == 2.0);
    assert_string_equal(v.text, "a/b");
    assert_ptr_equal(v.text, staged_namespace_text(ns, "text"));
    assert_string_equal(v.list[0], "1");
    assert_string_equal(v.list[1], "2");
    assert_null(v.list[2]);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static const char *const before[] = {"before", NULL};

static void assert_untouched(const variables *v)
{
    assert_true(v->flag);
    assert_int_equal(v->small, 5);
    assert_true(v->large == 6);
    assert_true(v->number == 0.5);
    assert_string_equal(v->text, "before");
    assert_ptr_equal(v->list, before);
}

static void test_none_keeps_the_variable(void **state)
{
    (void)state;
    variables v = {true, 5, 6, 0.5, "before", before};
    staged_parser *parser = storing(&v);
    staged_namespace_free(assert_parsed(parser, NOTHING));
    assert_untouched(&v);
    staged_parser_free(parser);
}

/* Nothing is written unless the whole command line is good. */
static void test_mistakes_keep_the_variables(void **state)
{
    (void)state;
    variables v = {true, 5, 6, 0.5, "before", before};
    staged_parser *parser = storing(&v);
    assert_refused(parser, STAGED_TEXTS("--no-flag", "--large", "1", "--unknown"),
                   "unrecognized arguments: --unknown\n");
    assert_untouched(&v);
    assert_refused(parser,
                   STAGED_TEXTS("--no-flag", "--large", "1", "--text", "x", "--list", "1",
                                "--small", "2147483648"),
                   "argument --small: 2147483648 is too large or too small\n");
    assert_untouched(&v);
    assert_refused(parser, STAGED_TEXTS("--small=-2147483649"),
                   "argument --small: -2147483649 is too large or too small\n");
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("--small=-2147483648")));
    assert_int_equal(v.small, INT32_MIN);
    staged_parser_free(parser);
}

static void test_commands(void **state)
{
    (void)state;
    const char *run_text = NULL;
    const char *stop_text = NULL;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser *stop = staged_commands_add(commands, NULL, "stop");
    staged_parser_add_argument(run, "text", .store = {.text = &run_text});
    staged_parser_add_argument(stop, "text", .store = {.text = &stop_text});
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("run", "word"));
    assert_string_equal(run_text, "word");
    assert_null(stop_text);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    variables v = {true, 5, 6, 0.5, "before", before};
    staged_parser *parser = storing(&v);
    staged_namespace *ns = NULL;
    const staged_status status =
        parser == NULL
            ? STAGED_NO_MEMORY
            : parse(parser, STAGED_TEXTS("--no-flag", "--list", "1", "--small", "3"), &ns);
    if (status == STAGED_OK)
        assert_string_equal(v.list[0], "1");
    else
        assert_untouched(&v);
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 15, 200);
}

TEST_GROUP(store)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_kinds),
        cmocka_unit_test(test_none_keeps_the_variable),
        cmocka_unit_test(test_mistakes_keep_the_variables),
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args store", tests, NULL, NULL);
}
