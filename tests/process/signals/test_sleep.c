/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/signals.h>

#include <signal.h>

#include "support/cmocka_all.h"

static void test_it_is_the_system_clock(void **state)
{
    (void)state;
    const staged_clock *ours = staged_signals_clock(), *theirs = staged_clock_system();
    assert_true(ours->monotonic_ns(ours->context) <= theirs->monotonic_ns(theirs->context));
    assert_true(ours->wall_ns(ours->context) <= theirs->wall_ns(theirs->context));
}

static void test_it_sleeps(void **state)
{
    (void)state;
    const staged_clock *clock = staged_signals_clock();
    const int64_t before_ns = clock->monotonic_ns(clock->context);
    assert_int_equal(clock->sleep_ns(clock->context, 3000000), STAGED_OK);
    assert_true(clock->monotonic_ns(clock->context) - before_ns >= 3000000);
    assert_int_equal(clock->sleep_ns(clock->context, 0), STAGED_OK);
    assert_int_equal(clock->sleep_ns(clock->context, -5), STAGED_OK);
}

static void test_a_signal_ends_it(void **state)
{
    (void)state;
    const staged_clock *clock = staged_signals_clock();
    assert_int_equal(staged_signals_install(), STAGED_OK);
    raise(SIGTERM);
    assert_int_equal(clock->sleep_ns(clock->context, INT64_MAX), STAGED_INTERRUPTED);
    assert_int_equal(clock->sleep_ns(clock->context, 0), STAGED_INTERRUPTED);
    assert_int_equal(staged_signals_acknowledge(), SIGTERM);
    assert_int_equal(clock->sleep_ns(clock->context, 1000000), STAGED_OK);
    staged_signals_uninstall();
}

TEST_GROUP(sleep)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_the_system_clock),
        cmocka_unit_test(test_it_sleeps),
        cmocka_unit_test(test_a_signal_ends_it),
    };
    return cmocka_run_group_tests_name("process sleep", tests, NULL, NULL);
}
