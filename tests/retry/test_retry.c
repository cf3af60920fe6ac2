/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/retry.h>

#include <math.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

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

/* Begins an attempt under a policy that is valid. */
static staged_retry_state *begun(const staged_retry_policy *policy, const staged_clock *clock)
{
    staged_retry_state *retry = staged_retry_state_new(policy, clock, NULL);
    assert_non_null(retry);
    assert_string_equal(staged_retry_state_error(retry), "");
    return retry;
}

static void test_repeats_until_success(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    const staged_retry_policy policy = {.size = sizeof policy, .wait = staged_wait_fixed(1.5)};
    staged_retry_state *retry = begun(&policy, &v.clock);
    const staged_retry_statistics *statistics = staged_retry_state_statistics(retry);
    assert_int_equal(statistics->attempts, 1);
    assert_int_equal(statistics->start_ns, INT64_C(1000000000000));

    for (int i = 1; i <= 3; i++) {
        virtual_clock_pass(&v, 2);
        assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_AGAIN);
        assert_int_equal(staged_retry_state_wait_ns(retry), 1500000000);
        assert_int_equal(staged_retry_state_attempt(retry), i);
        assert_int_equal(statistics->attempts, i + 1);
        assert_int_equal(statistics->idle_ns, i * INT64_C(1500000000));
        assert_false(staged_retry_state_is_running(retry));
        assert_int_equal(staged_retry_state_outcome(retry), STAGED_RETRY);
        staged_retry_state_next(retry);
        assert_true(staged_retry_state_is_running(retry));
        assert_int_equal(staged_retry_state_outcome(retry), STAGED_OK);
        assert_int_equal(staged_retry_state_attempt(retry), i + 1);
        v.clock.sleep_ns(v.clock.context, staged_retry_state_wait_ns(retry));
    }
    virtual_clock_pass(&v, 2);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_OK), STAGED_RETRY_DONE);
    assert_int_equal(statistics->idle_ns, 4500000000);
    /* Of the last decision whether to stop, as in the original: the end of the third attempt. */
    assert_int_equal(statistics->elapsed_ns, 9000000000);
    staged_retry_state_free(retry);
}

static void test_it_stops_and_does_not_count_that_wait(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    const staged_stop stops[] = {staged_stop_after_delay(60), staged_stop_after_attempts(2)};
    const staged_retry_policy policy = {
        .size = sizeof policy, .stop = staged_stop_any(stops, 2), .wait = staged_wait_fixed(2)};
    staged_retry_state *retry = begun(&policy, &v.clock);
    virtual_clock_pass(&v, 20);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_AGAIN);
    staged_retry_state_next(retry);
    virtual_clock_pass(&v, 3);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_ABANDON);
    const staged_retry_statistics *statistics = staged_retry_state_statistics(retry);
    assert_int_equal(statistics->attempts, 2);
    assert_int_equal(statistics->idle_ns, 2000000000);
    assert_int_equal(statistics->elapsed_ns, 23000000000);
    staged_retry_state_free(retry);
}

/* The wait is known before it is asked whether to stop. */
static void test_the_wait_comes_before_the_stop(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    const staged_retry_policy policy = {
        .size = sizeof policy, .stop = staged_stop_before_delay(10), .wait = staged_wait_fixed(8)};
    staged_retry_state *retry = begun(&policy, &v.clock);
    virtual_clock_pass(&v, 2);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_ABANDON);
    assert_int_equal(staged_retry_state_wait_ns(retry), 8000000000);
    staged_retry_state_free(retry);
}

static bool unless_out_of_memory(void *context, staged_status outcome)
{
    (*(int *)context)++;
    return outcome != STAGED_OK && outcome != STAGED_NO_MEMORY;
}

static void test_retried_statuses(void **state)
{
    (void)state;
    staged_retry_state *retry = begun(NULL, NULL);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_FAILED), STAGED_RETRY_DONE);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_AGAIN);
    staged_retry_state_free(retry);

    int asked = 0;
    const staged_retry_policy policy = {
        .size = sizeof policy, .retry_if = unless_out_of_memory, .context = &asked};
    retry = begun(&policy, NULL);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_FAILED), STAGED_RETRY_AGAIN);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_NO_MEMORY), STAGED_RETRY_DONE);
    assert_int_equal(asked, 2);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_AGAIN);
    assert_int_equal(asked, 2);
    staged_retry_state_free(retry);
}

static void assert_wait_ns(staged_wait wait, int64_t expected)
{
    const staged_retry_policy policy = {.size = sizeof policy, .wait = wait};
    staged_retry_state *retry = begun(&policy, NULL);
    assert_int_equal(staged_retry_state_wait_ns(retry), 0);
    assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_AGAIN);
    assert_true(staged_retry_state_wait_ns(retry) == expected);
    staged_retry_state_free(retry);
}

static void test_waits(void **state)
{
    (void)state;
    static const double seconds[] = {0, 0.000000001, 0.25, 1};
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++)
        assert_wait_ns(staged_wait_fixed(seconds[i]), (int64_t)(seconds[i] * 1e9));
    /* No clock can wait so long, or less than not at all. */
    assert_wait_ns(staged_wait_fixed(STAGED_WAIT_LONGEST), INT64_MAX);
    assert_wait_ns(staged_wait_random(-2, -1), 0);
}

static void test_endless_waits_add_up_to_one(void **state)
{
    (void)state;
    const staged_retry_policy policy = {.size = sizeof policy,
                                        .wait = staged_wait_fixed(STAGED_WAIT_LONGEST)};
    staged_retry_state *retry = begun(&policy, NULL);
    for (int i = 0; i < 2; i++)
        assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_AGAIN);
    assert_true(staged_retry_state_statistics(retry)->idle_ns == INT64_MAX);
    staged_retry_state_free(retry);
}

static void test_its_own_random_numbers(void **state)
{
    (void)state;
    virtual_clock v;
    virtual_clock_init(&v);
    const staged_retry_policy policy = {.size = sizeof policy, .wait = staged_wait_random(0, 1)};
    staged_retry_state *retry = begun(&policy, &v.clock);
    int low = 0;
    double before = -1;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_AGAIN);
        staged_retry_state_next(retry);
        const double number = (double)staged_retry_state_wait_ns(retry) / 1e9;
        assert_true(number >= 0 && number < 1 && number != before);
        low += number < 0.5;
        before = number;
    }
    assert_in_range(low, 400, 600);
    staged_retry_state_free(retry);
}

static void assert_refused(const staged_retry_policy *policy, const staged_random *random)
{
    staged_retry_state *retry = staged_retry_state_new(policy, NULL, random);
    assert_non_null(strstr(staged_retry_state_error(retry), "the retry policy is invalid"));
    assert_int_equal(staged_retry_state_decide(retry, STAGED_RETRY), STAGED_RETRY_DONE);
    staged_retry_state_free(retry);
}

static void test_a_bad_policy_is_refused(void **state)
{
    (void)state;
    const double no_number = (double)NAN;
    const staged_retry_policy policies[] = {
        {.size = sizeof(staged_retry_policy), .stop = staged_stop_when(NULL, NULL)},
        {.size = sizeof(staged_retry_policy), .wait = staged_wait_chain(NULL, 0)},
        {.size = sizeof(staged_retry_policy), .wait = staged_wait_fixed(-1)},
        {.size = sizeof(staged_retry_policy), .wait = staged_wait_exponential(1, no_number, 0, 60)},
        {.size = sizeof(staged_retry_policy), .stop = staged_stop_before_delay(no_number)},
    };
    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++)
        assert_refused(&policies[i], NULL);
    assert_refused(NULL, &(staged_random){0});
}

static staged_status make_one(void *context)
{
    (void)context;
    staged_retry_state *retry = staged_retry_state_new(NULL, NULL, NULL);
    const staged_status status = retry == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_retry_state_free(retry);
    return status;
}

static void test_without_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(make_one, NULL), 1);
}

TEST_GROUP(retry)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repeats_until_success),
        cmocka_unit_test(test_it_stops_and_does_not_count_that_wait),
        cmocka_unit_test(test_the_wait_comes_before_the_stop),
        cmocka_unit_test(test_retried_statuses),
        cmocka_unit_test(test_waits),
        cmocka_unit_test(test_endless_waits_add_up_to_one),
        cmocka_unit_test(test_its_own_random_numbers),
        cmocka_unit_test(test_a_bad_policy_is_refused),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("retry retry", tests, NULL, NULL);
}
