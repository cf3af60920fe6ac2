/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Several displays at the bottom of one terminal; what a single one does is in test_live.c. */
#include "console/device/region.h"

#include <string.h>

#include "support/cmocka_all.h"

#define HIDE "\x1b[?25l"
#define SHOW "\x1b[?25h"
#define ERASE "\r\x1b[2K"
#define ABOVE "\x1b[1A\x1b[2K"

static const char *nothing(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

static staged_console *new_console(void)
{
    return staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 20,
                                             .height = 10, .force_terminal = STAGED_YES,
                                             .color_system = STAGED_COLOR_SYSTEM_NONE,
                                             .ascii = STAGED_NO, .environment = nothing));
}

static void assert_written(staged_console *console, const char *expected)
{
    assert_string_equal(staged_console_text(console), expected);
    staged_console_clear_text(console);
}

static const staged_live_options by_hand = {.size = sizeof by_hand, .refresh_per_second = -1};

static void test_displays_stand_below_each_other(void **state)
{
    (void)state;
    staged_console *console = new_console();
    staged_live *first = staged_live_new(console, &by_hand, staged_markup_new("first"));
    assert_written(console, HIDE "first");
    staged_live *second = staged_live_new(console, &by_hand, staged_markup_new("second"));
    assert_written(console, ERASE "first\nsecond");
    assert_int_equal(staged_live_update_take(first, staged_markup_new("1")), STAGED_OK);
    assert_int_equal(staged_live_refresh(first), STAGED_OK);
    assert_written(console, ERASE ABOVE "1\nsecond");
    staged_live_free(second);
    staged_live_free(first);
    const char *rest = staged_console_text(console);
    assert_string_equal(rest + strlen(rest) - strlen(SHOW), SHOW);
    staged_console_free(console);
}

static void test_a_pause_takes_them_off(void **state)
{
    (void)state;
    staged_console *console = new_console();
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("one"));
    assert_written(console, HIDE "one");
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    assert_written(console, ERASE SHOW);
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_int_equal(staged_console_print(console, "between"), STAGED_OK);
    assert_written(console, "between\n");
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_written(console, HIDE "one");
    assert_int_equal(staged_console_print(console, "after"), STAGED_OK);
    assert_written(console, ERASE "after\none");
    staged_live_free(live);
    staged_console_free(console);
}

TEST_GROUP(region)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_displays_stand_below_each_other),
        cmocka_unit_test(test_a_pause_takes_them_off),
    };
    return cmocka_run_group_tests_name("console region", tests, NULL, NULL);
}
