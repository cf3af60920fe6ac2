/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/live.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <staged/export.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

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

static staged_console *new_console(bool moves, int width, int height)
{
    const staged_console_options options = {
        .size = sizeof options,
        .to_text = true,
        .width = width,
        .height = height,
        .force_terminal = moves ? STAGED_YES : STAGED_NO,
        .color_system = STAGED_COLOR_SYSTEM_NONE,
        .ascii = STAGED_NO,
        .environment = nothing,
    };
    return staged_console_new(&options);
}

/* What was written since the last time. */
static void assert_written(staged_console *console, const char *expected)
{
    assert_string_equal(staged_console_text(console), expected);
    staged_console_clear_text(console);
}

static const staged_live_options by_hand = {.size = sizeof by_hand, .refresh_per_second = -1};

static void test_life(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 20, 10);
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("one\ntwo"));
    assert_written(console, HIDE "one\ntwo");
    assert_int_equal(staged_console_print(console, "above"), STAGED_OK);
    assert_written(console, ERASE ABOVE "above\none\ntwo");
    assert_int_equal(staged_live_update_take(live, staged_markup_new("new")), STAGED_OK);
    assert_written(console, "");
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_written(console, ERASE ABOVE "new");
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_written(console, "");
    assert_int_equal(staged_live_stop(live), STAGED_OK);
    assert_written(console, ERASE "new\n" SHOW);
    assert_int_equal(staged_live_stop(live), STAGED_OK);
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_int_equal(staged_console_print(console, "after"), STAGED_OK);
    assert_written(console, "after\n");
    staged_live_free(live);
    staged_live_free(NULL);
    staged_console_free(console);
}

static void test_transient(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 20, 10);
    const staged_live_options options = {
        .size = sizeof options, .refresh_per_second = -1, .transient = true};
    staged_live *live = staged_live_new(console, &options, staged_markup_new("one\ntwo"));
    staged_live_free(live);
    assert_written(console, HIDE "one\ntwo" ERASE ABOVE SHOW);
    staged_console_free(console);
}

static void test_where_nothing_moves(void **state)
{
    (void)state;
    staged_console *console = new_console(false, 20, 10);
    const staged_live_options options = {
        .size = sizeof options, .refresh_per_second = 1000, .transient = true};
    staged_live *live = staged_live_new(console, NULL, staged_markup_new("one"));
    staged_live *transient = staged_live_new(console, &options, staged_markup_new("gone"));
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_int_equal(staged_console_print(console, "above"), STAGED_OK);
    assert_int_equal(staged_live_update_take(live, staged_markup_new("new")), STAGED_OK);
    staged_live_free(live);
    staged_live_free(transient);
    assert_written(console, "above\nnew\n");
    staged_console_free(console);
}

static void test_unfinished_lines(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 20, 10);
    const staged_print_options open_end = {.size = sizeof open_end, .end = ""};
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("live"));
    assert_written(console, HIDE "live");
    assert_int_equal(staged_console_print_with(console, &open_end, "a"), STAGED_OK);
    assert_written(console, "");
    assert_int_equal(staged_console_print_with(console, &open_end, "b\nc"), STAGED_OK);
    assert_written(console, ERASE "ab\nlive");
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    assert_written(console, ERASE SHOW "c");
    assert_int_equal(staged_console_print(console, "d"), STAGED_OK);
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_written(console, "d\n" HIDE "live");
    assert_int_equal(staged_console_print_with(console, &open_end, "e"), STAGED_OK);
    staged_live_free(live);
    assert_written(console, ERASE "live\n" SHOW "e");
    staged_console_free(console);
}

static void test_pauses_nest(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 20, 10);
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("live"));
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_written(console, "");
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_written(console, HIDE "live");
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    staged_live_free(live);
    assert_written(console, ERASE SHOW "live\n");
    assert_int_equal(staged_console_resume(console), STAGED_OK);
    assert_int_equal(staged_console_pause(console), STAGED_OK);
    assert_written(console, "");
    staged_console_free(console);
}

static void test_several(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 20, 10);
    staged_live *upper = staged_live_new(console, &by_hand, staged_markup_new("upper"));
    staged_live *lower = staged_live_new(console, &by_hand, staged_markup_new("lower"));
    assert_written(console, HIDE "upper" ERASE "upper\nlower");
    staged_live_free(upper);
    assert_written(console, ERASE ABOVE "upper\nlower");
    staged_live_free(lower);
    assert_written(console, ERASE "lower\n" SHOW);
    staged_console_free(console);
}

/* A window whose size a test can change. */
static int open_window(unsigned short columns)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    const struct winsize size = {.ws_col = columns, .ws_row = 10};
    assert_int_equal(ioctl(master, TIOCSWINSZ, &size), 0);
    return master;
}

static void assert_seen(int master, const char *expected)
{
    char text[200] = "";
    const ssize_t length = read(master, text, sizeof text - 1);
    assert_int_equal(length, strlen(expected));
    assert_string_equal(text, expected);
}

/* A terminal that became narrower breaks the lines: each takes as many rows as it needs now. */
static void test_narrower_window(void **state)
{
    (void)state;
    const int master = open_window(12);
    const int fd = open(ptsname(master), O_RDWR | O_NOCTTY);
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .fd = fd, .environment = nothing));
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("123456789012\n\n12"));
    assert_seen(master, HIDE "\x1b[1;36m123456789012\x1b[0m\r\n\r\n\x1b[1;36m12\x1b[0m");
    const struct winsize size = {.ws_col = 5, .ws_row = 10};
    assert_int_equal(ioctl(master, TIOCSWINSZ, &size), 0);
    assert_int_equal(staged_live_update_take(live, staged_markup_new("new")), STAGED_OK);
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_seen(master, ERASE ABOVE ABOVE ABOVE ABOVE "new");
    staged_live_free(live);
    staged_console_free(console);
    close(fd);
    close(master);
}

/* Somebody gave the cursor back, as before the process was stopped. */
static void test_restored(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 20, 10);
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("one\ntwo"));
    assert_written(console, HIDE "one\ntwo");
    staged_terminal_restore();
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_written(console, HIDE "one\ntwo");
    assert_int_equal(staged_console_print(console, "above"), STAGED_OK);
    assert_written(console, ERASE ABOVE "above\none\ntwo");
    staged_terminal_restore();
    staged_live_free(live);
    assert_written(console, "one\ntwo\n" SHOW);
    staged_console_free(console);
}

static void test_too_tall(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 9, 2);
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("1\n2\n3"));
    assert_written(console, HIDE "1\n   ...   ");
    staged_live_free(live);
    assert_written(console, ERASE ABOVE "1\n2\n3\n" SHOW);
    const staged_live_options crop = {
        .size = sizeof crop, .refresh_per_second = -1, .overflow = STAGED_LIVE_CROP};
    live = staged_live_new(console, &crop, staged_markup_new("1\n2\n3"));
    assert_written(console, HIDE "1\n2");
    staged_live_free(live);
    staged_console_free(console);
}

/* One that cannot be drawn says so, keeps nobody from printing, and gives the cursor back. */
static void test_failures(void **state)
{
    (void)state;
    staged_console *console = new_console(true, 20, 10);
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("[/x]"));
    assert_non_null(live);
    assert_written(console, HIDE);
    assert_int_equal(staged_live_refresh(live), STAGED_BAD_MARKUP);
    assert_non_null(strstr(staged_console_error(console), "[/x]"));
    assert_int_equal(staged_console_print(console, "above"), STAGED_OK);
    assert_written(console, "above\n");
    assert_int_equal(staged_live_update_take(live, staged_markup_new("good")), STAGED_OK);
    assert_int_equal(staged_live_refresh(live), STAGED_OK);
    assert_written(console, "good");
    assert_int_equal(staged_live_update_take(live, staged_markup_new("[/y]")), STAGED_OK);
    assert_int_equal(staged_live_stop(live), STAGED_BAD_MARKUP);
    assert_non_null(strstr(staged_console_error(console), "[/y]"));
    assert_written(console, ERASE SHOW);
    assert_int_equal(staged_live_update_take(live, NULL), STAGED_NO_MEMORY);
    staged_live_free(live);
    assert_null(staged_live_new(console, NULL, NULL));
    staged_console_free(console);
}

/* Only the last state is remembered. */
static void test_recording(void **state)
{
    (void)state;
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .width = 20,
                                            .force_terminal = STAGED_YES,
                                            .record = true,
                                            .environment = nothing};
    staged_console *console = staged_console_new(&options);
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("live"));
    assert_int_equal(staged_console_print(console, "above"), STAGED_OK);
    staged_live_free(live);
    char *text = staged_console_export(console, NULL);
    assert_string_equal(text, "above\nlive\n");
    free(text);
    staged_console_free(console);
}

static staged_status go_through(staged_console *console)
{
    staged_live *live = staged_live_new(console, &by_hand, staged_markup_new("one\ntwo"));
    if (live == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = staged_console_print(console, "above");
    if (status == STAGED_OK)
        status = staged_live_update_take(live, staged_markup_new("new"));
    if (status == STAGED_OK)
        status = staged_live_refresh(live);
    const staged_status stopped = staged_live_stop(live);
    staged_live_free(live);
    return status == STAGED_OK ? stopped : status;
}

static staged_status use(void *context)
{
    (void)context;
    staged_console *console = new_console(true, 20, 10);
    if (console == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status = go_through(console);
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 10);
}

TEST_GROUP(live)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_transient),
        cmocka_unit_test(test_where_nothing_moves),
        cmocka_unit_test(test_unfinished_lines),
        cmocka_unit_test(test_pauses_nest),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_narrower_window),
        cmocka_unit_test(test_restored),
        cmocka_unit_test(test_too_tall),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_recording),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console live", tests, NULL, NULL);
}
