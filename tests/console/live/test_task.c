/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/task.h"

#include <float.h>
#include <math.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

#define SECOND INT64_C(1000000000)

static void test_time(void **state)
{
    (void)state;
    stg_task task = {0};
    assert_int_equal(stg_task_elapsed_ns(&task, 5), -1);
    stg_task_start(&task, 10 * SECOND);
    stg_task_start(&task, 11 * SECOND);
    assert_int_equal(stg_task_elapsed_ns(&task, 15 * SECOND), 5 * SECOND);
    assert_int_equal(stg_task_elapsed_ns(&task, 9 * SECOND), 0);
    stg_task_stop(&task, 16 * SECOND);
    assert_int_equal(stg_task_elapsed_ns(&task, 99 * SECOND), 6 * SECOND);
    stg_task_reset(&task, 20 * SECOND);
    assert_int_equal(stg_task_elapsed_ns(&task, 21 * SECOND), SECOND);
    stg_task_free(&task);
}

static void assert_percentage(double completed, double total, double expected)
{
    const stg_task task = {.has_total = true, .total = total, .completed = completed};
    assert_true(stg_task_percentage(&task) == expected);
}

static void test_percentage(void **state)
{
    (void)state;
    assert_percentage(0, 0, 0);
    assert_percentage(1, 4, 25);
    assert_percentage(5, 4, 100);
    assert_percentage(-1, 4, 0);
}

/* The figures that Rich gives for the same steps at the same times. */
static void test_estimates(void **state)
{
    (void)state;
    stg_task task = {.has_total = true, .total = 100};
    stg_task_start(&task, 0);
    assert_int_equal(stg_task_remaining_s(&task), -1);
    stg_task_advance(&task, 10, 1 * SECOND);
    assert_true(stg_task_speed(&task) == 0);
    assert_int_equal(stg_task_remaining_s(&task), -1);
    stg_task_advance(&task, 10, 2 * SECOND);
    assert_true(stg_task_speed(&task) == 10);
    assert_int_equal(stg_task_remaining_s(&task), 8);
    stg_task_advance(&task, 5, 4 * SECOND);
    assert_true(stg_task_speed(&task) == 5);
    assert_int_equal(stg_task_remaining_s(&task), 15);
    stg_task_set_completed(&task, 26, 5 * SECOND);
    assert_true(stg_task_speed(&task) == 4);
    assert_int_equal(stg_task_remaining_s(&task), 19); /* 18.5 */
    stg_task_set_completed(&task, 100, 6 * SECOND);
    assert_true(task.finished);
    assert_int_equal(task.finished_ns, 6 * SECOND);
    assert_int_equal(stg_task_remaining_s(&task), 0);
    stg_task_set_total(&task, 200, 6 * SECOND);
    assert_false(task.finished);
    assert_int_equal(stg_task_remaining_s(&task), -1);
    stg_task_free(&task);
}

static void test_only_the_last_half_minute_counts(void **state)
{
    (void)state;
    stg_task task = {.has_total = true, .total = 1000000};
    stg_task_start(&task, 0);
    for (int64_t second = 1; second <= 100; second++)
        stg_task_advance(&task, second <= 60 ? 1 : 100, second * SECOND);
    assert_true(stg_task_speed(&task) == 100);
    assert_int_equal(task.count, 31);
    stg_task_free(&task);
}

/* A million steps a second are counted as exactly as one, in bounded memory. */
static void test_many_steps(void **state)
{
    (void)state;
    stg_task task = {.has_total = true, .total = 1e9};
    stg_task_start(&task, 0);
    const int64_t step = SECOND / 100000;
    for (int64_t i = 1; i <= 4000000; i++)
        stg_task_advance(&task, 1, i * step);
    const double speed = stg_task_speed(&task);
    assert_true(speed > 99900 && speed < 100100);
    assert_true(task.capacity <= 2000);
    assert_true(task.completed == 4000000);
    stg_task_free(&task);
}

static void test_without_total(void **state)
{
    (void)state;
    stg_task task = {0};
    stg_task_start(&task, 0);
    stg_task_advance(&task, 1, SECOND);
    stg_task_advance(&task, 3, 2 * SECOND);
    assert_true(stg_task_speed(&task) == 3);
    assert_int_equal(stg_task_remaining_s(&task), -1);
    assert_false(task.finished);
    assert_true(stg_task_percentage(&task) == 0);
    stg_task_set_total(&task, 4, 3 * SECOND);
    assert_true(task.finished);
    stg_task_free(&task);
}

/* What a division by nothing, or a file without a size, may come to. */
static void test_odd_numbers(void **state)
{
    (void)state;
    const double odd[] = {NAN, INFINITY, -INFINITY, DBL_MAX, -DBL_MAX, DBL_MIN, -1, 0, 1e300, 100};
    enum { COUNT = sizeof odd / sizeof *odd };
    for (size_t i = 0; i < COUNT * COUNT * COUNT; i++) {
        stg_task task;
        stg_task_init(&task, odd[i % COUNT], odd[i / COUNT % COUNT]);
        stg_task_start(&task, 0);
        for (int64_t step = 1; step < 5; step++)
            stg_task_advance(&task, odd[(i / COUNT / COUNT + (size_t)step) % COUNT], step * SECOND);
        assert_true(isfinite(task.total) && task.total >= 0);
        assert_true(isfinite(task.completed));
        assert_true(isfinite(stg_task_speed(&task)));
        assert_true(stg_task_percentage(&task) >= 0 && stg_task_percentage(&task) <= 100);
        assert_true(stg_task_remaining_s(&task) >= -1);
        stg_task_free(&task);
    }
    stg_task task;
    stg_task_init(&task, INFINITY, NAN);
    assert_false(task.has_total);
    assert_true(task.completed == 0);
    stg_task_advance(&task, 3, 0);
    stg_task_advance(&task, NAN, 0);
    stg_task_advance(&task, -INFINITY, 0);
    assert_true(task.completed == 3);
    stg_task_set_total(&task, NAN, 0);
    assert_false(task.has_total);
    stg_task_set_total(&task, 4, 0);
    assert_true(stg_task_percentage(&task) == 75);
    stg_task_free(&task);
}

/* Without memory the count is right all the same. */
static staged_status use(void *context)
{
    (void)context;
    stg_task task = {.has_total = true, .total = 50};
    stg_task_start(&task, 0);
    for (int64_t i = 1; i <= 50; i++)
        stg_task_advance(&task, 1, i * SECOND);
    const bool right = task.finished && task.completed == 50;
    stg_task_free(&task);
    return right ? STAGED_OK : STAGED_FAILED;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 0);
}

TEST_GROUP(task)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time),        cmocka_unit_test(test_percentage),
        cmocka_unit_test(test_estimates),   cmocka_unit_test(test_only_the_last_half_minute_counts),
        cmocka_unit_test(test_many_steps),  cmocka_unit_test(test_without_total),
        cmocka_unit_test(test_odd_numbers), cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console task", tests, NULL, NULL);
}
