/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/retry.h>

#include <math.h>

#include "retry/policy.h"
#include "support/cmocka_all.h"

/* A clock that stands still until a test moves it. */
typedef struct virtual_clock {
    staged_clock clock;
    int64_t now_ns;
} virtual_clock;

static int64_t virtual_monotonic_ns(void *context)
{
    return ((virtual_clock *)context)->now_ns;
}

static int64_t virtual_wall_ns(void *context)
{
    return ((virtual_clock *)context)->now_ns / 1000;
}

static staged_status virtual_sleep_ns(void *context, int64_t nanoseconds)
{
    ((virtual_clock *)context)->now_ns += nanoseconds;
    return STAGED_OK;
}

static void virtual_clock_init(virtual_clock *v)
{
    *v = (virtual_clock){
        .clock = {virtual_monotonic_ns, virtual_wall_ns, virtual_sleep_ns, v},
        .now_ns = INT64_C(1000000000000),
    };
}

static void virtual_clock_pass(virtual_clock *v, double seconds)
{
    v->now_ns += (int64_t)(seconds * 1e9);
}

static void test_it_goes_on_until_it_works(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    staged_retry_state retry;
    const staged_retry_policy policy = {.wait = staged_wait_fixed(1.5)};
    assert_int_equal(staged_retry_begin(&retry, &policy, &v.clock, NULL), STAGED_OK);
    assert_int_equal(retry.statistics.attempt_number, 1);
    assert_float_equal(retry.statistics.start_time, 1000, 0);

    for (int i = 1; i <= 3; i++) {
        virtual_clock_pass(&v, 2);
        const staged_retry_decision d = staged_retry_decide(&retry, STAGED_RETRY);
        assert_int_equal(d.action, STAGED_RETRY_AGAIN);
        assert_float_equal(d.wait_seconds, 1.5, 0);
        assert_int_equal(d.wait_ns, 1500000000);
        assert_int_equal(retry.attempt_number, i);
        assert_int_equal(retry.statistics.attempt_number, i + 1);
        assert_true(retry.idle_for == 1.5 * i);
        assert_true(retry.has_outcome);
        staged_retry_next(&retry);
        assert_false(retry.has_outcome);
        assert_int_equal(retry.attempt_number, i + 1);
        v.clock.sleep_ns(v.clock.context, d.wait_ns);
    }
    virtual_clock_pass(&v, 2);
    assert_int_equal(staged_retry_decide(&retry, STAGED_OK).action, STAGED_RETRY_DONE);
    assert_float_equal(retry.statistics.idle_for, 4.5, 1e-9);
    /* Of the last decision whether to stop, as in the original: the end of the third attempt. */
    assert_float_equal(retry.statistics.delay_since_first_attempt, 9, 1e-9);
}

static void test_it_stops_and_does_not_count_that_wait(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    staged_retry_state retry;
    const staged_stop stops[] = {staged_stop_after_delay(60), staged_stop_after_attempts(2)};
    const staged_retry_policy policy = {.stop = staged_stop_any(stops, 2),
                                        .wait = staged_wait_fixed(2)};
    assert_int_equal(staged_retry_begin(&retry, &policy, &v.clock, NULL), STAGED_OK);
    virtual_clock_pass(&v, 20);
    assert_int_equal(staged_retry_decide(&retry, STAGED_RETRY).action, STAGED_RETRY_AGAIN);
    staged_retry_next(&retry);
    virtual_clock_pass(&v, 3);
    const staged_retry_decision d = staged_retry_decide(&retry, STAGED_RETRY);
    assert_int_equal(d.action, STAGED_RETRY_ABANDON);
    assert_int_equal(d.wait_ns, 0);
    assert_int_equal(retry.statistics.attempt_number, 2);
    assert_float_equal(retry.statistics.idle_for, 2, 0);
    assert_float_equal(retry.statistics.delay_since_first_attempt, 23, 1e-9);
}

/* The wait is known before it is asked whether to stop. */
static void test_the_wait_comes_before_the_stop(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    staged_retry_state retry;
    const staged_retry_policy policy = {.stop = staged_stop_before_delay(10),
                                        .wait = staged_wait_fixed(8)};
    assert_int_equal(staged_retry_begin(&retry, &policy, &v.clock, NULL), STAGED_OK);
    virtual_clock_pass(&v, 2);
    assert_int_equal(staged_retry_decide(&retry, STAGED_RETRY).action, STAGED_RETRY_ABANDON);
    assert_float_equal(retry.upcoming_wait, 8, 0);
}

static bool unless_out_of_memory(staged_status outcome, void *context)
{
    (*(int *)context)++;
    return outcome != STAGED_OK && outcome != STAGED_NO_MEMORY;
}

static void test_what_is_retried(void **state)
{
    (void)state;
    staged_retry_state retry;
    assert_int_equal(staged_retry_begin(&retry, &(staged_retry_policy){0}, NULL, NULL), STAGED_OK);
    assert_int_equal(staged_retry_decide(&retry, STAGED_FAILED).action, STAGED_RETRY_DONE);
    assert_int_equal(staged_retry_decide(&retry, STAGED_RETRY).action, STAGED_RETRY_AGAIN);

    int asked = 0;
    const staged_retry_policy policy = {.retry_if = unless_out_of_memory, .context = &asked};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_OK);
    assert_int_equal(staged_retry_decide(&retry, STAGED_FAILED).action, STAGED_RETRY_AGAIN);
    assert_int_equal(staged_retry_decide(&retry, STAGED_NO_MEMORY).action, STAGED_RETRY_DONE);
    assert_int_equal(asked, 2);
    assert_int_equal(staged_retry_decide(&retry, STAGED_RETRY).action, STAGED_RETRY_AGAIN);
    assert_int_equal(asked, 2);
}

static void test_short_waits(void **state)
{
    (void)state;
    static const double seconds[] = {0, 0.000000001, 0.25, 1};
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        const staged_retry_policy policy = {.wait = staged_wait_fixed(seconds[i])};
        staged_retry_state retry;
        assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_OK);
        assert_int_equal(staged_retry_decide(&retry, STAGED_RETRY).wait_ns,
                         (int64_t)(seconds[i] * 1e9));
    }
}

static void test_waits_that_no_clock_can_wait(void **state)
{
    (void)state;
    staged_retry_state retry;
    staged_retry_policy policy = {.wait = staged_wait_fixed(STAGED_WAIT_LONGEST)};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_OK);
    assert_true(staged_retry_decide(&retry, STAGED_RETRY).wait_ns == INT64_MAX);
    policy.wait = staged_wait_random(-2, -1);
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_OK);
    assert_true(staged_retry_decide(&retry, STAGED_RETRY).wait_ns == 0);
}

static void test_its_own_random_numbers(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    staged_retry_state retry;
    const staged_retry_policy policy = {.wait = staged_wait_random(0, 1)};
    assert_int_equal(staged_retry_begin(&retry, &policy, &v.clock, NULL), STAGED_OK);
    int low = 0;
    double before = -1;
    for (int i = 0; i < 1000; i++) {
        const double number = staged_retry_decide(&retry, STAGED_RETRY).wait_seconds;
        staged_retry_next(&retry);
        assert_true(number >= 0 && number < 1 && number != before);
        low += number < 0.5;
        before = number;
    }
    assert_in_range(low, 400, 600);
}

static void test_a_bad_policy_is_refused(void **state)
{
    (void)state;
    staged_retry_state retry;
    staged_retry_policy policy = {.stop = staged_stop_when(NULL, NULL)};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_BAD_USE);
    policy = (staged_retry_policy){.wait = staged_wait_chain(NULL, 0)};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_BAD_USE);
    policy = (staged_retry_policy){.wait = staged_wait_fixed(-1)};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_BAD_USE);
    const double no_number = (double)NAN;
    policy = (staged_retry_policy){.wait = staged_wait_exponential(1, no_number, 0, 60)};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_BAD_USE);
    policy = (staged_retry_policy){.stop = staged_stop_before_delay(no_number)};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, NULL), STAGED_BAD_USE);
    policy = (staged_retry_policy){0};
    assert_int_equal(staged_retry_begin(&retry, &policy, NULL, &(staged_random){0}),
                     STAGED_BAD_USE);
}

TEST_GROUP(retry)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_goes_on_until_it_works),
        cmocka_unit_test(test_it_stops_and_does_not_count_that_wait),
        cmocka_unit_test(test_the_wait_comes_before_the_stop),
        cmocka_unit_test(test_what_is_retried),
        cmocka_unit_test(test_short_waits),
        cmocka_unit_test(test_waits_that_no_clock_can_wait),
        cmocka_unit_test(test_its_own_random_numbers),
        cmocka_unit_test(test_a_bad_policy_is_refused),
    };
    return cmocka_run_group_tests_name("retry retry", tests, NULL, NULL);
}
