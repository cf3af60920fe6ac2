/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/duration.h"

#include <staged/clock.h>

#include "support/cmocka_all.h"

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        int64_t nanoseconds;
        const char *text;
    } cases[] = {
        {0, "0:00:00"},
        {5360000, "0:00:00.005360"},
        {3661000000000, "1:01:01"},
        {86400000001000, "1 day, 0:00:00.000001"},
        {172800000000000, "2 days, 0:00:00"},
        {-1000, "-1 day, 23:59:59.999999"},
        {999, "0:00:00"},
        {-1, "-1 day, 23:59:59.999999"},
        {INT64_MIN, "-106752 days, 0:12:43.145224"},
        {INT64_MAX, "106751 days, 23:47:16.854775"},
    };
    char text[STAGED_DURATION_TEXT_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(staged_duration_text(cases[i].nanoseconds, text, sizeof text),
                            cases[i].text);
    assert_string_equal(staged_duration_text(5360000, text, 5), "0:00");
}

static void test_seconds(void **state)
{
    (void)state;
    static const struct {
        int64_t nanoseconds;
        const char *text;
    } cases[] = {
        {0, "0"},
        {2, "0.000000002"},
        {500000000, "0.5"},
        {1000000000, "1"},
        {2500000000, "2.5"},
        {100000000000, "100"},
        {100000001000, "100.000001"},
        {1234567000000000, "1234567"},
        {INT64_MAX, "9223372036.854775807"},
    };
    char text[STG_SECONDS_TEXT_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(stg_seconds_text(cases[i].nanoseconds, text), cases[i].text);
}

static void test_nanoseconds(void **state)
{
    (void)state;
    assert_int_equal(stg_seconds_ns(1.5), INT64_C(1500000000));
    assert_int_equal(stg_seconds_ns(0), 0);
    assert_int_equal(stg_seconds_ns(-1), 0);
    assert_int_equal(stg_seconds_ns(strtod("nan", NULL)), 0);
    assert_int_equal(stg_seconds_ns(1e300), STG_LONGEST_NS);
    assert_int_equal(stg_seconds_ns(strtod("inf", NULL)), STG_LONGEST_NS);
}

TEST_GROUP(duration)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts), cmocka_unit_test(test_seconds),
                                       cmocka_unit_test(test_nanoseconds)};
    return cmocka_run_group_tests_name("base duration", tests, NULL, NULL);
}
