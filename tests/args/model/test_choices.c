/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/choices.h"

#include <stdio.h>

#include "parsing.h"

/* How often values were compared since the program began. */
static size_t comparisons;

bool __real_stg_value_equal(const staged_value *a, const staged_value *b);
bool __wrap_stg_value_equal(const staged_value *a, const staged_value *b);

bool __wrap_stg_value_equal(const staged_value *a, const staged_value *b)
{
    comparisons++;
    return __real_stg_value_equal(a, b);
}

static staged_status check(const staged_argument *argument, staged_value value)
{
    stg_buf message = {0};
    const staged_status status = stg_check_choice(argument, &value, &message);
    stg_buf_free(&message);
    return status;
}

/* What is allowed does not depend on the kind that a value has, nor on the order of the choices. */
static void test_kinds(void **state)
{
    (void)state;
    const staged_value items[] = {
        staged_value_text("it's"), staged_value_int(7),        staged_value_none(),
        staged_value_path("a/b"),  staged_value_float(-0.5),   staged_value_bool(true),
        staged_value_text("also"), staged_value_int(-3),       staged_value_float(2.0),
        staged_value_path("also"), staged_value_list(NULL, 0),
    };
    enum { COUNT = sizeof items / sizeof items[0] };
    staged_parser *parser = bare_parser();
    staged_argument *argument = staged_parser_add_argument(
        parser, "--any", .choice_values = staged_value_list(items, COUNT));
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(check(argument, items[i]), STAGED_OK);
    assert_int_equal(check(argument, staged_value_float(7.0)), STAGED_OK);
    assert_int_equal(check(argument, staged_value_int(2)), STAGED_OK);
    assert_int_equal(check(argument, staged_value_int(1)), STAGED_OK);
    assert_int_equal(check(argument, staged_value_path("it's")), STAGED_BAD_INPUT);
    assert_int_equal(check(argument, staged_value_text("a/b")), STAGED_BAD_INPUT);
    assert_int_equal(check(argument, staged_value_text("7")), STAGED_BAD_INPUT);
    assert_int_equal(check(argument, staged_value_float(0.5)), STAGED_BAD_INPUT);
    assert_int_equal(check(argument, staged_value_bool(false)), STAGED_BAD_INPUT);
    staged_parser_free(parser);
}

static void test_message(void **state)
{
    (void)state;
    const staged_value items[] = {staged_value_int(1), staged_value_text("it's"),
                                  staged_value_none()};
    const staged_value list = staged_value_list(items, 3);
    const staged_value empty = staged_value_list(NULL, 0);
    const staged_value two = staged_value_int(2);
    staged_argument argument = {.choices = &list};
    stg_buf message = {0};
    assert_int_equal(stg_check_choice(&argument, &two, &message), STAGED_BAD_INPUT);
    assert_added(&message, "invalid choice: '2' (choose from 1, it's, None)");
    argument.choices = &empty;
    assert_int_equal(stg_check_choice(&argument, &two, &message), STAGED_BAD_INPUT);
    assert_added(&message, "invalid choice: '2' (choose from )");
    argument.choices = NULL;
    assert_int_equal(stg_check_choice(&argument, &two, &message), STAGED_OK);
}

/* ---- Many ---- */

enum { MANY = 1000, SIZE = 16 };

/* An author's type, whose values say nothing of the word. */
static staged_status read_any(staged_conversion *conversion, const char *text, void *context)
{
    (void)text;
    (void)context;
    return staged_conversion_set(conversion, staged_value_list(NULL, 0));
}

/* Reads all choices in an order that is not theirs, and returns how often values were compared. */
static size_t compare_many(staged_argument_type type, staged_convert_function *convert,
                           const char *format)
{
    static char texts[MANY][SIZE];
    const char *choices[MANY + 1] = {NULL};
    char flag[] = "--many";
    char *words[MANY + 1] = {flag};
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(texts[i], SIZE, format, (int)i);
        choices[i] = texts[i];
        words[i * 7 % MANY + 1] = texts[i];
    }
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--many", .nargs = STAGED_NARGS_ONE_OR_MORE, .type = type,
                               .convert = convert, .choices = choices);
    const size_t before = comparisons;
    staged_namespace *ns = NULL;
    assert_int_equal(staged_parser_parse(parser, MANY + 1, words, &ns), STAGED_OK);
    assert_int_equal(staged_namespace_count(ns, "many"), MANY);
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return comparisons - before;
}

/* Each value is compared with one choice, in whatever order they come. */
static void test_many(void **state)
{
    (void)state;
    assert_int_equal(compare_many(STAGED_ARG_TEXT, NULL, "stage-%d"), MANY);
    assert_int_equal(compare_many(STAGED_ARG_PATH, NULL, "./stage/%d/"), MANY);
    assert_int_equal(compare_many(STAGED_ARG_INT, NULL, "%d"), MANY);
    assert_int_equal(compare_many(STAGED_ARG_FLOAT, NULL, "%d.5"), MANY);
    assert_int_equal(compare_many(STAGED_ARG_TEXT, read_any, "stage-%d"), MANY);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-a", .choices = STAGED_TEXTS("x", "y"));
    staged_namespace *ns = NULL;
    char flag[] = "-a";
    char choice[] = "x";
    char *words[] = {flag, choice};
    const staged_status status =
        parser == NULL ? STAGED_NO_MEMORY : staged_parser_parse(parser, 2, words, &ns);
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 8, 60);
}

TEST_GROUP(choices)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_message),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
