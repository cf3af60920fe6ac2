/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/color_names.h"

#include <string.h>

#include "support/cmocka_all.h"

static int number(const char *name)
{
    uint8_t found;
    return stg_color_number(name, strlen(name), &found) ? found : -1;
}

/* The first and last names of the table, and what lies between, before and behind them. */
static void test_names(void **state)
{
    (void)state;
    assert_int_equal(number("aquamarine1"), 122);
    assert_int_equal(number("yellow4"), 106);
    assert_int_equal(number("red"), 1);
    assert_int_equal(number("red1"), 196);
    assert_int_equal(number("bright_white"), 15);
    assert_int_equal(number("grey23"), 237);
    assert_int_equal(number("gray23"), 237);
    assert_int_equal(number("medium_spring_green"), 49);
    assert_int_equal(number(""), -1);
    assert_int_equal(number("re"), -1);
    assert_int_equal(number("RED"), -1);
    assert_int_equal(number("a"), -1);
    assert_int_equal(number("zzz"), -1);
}

TEST_GROUP(color_names)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests_name("console color_names", tests, NULL, NULL);
}
