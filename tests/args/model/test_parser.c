/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include "support.h"

static void test_prefix_characters(void **state)
{
    (void)state;
    size_t used;
    assert_true(stg_begins_with_one_of("-x", "+-", &used));
    assert_int_equal(used, 1);
    assert_false(stg_begins_with_one_of("x", "-", &used));
    assert_false(stg_begins_with_one_of("", "-", &used));
    assert_int_equal(used, 0);
    assert_false(stg_begins_with_one_of("-", "", &used));
    /* Half of a character is another one. */
    assert_false(stg_begins_with_one_of("\u00a8", "\u00a7", &used));
    assert_int_equal(used, 2);
    assert_true(stg_begins_with_one_of("\u00a7x", "-\u00a7", &used));
    assert_int_equal(used, 2);
}

static void test_copies(void **state)
{
    (void)state;
    staged_parser *parser = new_parser();
    char text[] = "abc";
    const char *texts[] = {text, "d", NULL};
    size_t count = 7;
    const char *copy = stg_parser_text(parser, text);
    const char **copies = stg_parser_texts(parser, texts, &count);
    text[0] = 'X';
    assert_string_equal(copy, "abc");
    assert_int_equal(count, 2);
    assert_string_equal(copies[0], "abc");
    assert_null(copies[2]);
    assert_null(stg_parser_text(parser, NULL));
    assert_null(stg_parser_texts(parser, NULL, &count));
    assert_int_equal(count, 0);
    const stg_text plain = stg_parser_suppressible(parser, text);
    const stg_text suppressed = stg_parser_suppressible(parser, STAGED_ARG_SUPPRESS);
    assert_true(plain.text != NULL && !plain.suppressed);
    assert_true(suppressed.text == NULL && suppressed.suppressed);
    staged_parser_free(parser);
}

static void test_values_known_by_address(void **state)
{
    (void)state;
    staged_parser *parser = new_parser();
    const staged_value values[] = {{0},
                                   staged_value_none(),
                                   staged_value_text(STAGED_ARG_SUPPRESS),
                                   staged_value_path(STAGED_ARG_SUPPRESS)};
    assert_ptr_equal(stg_parser_value(parser, &values[0]), &stg_none);
    assert_ptr_equal(stg_parser_value(parser, &values[1]), &stg_none);
    assert_ptr_equal(stg_parser_value(parser, &values[2]), &stg_suppressed);
    assert_true(stg_value_equal(stg_parser_value(parser, &values[3]), &values[3]));
    staged_parser_free(parser);
}

static void test_bugs(void **state)
{
    (void)state;
    staged_parser *parser = new_parser();
    stg_parser_bug(parser, &(staged_location){"a.c", 3}, "%d mistakes", 2);
    stg_parser_bug(parser, NULL, "more");
    assert_int_equal(staged_parser_check(parser), STAGED_BAD_USE);
    assert_string_equal(staged_parser_error(parser), "a.c:3: 2 mistakes\nmore\n");
    staged_parser_free(parser);
}

TEST_GROUP(parser)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prefix_characters),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_values_known_by_address),
        cmocka_unit_test(test_bugs),
    };
    return cmocka_run_group_tests_name("args parser", tests, NULL, NULL);
}
