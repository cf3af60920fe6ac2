/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/errors.h"

#include "args/model/parser.h"

#include "parsing.h"

static void assert_named(const staged_argument *argument, const char *name)
{
    stg_buf out = {0};
    assert_int_equal(stg_add_argument_name(&out, argument), name != NULL);
    assert_added(&out, name == NULL ? "" : name);
}

static void test_names_of_arguments(void **state)
{
    (void)state;
    const char *flags[] = {"-f", "--foo"};
    const char *metavars[] = {"A", "it's"};
    const staged_value items[] = {staged_value_text("x"), staged_value_int(1)};
    const staged_value choices = staged_value_list(items, 2);
    staged_argument argument = {.flags = flags,
                                .flag_count = 2,
                                .metavars = metavars,
                                .metavar_count = 2,
                                .metavar = "META",
                                .dest = "dest",
                                .choices = &choices};
    assert_named(&argument, "-f/--foo");
    argument.flag_count = 0;
    assert_named(&argument, "A, it's");
    argument.metavar_count = 1;
    assert_named(&argument, "A");
    argument.metavar_count = 2;
    argument.nargs = STAGED_NARGS_ONE_OR_MORE;
    assert_named(&argument, "A[, it's]");
    argument.metavars = NULL;
    assert_named(&argument, "META");
    argument.metavar = STAGED_ARG_SUPPRESS;
    assert_named(&argument, "dest");
    argument.dest = NULL;
    assert_named(&argument, "{x,1}");
    argument.choices = NULL;
    assert_named(&argument, NULL);
}

static void test_failures(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    const staged_parser_options options = {
        .size = sizeof options, .prog = "inner", .add_help = STAGED_NO};
    staged_parser *inner = staged_parser_new(&options);
    const staged_argument *argument = staged_parser_add_argument(inner, "-n", .metavar = "N");
    assert_int_equal(stg_fail(parser, inner, "100% wrong"), STAGED_BAD_INPUT);
    assert_string_equal(staged_parser_error(parser),
                        "usage: inner [-n N]\ninner: error: 100% wrong\n");
    assert_string_equal(staged_parser_error(inner), "");
    assert_int_equal(stg_fail_argument(parser, argument, "too small"), STAGED_BAD_INPUT);
    assert_string_equal(staged_parser_error(parser),
                        "usage: inner [-n N]\ninner: error: argument -n: too small\n");
    const staged_argument nameless = {.parser = parser};
    assert_int_equal(stg_fail_argument(parser, &nameless, "too small"), STAGED_BAD_INPUT);
    assert_string_equal(staged_parser_error(parser), "usage: prog\nprog: error: too small\n");
    staged_parser_free(inner);
    staged_parser_free(parser);
}

static void test_failure_of_the_author(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    assert_int_equal(staged_parser_fail(parser, "%s is before %s", "--to", "--from"),
                     STAGED_BAD_INPUT);
    assert_string_equal(staged_parser_error(parser),
                        "usage: prog\nprog: error: --to is before --from\n");
    /* The next use forgets it. */
    staged_namespace_free(assert_parsed(parser, NOTHING));
    staged_parser_free(parser);
}

/* Without memory for the message there is only the memory to blame. */
static staged_status use(void *context)
{
    staged_parser *parser = context;
    const staged_argument argument = {.parser = parser, .dest = "dest"};
    staged_status status = staged_parser_fail(parser, "%s", "message");
    if (status == STAGED_BAD_INPUT) {
        assert_string_equal(staged_parser_error(parser), "usage: prog\nprog: error: message\n");
        status = stg_fail_argument(parser, &argument, "message");
    }
    if (status != STAGED_BAD_INPUT)
        return status;
    assert_string_equal(staged_parser_error(parser),
                        "usage: prog\nprog: error: argument dest: message\n");
    return STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    assert_in_range(torture(use, parser), 6, 60);
    staged_parser_free(parser);
}

TEST_GROUP(errors)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_arguments),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_failure_of_the_author),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args errors", tests, NULL, NULL);
}
