/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/measure.h"
#include "support/cmocka_all.h"

static void assert_measurement(stg_measurement got, int minimum, int maximum)
{
    assert_int_equal(got.minimum, minimum);
    assert_int_equal(got.maximum, maximum);
}

static void test_normal(void **state)
{
    (void)state;
    assert_measurement(stg_measurement_normal((stg_measurement){5, 3}), 3, 3);
    assert_measurement(stg_measurement_normal((stg_measurement){-2, 3}), 0, 3);
    assert_measurement(stg_measurement_normal((stg_measurement){-2, -1}), 0, 0);
}

static void test_limits(void **state)
{
    (void)state;
    assert_measurement(stg_measurement_at_most((stg_measurement){2, 9}, 5), 2, 5);
    assert_measurement(stg_measurement_at_most((stg_measurement){7, 9}, 5), 5, 5);
    assert_measurement(stg_measurement_at_least((stg_measurement){2, 9}, 5), 5, 9);
    assert_measurement(stg_measurement_at_least((stg_measurement){-3, -2}, -5), 0, 0);
}

TEST_GROUP(measure)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
