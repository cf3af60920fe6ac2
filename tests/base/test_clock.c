/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/clock.h>

#include "support/cmocka_all.h"

static void test_the_system_clock(void **state)
{
    (void)state;
    const staged_clock *clock = staged_clock_system();
    const int64_t before = clock->monotonic_ns(clock->context);
    assert_int_equal(clock->sleep_ns(clock->context, 1000), STAGED_OK);
    assert_int_equal(clock->sleep_ns(clock->context, -1), STAGED_OK);
    assert_true(clock->monotonic_ns(clock->context) >= before + 1000);
    /* Later than 2020, earlier than 2100. */
    const int64_t now = clock->wall_ns(clock->context);
    assert_true(now > INT64_C(1577836800000000000) && now < INT64_C(4102444800000000000));
}

TEST_GROUP(clock)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_system_clock)};
    return cmocka_run_group_tests_name("base clock", tests, NULL, NULL);
}
