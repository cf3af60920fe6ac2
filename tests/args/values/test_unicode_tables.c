/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The searches rely on the tables' order. */
#include "args/values/unicode.h"

#include "support.h"

static void assert_in_order(const stg_unicode_range *ranges, size_t count)
{
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(ranges[i].first <= ranges[i].last);
        assert_true(i == 0 || ranges[i].first > ranges[i - 1].last + 1);
        assert_true(ranges[i].last <= 0x10FFFF);
    }
}

static void test_ranges(void **state)
{
    (void)state;
    assert_in_order(stg_unicode_hidden, stg_unicode_hidden_count);
    assert_in_order(stg_unicode_word, stg_unicode_word_count);
    assert_in_order(stg_unicode_digit, stg_unicode_digit_count);
}

static void test_digits_come_in_tens(void **state)
{
    (void)state;
    for (size_t i = 0; i < stg_unicode_digit_count; i++)
        assert_int_equal((stg_unicode_digit[i].last - stg_unicode_digit[i].first + 1) % 10, 0);
}

static void test_capitals(void **state)
{
    (void)state;
    for (size_t i = 0; i < stg_unicode_upper_count; i++) {
        const stg_unicode_upper_run *run = &stg_unicode_upper[i];
        assert_true(run->first <= run->last);
        assert_true(run->step >= 1 && (run->last - run->first) % run->step == 0);
        assert_true(i == 0 || run->first > stg_unicode_upper[i - 1].last);
    }
    for (size_t i = 0; i < stg_unicode_special_count; i++) {
        assert_true(stg_unicode_special[i].upper[0] != 0);
        assert_true(i == 0 ||
                    stg_unicode_special[i].character > stg_unicode_special[i - 1].character);
    }
}

TEST_GROUP(unicode_tables)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_digits_come_in_tens),
        cmocka_unit_test(test_capitals),
    };
    return cmocka_run_group_tests_name("args unicode_tables", tests, NULL, NULL);
}
