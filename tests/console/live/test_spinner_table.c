/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/spinner_table.h"

#include <string.h>

#include "support/cmocka_all.h"

static void assert_frame(const char *name, size_t number, const char *expected)
{
    const stg_spinner_frames *spinner = stg_spinner_find(name);
    assert_non_null(spinner);
    size_t length;
    const char *frame = stg_spinner_frame(spinner, number, &length);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(frame, expected, length);
}

static void test_frames(void **state)
{
    (void)state;
    assert_frame("dots", 0, "⠋");
    assert_frame("dots", 9, "⠏");
    assert_frame("dots", 10, "⠋");
    assert_frame("line", 1, "\\");
    assert_frame("bouncingBar", 3, "[=== ]");
    assert_frame("aesthetic", 7, "▰▱▱▱▱▱▱");
    assert_frame("dots12", 55, "⠀⡀");
    assert_int_equal(stg_spinner_find("dots")->interval_ms, 80);
    assert_null(stg_spinner_find("none"));
    assert_null(stg_spinner_find(""));
}

TEST_GROUP(spinner_table)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_frames)};
    return cmocka_run_group_tests_name("console spinner_table", tests, NULL, NULL);
}
