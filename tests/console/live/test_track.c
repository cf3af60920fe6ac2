/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/progress.h>

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_console *new_console(void)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .width = 80,
                                            .force_terminal = STAGED_NO,
                                            .color_system = STAGED_COLOR_SYSTEM_NONE,
                                            .ascii = STAGED_NO};
    return staged_console_new(&options);
}

/* What it shows in the end begins as expected: how much time is left cannot be foretold. */
static void assert_loop(size_t count, size_t steps, const char *expected)
{
    staged_console *console = new_console();
    staged_track track = staged_track_begin(console, count, "Step %s", "[x]");
    size_t expected_index = 0;
    while (expected_index < steps && staged_track_next(&track)) {
        assert_int_equal(track.index, expected_index);
        expected_index++;
    }
    if (steps > count)
        assert_int_equal(expected_index, count);
    staged_track_end(&track);
    staged_track_end(&track);
    assert_memory_equal(staged_console_text(console), expected, strlen(expected));
    staged_console_free(console);
}

#define FULL "━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━"

static void test_loops(void **state)
{
    (void)state;
    assert_loop(3, 9, "Step [x] " FULL " 100% 0:00:00\n");
    assert_loop(0, 9, "Step [x] " FULL "   0% 0:00:00\n");
    /* Left in the middle of the third of four steps. */
    assert_loop(4, 3, "Step [x] ━━━━━━━━━━━━━━━━━━━━                      50% ");
}

/* The loop is gone through although there is nothing to show it with. */
static staged_status use(void *context)
{
    (void)context;
    staged_console *console = new_console();
    if (console == NULL)
        return STAGED_NO_MEMORY;
    staged_track track = staged_track_begin(console, 3, "Step");
    size_t times = 0;
    while (staged_track_next(&track))
        times++;
    staged_track_end(&track);
    staged_console_free(console);
    return times == 3 ? STAGED_OK : STAGED_FAILED;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 5);
}

TEST_GROUP(track)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loops),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console track", tests, NULL, NULL);
}
