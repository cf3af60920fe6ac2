/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/argument.h"

#include "parsing.h"

static void test_negative_numbers(void **state)
{
    (void)state;
    static const char *const numbers[] = {"-1",   "-12",   "-.5",  "-1.5", "-1.",  "-1e3",
                                          "-0x1", "-1_00", "-1.2", "-1a",  "-1\n", "-\xd9\xa1"};
    static const char *const others[] = {"", "-", "1", "--1", "-.", "-..1", "-e3", "-\n", "-_1"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_true(stg_looks_like_negative_number(numbers[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (stg_looks_like_negative_number(others[i]))
            fail_msg("'%s' is no negative number", others[i]);
    }
}

static void test_lists(void **state)
{
    (void)state;
    static const int lists[] = {1,
                                2,
                                STAGED_NARGS_ZERO_OR_MORE,
                                STAGED_NARGS_ONE_OR_MORE,
                                STAGED_NARGS_REMAINDER,
                                STAGED_NARGS_COMMAND_AND_REST};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        assert_true(stg_takes_list(&(staged_argument){.nargs = lists[i]}));
    assert_false(stg_takes_list(&(staged_argument){.nargs = 0}));
    assert_false(stg_takes_list(&(staged_argument){.nargs = STAGED_NARGS_OPTIONAL}));
    assert_false(stg_takes_list(&(staged_argument){.nargs = 1, .wordless = true}));
    for (int action = STAGED_ARG_STORE; action <= STAGED_ARG_VERSION; action++)
        assert_int_equal(stg_accumulates(&(staged_argument){.action = action}),
                         action == STAGED_ARG_APPEND || action == STAGED_ARG_APPEND_CONST ||
                             action == STAGED_ARG_EXTEND);
}

static staged_status accept(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    return staged_conversion_set(conversion, staged_value_text(text));
}

static void test_names_of_types(void **state)
{
    (void)state;
    assert_null(stg_type_name(&(staged_argument){.type = STAGED_ARG_TEXT}));
    assert_string_equal(stg_type_name(&(staged_argument){.type = STAGED_ARG_STR}), "str");
    assert_string_equal(stg_type_name(&(staged_argument){.type = STAGED_ARG_INT}), "int");
    assert_string_equal(stg_type_name(&(staged_argument){.type = STAGED_ARG_FLOAT}), "float");
    assert_string_equal(stg_type_name(&(staged_argument){.type = STAGED_ARG_PATH}), "Path");
    assert_string_equal(stg_type_name(&(staged_argument){.convert = accept}), "value");
    assert_string_equal(stg_type_name(&(staged_argument){.convert = accept, .type_name = "date"}),
                        "date");
}

static void assert_inferred(const char *flag, const char *prefixes, const char *dest)
{
    stg_buf out = {0};
    stg_add_inferred_dest(&out, flag, prefixes);
    assert_added(&out, dest);
}

static void test_inferred_destinations(void **state)
{
    (void)state;
    assert_inferred("--some-file", "-", "some_file");
    assert_inferred("-f", "-", "f");
    assert_inferred("+x-y", "+", "x_y");
    assert_inferred("+-x", "-+", "x");
    assert_inferred("-+x", "-", "+x");
    assert_inferred("--", "-", "");
}

TEST_GROUP(argument)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_negative_numbers),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_names_of_types),
        cmocka_unit_test(test_inferred_destinations),
    };
    return cmocka_run_group_tests_name("args argument", tests, NULL, NULL);
}
