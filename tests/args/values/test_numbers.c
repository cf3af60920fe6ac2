/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/numbers.h"

#include <math.h>

#include "parsing.h"

static void assert_int(const char *text, int64_t expected)
{
    int64_t number = 77;
    assert_int_equal(stg_read_int(text, &number), STG_NUMBER_READ);
    assert_int_equal(number, expected);
}

static void test_integers(void **state)
{
    (void)state;
    assert_int("0", 0);
    assert_int("-0", 0);
    assert_int("+3", 3);
    assert_int("007", 7);
    assert_int(" \t-12\n", -12);
    assert_int("\xe2\x80\x83"
               "5",
               5); /* an em space */
    assert_int("1_000_000", 1000000);
    assert_int("\xd9\xa3\xd9\xa4", 34);  /* Arabic-Indic */
    assert_int("\xef\xbc\x91_2", 12);    /* full width */
    assert_int("-\xf0\x9d\x9f\x97", -9); /* mathematical */
    assert_int("9223372036854775807", INT64_MAX);
    assert_int("-9223372036854775808", INT64_MIN);
}

static void test_not_an_integer(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        " ",
                                        "-",
                                        "+-1",
                                        "- 1",
                                        "1 2",
                                        "1.0",
                                        "1e3",
                                        "0x10",
                                        "12a",
                                        "_1",
                                        "1_",
                                        "1__0",
                                        "-_1",
                                        "\xc2\xb2", /* a superscript is no decimal digit */
                                        "1\xff",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "99999999999999999999"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int64_t number;
        if (stg_read_int(texts[i], &number) != STG_NUMBER_REFUSED)
            fail_msg("'%s' was read as a number", texts[i]);
    }
}

static void assert_float(const char *text, double expected)
{
    double number = 77.0;
    assert_int_equal(stg_read_float(text, &number), STG_NUMBER_READ);
    assert_true(isnan(expected) ? isnan(number) : number == expected);
    if (!isnan(expected))
        assert_int_equal(signbit(number) != 0, signbit(expected) != 0);
}

static void test_floats(void **state)
{
    (void)state;
    assert_float("0", 0.0);
    assert_float("-0", -0.0);
    assert_float("1.", 1.0);
    assert_float(".5", 0.5);
    assert_float(" +2.5e-1\n", 0.25);
    assert_float("1E3", 1000.0);
    assert_float("1_0.2_5", 10.25);
    assert_float("\xd9\xa3.\xd9\xa5", 3.5);
    assert_float("inf", (double)INFINITY);
    assert_float("-Infinity", -(double)INFINITY);
    assert_float("+nan", (double)NAN);
    assert_float("1e400", (double)INFINITY);
    assert_float("5e-324", 5e-324);
}

static void test_not_a_float(void **state)
{
    (void)state;
    static const char *const texts[] = {"",     " ",       "-",      ".",     "e5",   "1e",
                                        "1e+",  "1.2.3",   "1,5",    "0x1p3", "1_.5", "1._5",
                                        "1e_5", "infinit", "nan(1)", "in_f",  "1 2",  "--1"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double number;
        if (stg_read_float(texts[i], &number) != STG_NUMBER_REFUSED)
            fail_msg("'%s' was read as a number", texts[i]);
    }
}

static void assert_written(double number, const char *expected)
{
    stg_buf out = {0};
    stg_add_float(&out, number);
    assert_added(&out, expected);
}

static void test_writing(void **state)
{
    (void)state;
    assert_written(0.0, "0.0");
    assert_written(-0.0, "-0.0");
    assert_written(1.0, "1.0");
    assert_written(100.0, "100.0");
    assert_written(0.1, "0.1");
    assert_written(-123.456, "-123.456");
    assert_written(1e15, "1000000000000000.0");
    assert_written(9999999999999998.0, "9999999999999998.0");
    assert_written(1e16, "1e+16");
    assert_written(123456789012345680.0, "1.2345678901234568e+17");
    assert_written(0.00012, "0.00012");
    assert_written(0.0001, "0.0001");
    assert_written(0.00001, "1e-05");
    assert_written(5e-324, "5e-324");
    assert_written(1.7976931348623157e308, "1.7976931348623157e+308");
    assert_written((double)INFINITY, "inf");
    assert_written(-(double)INFINITY, "-inf");
    assert_written((double)NAN, "nan");
}

static void test_written_numbers_read_back(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 5000; round++) {
        double number;
        double again;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        memcpy(&number, &seed, sizeof number);
        if (!isfinite(number))
            continue;
        stg_buf out = {0};
        stg_add_float(&out, number);
        assert_int_equal(stg_read_float(stg_buf_text(&out), &again), STG_NUMBER_READ);
        assert_memory_equal(&again, &number, sizeof number);
        stg_buf_free(&out);
    }
}

static void assert_digits(double number, const char *digits, int exponent)
{
    stg_decimal decimal;
    stg_shortest_digits(number, &decimal);
    assert_int_equal(decimal.count, (int)strlen(digits));
    assert_memory_equal(decimal.digits, digits, strlen(digits));
    assert_int_equal(decimal.exponent, exponent);
}

static void test_shortest_digits(void **state)
{
    (void)state;
    assert_digits(0.0, "0", 1);
    assert_digits(0.5, "5", 0);
    assert_digits(1500.0, "15", 4);
    assert_digits(0.3, "3", 0);
    assert_digits(0.1 + 0.2, "30000000000000004", 0);
}

static staged_status use(void *context)
{
    (void)context;
    int64_t integer;
    double number;
    stg_buf out = {0};
    stg_add_float(&out, 1e100);
    staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    if (status == STAGED_OK && stg_read_int("1_0", &integer) == STG_NUMBER_NO_MEMORY)
        status = STAGED_NO_MEMORY;
    if (status == STAGED_OK && stg_read_float("1.5", &number) == STG_NUMBER_NO_MEMORY)
        status = STAGED_NO_MEMORY;
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 4);
}

TEST_GROUP(numbers)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers),        cmocka_unit_test(test_not_an_integer),
        cmocka_unit_test(test_floats),          cmocka_unit_test(test_not_a_float),
        cmocka_unit_test(test_writing),         cmocka_unit_test(test_written_numbers_read_back),
        cmocka_unit_test(test_shortest_digits), cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args numbers", tests, NULL, NULL);
}
