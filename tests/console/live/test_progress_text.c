/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/progress_text.h"

#include <math.h>
#include <stdlib.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

#define SECOND INT64_C(1000000000)

typedef void text_of(stg_buf *out, const stg_task *task);

static void assert_text(text_of *text, stg_task task, const char *expected)
{
    stg_buf out = {0};
    text(&out, &task);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static stg_task of(double completed, double total)
{
    return (stg_task){.has_total = total >= 0, .total = total, .completed = completed};
}

static void test_percentage(void **state)
{
    (void)state;
    assert_text(stg_progress_percentage, of(0, 100), "  0%");
    assert_text(stg_progress_percentage, of(5, 1000), "  0%");
    assert_text(stg_progress_percentage, of(15, 1000), "  2%");
    assert_text(stg_progress_percentage, of(99, 100), " 99%");
    assert_text(stg_progress_percentage, of(100, 100), "100%");
    assert_text(stg_progress_percentage, of(5, -1), "  0%");
}

static void test_odd_numbers(void **state)
{
    (void)state;
    assert_text(stg_progress_count, of(NAN, 4), "0/4");
    assert_text(stg_progress_count, of(INFINITY, 4), "9000000000000000/4");
    assert_text(stg_progress_download, of(NAN, NAN), "0/? bytes");
    stg_buf out = {0};
    stg_progress_size(&out, NAN);
    assert_string_equal(stg_buf_text(&out), "0 bytes");
    stg_buf_free(&out);
}

static void test_count(void **state)
{
    (void)state;
    assert_text(stg_progress_count, of(7, 1000), "   7/1000");
    assert_text(stg_progress_count, of(7.9, 10), " 7/10");
    assert_text(stg_progress_count, of(7, -1), "7/?");
    assert_text(stg_progress_count, of(12, -1), "12/?");
    assert_text(stg_progress_count, of(1e300, 1), "9000000000000000/1");
}

static void assert_elapsed(stg_task task, int64_t now_ns, const char *expected)
{
    stg_buf out = {0};
    stg_progress_elapsed(&out, &task, now_ns);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_times(void **state)
{
    (void)state;
    assert_elapsed(of(0, 1), 5 * SECOND, "-:--:--");
    assert_elapsed((stg_task){.started = true}, 7 * SECOND + SECOND / 2, "0:00:07");
    assert_elapsed((stg_task){.started = true}, 90061 * SECOND, "1 day, 1:01:01");
    assert_elapsed((stg_task){.started = true, .finished = true, .finished_ns = 61 * SECOND},
                   90 * SECOND, "0:01:01");
    assert_text(stg_progress_remaining, of(0, 1), "-:--:--");
    assert_text(stg_progress_remaining, of(0, -1), "");
    stg_task_sample samples[] = {{0, 0, 1}, {10 * SECOND, 10 * SECOND, 10}};
    stg_task running = of(10, 37010);
    running.started = true;
    running.samples = samples;
    running.count = running.capacity = 2;
    assert_text(stg_progress_remaining, running, "10:16:40");
    running.finished = true;
    assert_text(stg_progress_remaining, running, "0:00:00");
}

static void assert_size(double bytes, const char *expected)
{
    stg_buf out = {0};
    stg_progress_size(&out, bytes);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_sizes(void **state)
{
    (void)state;
    assert_size(0, "0 bytes");
    assert_size(1, "1 byte");
    assert_size(999, "999 bytes");
    assert_size(1000, "1.0 kB");
    assert_size(30000, "30.0 kB");
    assert_size(999999, "1,000.0 kB");
    assert_size(2500000000.0, "2.5 GB");
    assert_text(stg_progress_download, of(500, 999), "500/999 bytes");
    assert_text(stg_progress_download, of(500, 2300), "0.5/2.3 kB");
    assert_text(stg_progress_download, of(1500000, -1), "1.5/? MB");
}

static void test_speeds(void **state)
{
    (void)state;
    assert_text(stg_progress_transfer_speed, of(0, 1), "?");
    assert_text(stg_progress_transfer_speed, (stg_task){.finished_speed = 1500000}, "1.5 MB/s");
    assert_text(stg_progress_speed, of(0, 1), "");
    assert_text(stg_progress_speed, (stg_task){.finished_speed = 3.44}, "3.4 it/s");
    assert_text(stg_progress_speed, (stg_task){.finished_speed = 12345}, "12.3×10³ it/s");
    assert_text(stg_progress_speed, (stg_task){.finished_speed = 5e15}, "5,000.0×10¹² it/s");
}

static staged_status use(void *context)
{
    (void)context;
    stg_buf out = {0};
    const stg_task task = of(1, 100);
    stg_progress_count(&out, &task);
    stg_progress_download(&out, &task);
    const staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 0);
}

TEST_GROUP(progress_text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_odd_numbers),   cmocka_unit_test(test_percentage),
        cmocka_unit_test(test_count),         cmocka_unit_test(test_times),
        cmocka_unit_test(test_sizes),         cmocka_unit_test(test_speeds),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console progress_text", tests, NULL, NULL);
}
