/* SPDX-License-Identifier: BSD-3-Clause */
#include "retry/policy.h"

#include "support/cmocka_all.h"

static bool asks(staged_stop stop, int64_t attempt, double seconds, double upcoming)
{
    const staged_retry_state retry = {
        .attempt_number = attempt, .seconds_since_start = seconds, .upcoming_wait = upcoming};
    assert_true(stg_stop_is_valid(&stop));
    return stg_stop_asks(&stop, &retry);
}

static void test_each_kind_stops_at_its_limit(void **state)
{
    (void)state;
    assert_false(asks((staged_stop){0}, INT64_MAX, 1e300, 1e300));
    assert_false(asks(staged_stop_never(), INT64_MAX, 1e300, 1e300));
    assert_false(asks(staged_stop_after_attempts(3), 2, 0, 0));
    assert_true(asks(staged_stop_after_attempts(3), 3, 0, 0));
    assert_true(asks(staged_stop_after_attempts(-1), 1, 0, 0));
    assert_false(asks(staged_stop_after_delay(10), 1, 9.99, 60));
    assert_true(asks(staged_stop_after_delay(10), 1, 10, 0));
    assert_true(asks(staged_stop_after_delay(0), 1, 0, 0));
    assert_false(asks(staged_stop_before_delay(10), 1, 5, 4.99));
    assert_true(asks(staged_stop_before_delay(10), 1, 5, 5));
}

static void test_any_and_all(void **state)
{
    (void)state;
    const staged_stop parts[] = {staged_stop_after_attempts(3), staged_stop_after_delay(10)};
    assert_false(asks(staged_stop_any(parts, 2), 2, 9, 0));
    assert_true(asks(staged_stop_any(parts, 2), 3, 9, 0));
    assert_true(asks(staged_stop_any(parts, 2), 2, 10, 0));
    assert_false(asks(staged_stop_all(parts, 2), 3, 9, 0));
    assert_false(asks(staged_stop_all(parts, 2), 2, 10, 0));
    assert_true(asks(staged_stop_all(parts, 2), 3, 10, 0));
    assert_false(asks(staged_stop_any(NULL, 0), 3, 10, 0));
    assert_true(asks(staged_stop_all(NULL, 0), 1, 0, 0));
}

static bool is_set(const staged_retry_state *retry, void *context)
{
    return retry->attempt_number == 2 && *(const bool *)context;
}

static void test_a_function_is_asked(void **state)
{
    (void)state;
    bool set = false;
    assert_false(asks(staged_stop_when(is_set, &set), 2, 0, 0));
    set = true;
    assert_true(asks(staged_stop_when(is_set, &set), 2, 0, 0));
    assert_false(asks(staged_stop_when(is_set, &set), 1, 0, 0));
}

static void test_invalid_policies(void **state)
{
    (void)state;
    staged_stop nested[STAGED_RETRY_DEEPEST + 2];
    nested[0] = staged_stop_never();
    for (size_t i = 1; i <= STAGED_RETRY_DEEPEST + 1; i++)
        nested[i] = staged_stop_any(&nested[i - 1], 1);
    assert_true(stg_stop_is_valid(&nested[STAGED_RETRY_DEEPEST]));
    assert_false(stg_stop_is_valid(&nested[STAGED_RETRY_DEEPEST + 1]));
    staged_stop itself = staged_stop_all(&itself, 1);
    assert_false(stg_stop_is_valid(&itself));
    assert_false(stg_stop_is_valid(&(staged_stop){.kind = STAGED_STOP_WHEN}));
    assert_false(stg_stop_is_valid(&(staged_stop){.kind = STAGED_STOP_ANY, .part_count = 1}));
    assert_false(stg_stop_is_valid(&(staged_stop){.kind = (staged_stop_kind)99}));
}

TEST_GROUP(stop)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_stops_at_its_limit),
        cmocka_unit_test(test_any_and_all),
        cmocka_unit_test(test_a_function_is_asked),
        cmocka_unit_test(test_invalid_policies),
    };
    return cmocka_run_group_tests_name("retry stop", tests, NULL, NULL);
}
