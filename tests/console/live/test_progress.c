/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/progress.h>

#include <pthread.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static int64_t now_ns;

static int64_t given_time(void *context)
{
    (void)context;
    return now_ns;
}

static const staged_clock given_clock = {.monotonic_ns = given_time};

static const char *nothing(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

static staged_console *new_console(int width)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .width = width,
                                            .force_terminal = STAGED_NO,
                                            .color_system = STAGED_COLOR_SYSTEM_NONE,
                                            .ascii = STAGED_NO};
    return staged_console_new(&options);
}

/* Ends the display, and compares its last state. */
static void assert_last(staged_console *console, staged_progress *progress, const char *expected)
{
    staged_progress_free(progress);
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void test_default_columns(void **state)
{
    (void)state;
    staged_console *console = new_console(80);
    const staged_progress_options options = {
        .size = sizeof options, .clock = &given_clock, .bar_width = 10};
    now_ns = 0;
    staged_progress *progress = staged_progress_new(console, &options);
    assert_true(staged_progress_finished(progress));
    const staged_task first = staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 100), "[red]%s", "[first]");
    const staged_task second = staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 4, .completed = 1), "second");
    assert_int_equal(first, 1);
    assert_int_equal(second, 2);
    for (int i = 0; i < 2; i++) {
        now_ns += 1000000000;
        staged_progress_advance(progress, first, 25);
        staged_progress_advance(progress, second, 1.5);
    }
    assert_false(staged_progress_finished(progress));
    staged_progress_set_completed(progress, first, 100);
    assert_true(staged_progress_finished(progress));
    assert_last(console, progress,
                "[first] ━━━━━━━━━━ 100% 0:00:00\n"
                "second  ━━━━━━━━━━ 100% 0:00:00\n");
}

static void test_all_columns(void **state)
{
    (void)state;
    static const staged_progress_column columns[] = {
        STAGED_PROGRESS_SPINNER,        STAGED_PROGRESS_DESCRIPTION, STAGED_PROGRESS_PERCENTAGE,
        STAGED_PROGRESS_SPEED,          STAGED_PROGRESS_COUNT,       STAGED_PROGRESS_ELAPSED,
        STAGED_PROGRESS_REMAINING,      STAGED_PROGRESS_TIME,        STAGED_PROGRESS_DOWNLOAD,
        STAGED_PROGRESS_TRANSFER_SPEED, STAGED_PROGRESS_END};
    staged_console *console = new_console(100);
    const staged_progress_options options = {
        .size = sizeof options, .clock = &given_clock, .columns = columns, .spinner = "line"};
    now_ns = 0;
    staged_progress *progress = staged_progress_new(console, &options);
    const staged_task known = staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 4000), "known");
    const staged_task unknown = staged_progress_add_task(progress, NULL, "unknown");
    const staged_task done =
        staged_progress_add_task(progress, STAGED_OPTIONS(staged_task_options, .total = 2), "done");
    (void)staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 100, .waits = true), "waits");
    for (int i = 0; i < 2; i++) {
        now_ns += 1000000000;
        staged_progress_advance(progress, known, 1000);
        staged_progress_advance(progress, unknown, 5);
        staged_progress_advance(progress, done, 1);
    }
    assert_last(
        console, progress,
        "/ known    50%  50%     2000/4000 0:00:02 0:00:02 0:00:02 2.0/4.0 kB  1.0 kB/s \n"
        "/ unknown      5.0 it/s 10/?      0:00:02                 10/? bytes  5 bytes/s\n"
        "  done    100% 100%     2/2       0:00:02 0:00:00 0:00:02 2/2 bytes   1 byte/s \n"
        "/ waits     0%   0%       0/100   -:--:-- -:--:-- -:--:-- 0/100 bytes ?        \n");
}

static void test_changes(void **state)
{
    (void)state;
    static const staged_progress_column columns[] = {STAGED_PROGRESS_DESCRIPTION,
                                                     STAGED_PROGRESS_COUNT, STAGED_PROGRESS_ELAPSED,
                                                     STAGED_PROGRESS_END};
    staged_console *console = new_console(60);
    const staged_progress_options options = {
        .size = sizeof options, .clock = &given_clock, .columns = columns, .expand = true};
    now_ns = 0;
    staged_progress *progress = staged_progress_new(console, &options);
    staged_task tasks[6];
    for (int i = 0; i < 6; i++)
        tasks[i] = staged_progress_add_task(
            progress, STAGED_OPTIONS(staged_task_options, .total = 100, .waits = i == 3), "%d", i);
    staged_progress_remove(progress, tasks[0]);
    staged_progress_show(progress, tasks[1], false);
    staged_progress_set_total(progress, tasks[2], 7);
    assert_int_equal(staged_progress_describe(progress, tasks[2], "[b]two"), STAGED_OK);
    now_ns = 5000000000;
    staged_progress_start(progress, tasks[3]);
    staged_progress_stop(progress, tasks[4]);
    staged_progress_advance(progress, tasks[5], 4);
    staged_progress_reset(progress, tasks[5]);
    now_ns = 8000000000;
    /* What is no task is nobody's. */
    staged_progress_advance(progress, 0, 1);
    staged_progress_set_completed(progress, 99, 1);
    staged_progress_set_total(progress, 99, 1);
    staged_progress_show(progress, 99, true);
    staged_progress_start(progress, 99);
    staged_progress_stop(progress, 99);
    staged_progress_reset(progress, tasks[0]);
    staged_progress_remove(progress, tasks[0]);
    assert_int_equal(staged_progress_describe(progress, 99, "x"), STAGED_OK);
    assert_last(console, progress,
                "two          0/7                       0:00:08              \n"
                "3              0/100                   0:00:03              \n"
                "4              0/100                   0:00:05              \n"
                "5              0/100                   0:00:03              \n");
}

static void test_bad_use(void **state)
{
    (void)state;
    staged_console *console = new_console(60);
    assert_null(staged_progress_new(
        console, STAGED_OPTIONS(staged_progress_options, .spinner = "nonsense")));
    staged_progress_free(NULL);
    staged_progress *progress = staged_progress_new(console, NULL);
    assert_int_equal(staged_progress_refresh(progress), STAGED_OK);
    assert_last(console, progress, "");
}

static void *work(void *argument)
{
    for (int i = 0; i < 1000; i++)
        staged_progress_advance(argument, 1, 1);
    return NULL;
}

/* Threads advance a task while it is drawn. */
static void test_threads(void **state)
{
    (void)state;
    const staged_console_options shown = {.size = sizeof shown,
                                          .to_text = true,
                                          .width = 60,
                                          .force_terminal = STAGED_YES,
                                          .environment = nothing};
    staged_console *console = staged_console_new(&shown);
    staged_progress *progress = staged_progress_new(
        console, STAGED_OPTIONS(staged_progress_options, .refresh_per_second = 1000));
    assert_int_equal(staged_progress_add_task(
                         progress, STAGED_OPTIONS(staged_task_options, .total = 4000), "all of it"),
                     1);
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, progress), 0);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_true(staged_progress_finished(progress));
    staged_progress_free(progress);
    staged_console_free(console);
}

static staged_status use(void *context)
{
    (void)context;
    staged_console *console = new_console(60);
    staged_progress *progress = console == NULL ? NULL : staged_progress_new(console, NULL);
    const staged_task task =
        progress == NULL ? 0 : staged_progress_add_task(progress, NULL, "task");
    staged_status status = task == 0 ? STAGED_NO_MEMORY : STAGED_OK;
    if (task != 0) {
        staged_progress_advance(progress, task, 1);
        status = staged_progress_describe(progress, task, "another");
    }
    staged_progress_free(progress);
    if (status == STAGED_OK && *staged_console_text(console) == '\0')
        status = STAGED_NO_MEMORY;
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 10);
}

TEST_GROUP(progress)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_columns), cmocka_unit_test(test_all_columns),
        cmocka_unit_test(test_changes),         cmocka_unit_test(test_bad_use),
        cmocka_unit_test(test_threads),         cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console progress", tests, NULL, NULL);
}
