/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/refresher.h"

#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "support/cmocka_all.h"

static atomic_int calls;
static atomic_int blocked;

static void count(void *context)
{
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    blocked = sigismember(&mask, SIGTERM);
    calls += *(const int *)context;
}

static void test_calls_again_and_again(void **state)
{
    (void)state;
    const int step = 1;
    int number = step;
    stg_refresher refresher = {0};
    calls = 0;
    assert_true(stg_refresher_start(&refresher, 1000000, count, &number));
    const struct timespec moment = {.tv_nsec = 1000000};
    while (calls < 3)
        nanosleep(&moment, NULL);
    stg_refresher_stop(&refresher);
    const int at_end = calls;
    assert_int_equal(blocked, 1);
    nanosleep(&moment, NULL);
    assert_int_equal(calls, at_end);
    stg_refresher_stop(&refresher);
}

static void test_periods(void **state)
{
    (void)state;
    assert_int_equal(stg_refresher_period_ns(4), 250000000);
    assert_int_equal(stg_refresher_period_ns(1e9), 1000000);
    assert_int_equal(stg_refresher_period_ns(INFINITY), 1000000);
    assert_int_equal(stg_refresher_period_ns(1e-300), INT64_C(86400000000000));
}

/* It ends at once, however long its period is. */
static void test_long_period(void **state)
{
    (void)state;
    int number = 1;
    stg_refresher refresher = {0};
    calls = 0;
    assert_true(stg_refresher_start(&refresher, INT64_C(3600000000000), count, &number));
    stg_refresher_stop(&refresher);
    assert_int_equal(calls, 0);
}

static void test_never_started(void **state)
{
    (void)state;
    stg_refresher refresher = {0};
    stg_refresher_stop(&refresher);
    assert_false(refresher.runs);
}

TEST_GROUP(refresher)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_calls_again_and_again),
        cmocka_unit_test(test_long_period),
        cmocka_unit_test(test_never_started),
    };
    return cmocka_run_group_tests_name("console refresher", tests, NULL, NULL);
}
