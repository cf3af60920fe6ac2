/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/system/active_time.h"

#include "support/cmocka_all.h"
#include "support/runner.h"

static const int64_t hour_ns = INT64_C(3600000000000);

static void test_a_stop_is_left_out(void **state)
{
    (void)state;
    const int64_t before_ns = stg_active_ns();
    assert_true(stg_active_ns() >= before_ns);
    stg_active_leave_out(1000 * hour_ns);
    assert_true(stg_active_ns() < before_ns);
    stg_active_leave_out(-1000 * hour_ns);
    assert_true(stg_active_ns() >= before_ns);
}

TEST_GROUP(active_time)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_stop_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
