/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Expected values: tenacity's, with random() patched to answer 0.25. */
#include "retry/policy.h"

#include <math.h>

#include "support/cmocka_all.h"

static double a_quarter(void *context)
{
    (void)context;
    return 0.25;
}

static double seconds(staged_wait wait, int64_t attempt)
{
    const staged_random random = {.next = a_quarter};
    staged_retry_state retry = {.attempt_number = attempt, .random = &random};
    assert_true(stg_wait_is_valid(&wait));
    return stg_wait_seconds(&wait, &retry);
}

#define assert_seconds(wait, attempt, expected)                                                    \
    assert_float_equal(seconds(wait, attempt), expected, 1e-9)

static void test_fixed_random_incrementing(void **state)
{
    (void)state;
    assert_seconds((staged_wait){0}, 5, 0);
    assert_seconds(staged_wait_none(), 5, 0);
    assert_seconds(staged_wait_fixed(1.5), 5, 1.5);
    assert_seconds(staged_wait_random(2, 4), 1, 2.5);
    assert_seconds(staged_wait_incrementing(1, 2, 100), 1, 1);
    assert_seconds(staged_wait_incrementing(1, 2, 100), 4, 7);
    assert_seconds(staged_wait_incrementing(1, 2, 6), 4, 6);
    assert_seconds(staged_wait_incrementing(5, -2, 6), 4, 0);
}

static void test_exponential(void **state)
{
    (void)state;
    const staged_wait plain = staged_wait_exponential(1, 2, 0, STAGED_WAIT_LONGEST);
    assert_seconds(plain, 1, 1);
    assert_seconds(plain, 5, 16);
    assert_true(seconds(plain, 100) == STAGED_WAIT_LONGEST);
    assert_true(seconds(plain, 100000) == STAGED_WAIT_LONGEST);
    assert_seconds(staged_wait_exponential(0.5, 3, 0, 60), 3, 4.5);
    assert_seconds(staged_wait_exponential(0.5, 3, 0, 60), 30, 60);
    assert_seconds(staged_wait_exponential(1, 2, 4, 60), 1, 4);
    assert_seconds(staged_wait_exponential(1, 2, 4, 3), 9, 4);
    assert_seconds(staged_wait_exponential(1, 2, -4, 60), 1, 1);
    assert_seconds(staged_wait_exponential(0, 2, 1, 60), 5000, 1);
    assert_seconds(staged_wait_exponential(0, 2, 0, 60), 5000, 0);
    assert_seconds(staged_wait_exponential(-1, 2, 1, 60), 3, 1);
    assert_seconds(staged_wait_exponential(8, 0.5, 0, 60), 3, 2);
}

static void test_random_exponential(void **state)
{
    (void)state;
    assert_seconds(staged_wait_random_exponential(1, 2, 0, 60), 4, 2);
    assert_seconds(staged_wait_random_exponential(1, 2, 4, 60), 4, 5);
    assert_seconds(staged_wait_random_exponential(0.5, 2, 0, 60), 100, 15);
}

static void test_exponential_jitter(void **state)
{
    (void)state;
    assert_seconds(staged_wait_exponential_jitter(1, 2, 1, 0, 60), 1, 1.25);
    assert_seconds(staged_wait_exponential_jitter(1, 2, 2, 0, 60), 4, 8.5);
    assert_seconds(staged_wait_exponential_jitter(1, 2, 2, 10, 60), 4, 10);
    assert_seconds(staged_wait_exponential_jitter(1, 2, 2, 0, 8), 4, 8);
}

static double by_number(const staged_retry_state *retry, void *context)
{
    return (double)retry->attempt_number * *(const double *)context;
}

static void test_combined(void **state)
{
    (void)state;
    double tenth = 0.1;
    const staged_wait parts[] = {staged_wait_fixed(3), staged_wait_random(0, 2),
                                 staged_wait_by(by_number, &tenth)};
    assert_seconds(staged_wait_sum(parts, 3), 2, 3.7);
    assert_seconds(staged_wait_sum(NULL, 0), 2, 0);
    assert_seconds(staged_wait_chain(parts, 3), 1, 3);
    assert_seconds(staged_wait_chain(parts, 3), 2, 0.5);
    assert_seconds(staged_wait_chain(parts, 3), 3, 0.3);
    assert_seconds(staged_wait_chain(parts, 3), 9, 0.9);
}

static void test_invalid_policies(void **state)
{
    (void)state;
    staged_wait nested[STAGED_RETRY_DEEPEST + 2];
    nested[0] = staged_wait_fixed(1);
    for (size_t i = 1; i <= STAGED_RETRY_DEEPEST + 1; i++)
        nested[i] = staged_wait_sum(&nested[i - 1], 1);
    assert_true(stg_wait_is_valid(&nested[STAGED_RETRY_DEEPEST]));
    assert_false(stg_wait_is_valid(&nested[STAGED_RETRY_DEEPEST + 1]));
    assert_false(stg_wait_is_valid(&(staged_wait){.kind = STAGED_WAIT_CHAIN}));
    assert_false(stg_wait_is_valid(&(staged_wait){.kind = STAGED_WAIT_SUM, .part_count = 1}));
    assert_false(stg_wait_is_valid(&(staged_wait){.kind = STAGED_WAIT_BY}));
    assert_false(stg_wait_is_valid(&(staged_wait){.kind = (staged_wait_kind)99}));
}

TEST_GROUP(wait)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixed_random_incrementing),
        cmocka_unit_test(test_exponential),
        cmocka_unit_test(test_random_exponential),
        cmocka_unit_test(test_exponential_jitter),
        cmocka_unit_test(test_combined),
        cmocka_unit_test(test_invalid_policies),
    };
    return cmocka_run_group_tests_name("retry wait", tests, NULL, NULL);
}
