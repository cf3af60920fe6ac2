/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log/log_cell.h"

#include "console/device/console_impl.h"
#include "support/consoles.h"
#include "support/torture.h"

static int64_t no_time(void *context)
{
    (void)context;
    return 0;
}

static staged_status no_sleep(void *context, int64_t nanoseconds)
{
    (void)context;
    (void)nanoseconds;
    return STAGED_OK;
}

static const staged_clock still = {no_time, no_time, no_sleep, NULL};

static staged_console *log_console(void)
{
    const staged_console_options options = {.to_text = true,
                                            .color_system = STAGED_COLOR_SYSTEM_STANDARD,
                                            .ascii = STAGED_NO,
                                            .width = 40,
                                            .log_time_format = "12:34",
                                            .clock = &still,
                                            .environment = empty_environment};
    return staged_console_new(&options);
}

static void assert_painted(const stg_log_cell *cell, size_t cells, const char *painted)
{
    assert_non_null(cell);
    assert_true(cell->simple);
    assert_int_equal(cell->cells, cells);
    assert_string_equal(stg_buf_text(&cell->painted), painted);
}

static void test_the_time_is_drawn_once(void **state)
{
    (void)state;
    staged_console *console = log_console();
    stg_console_lock(console);
    stg_draw draw = stg_console_begin(console);
    const stg_log_cell *cell = stg_log_time_cell(console, &draw);
    assert_painted(cell, 6, "\x1b[2;36m12:34\x1b[0m\x1b[2;36m \x1b[0m");
    assert_ptr_equal(stg_log_time_cell(console, &draw), cell);
    console->log.time_told = true;
    assert_painted(stg_log_time_cell(console, &draw), 6,
                   "\x1b[2;36m     \x1b[0m\x1b[2;36m \x1b[0m");
    stg_console_unlock(console);
    staged_console_free(console);
}

static const stg_log_cell *path_cell(staged_console *console, stg_draw *draw, const char *path,
                                     int line, const char *link)
{
    const stg_log_place place = {.path = path, .line = line, .link = link};
    return stg_log_path_cell(console, draw, &place);
}

static void test_a_path_is_drawn_once(void **state)
{
    (void)state;
    staged_console *console = log_console();
    stg_console_lock(console);
    stg_draw draw = stg_console_begin(console);
    const stg_log_cell *cell = path_cell(console, &draw, "a.c", 7, NULL);
    assert_painted(cell, 5, "\x1b[2ma.c:7\x1b[0m");
    assert_ptr_equal(path_cell(console, &draw, "a.c", 7, NULL), cell);
    /* Another line, file or link, also one that is kept in the same place, is another path. */
    assert_painted(path_cell(console, &draw, "a.c", 39, NULL), 6, "\x1b[2ma.c:39\x1b[0m");
    assert_painted(path_cell(console, &draw, "b.c", 39, NULL), 6, "\x1b[2mb.c:39\x1b[0m");
    cell = path_cell(console, &draw, "b.c", 39, "/b.c");
    assert_non_null(strstr(stg_buf_text(&cell->painted), "file:///b.c#39"));
    assert_painted(path_cell(console, &draw, "a.c", 7, NULL), 5, "\x1b[2ma.c:7\x1b[0m");
    assert_painted(path_cell(console, &draw, "a.c", -7, NULL), 6, "\x1b[2ma.c:-7\x1b[0m");
    assert_false(path_cell(console, &draw, "a\nc", 7, NULL)->simple);
    stg_console_unlock(console);
    staged_console_free(console);
}

static void test_other_styles_are_drawn_anew(void **state)
{
    (void)state;
    staged_console *console = log_console();
    staged_log_options options = {.where = {"no/such/a.c", 7}};
    assert_int_equal(staged_console_log_with(console, &options, "x"), STAGED_OK);
    assert_int_equal(staged_console_set_style(console, "log.path", "bold"), STAGED_OK);
    assert_int_equal(staged_console_set_style(console, "log.time", "red"), STAGED_OK);
    staged_console_clear_text(console);
    assert_int_equal(staged_console_log_with(console, &options, "x"), STAGED_OK);
    const char *text = staged_console_text(console);
    assert_non_null(strstr(text, "\x1b[1ma.c:7\x1b[0m"));
    assert_non_null(strstr(text, "\x1b[31m     \x1b[0m"));
    staged_console_free(console);
}

/* What a console remembers has all colours, also if its output has none. */
static void test_the_recording_has_its_own(void **state)
{
    (void)state;
    const staged_console_options options = {.to_text = true,
                                            .record = true,
                                            .ascii = STAGED_NO,
                                            .width = 40,
                                            .log_time = STAGED_NO,
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    const staged_log_options place = {.where = {"no/such/a.c", 7}};
    for (int i = 0; i < 2; i++) {
        stg_buf_clear(&console->recorded);
        staged_console_clear_text(console);
        assert_int_equal(staged_console_log_with(console, &place, "x"), STAGED_OK);
        assert_string_equal(staged_console_text(console),
                            "x                                  a.c:7\n");
        assert_non_null(strstr(stg_buf_text(&console->recorded), "\x1b[2ma.c:7\x1b[0m"));
    }
    staged_console_free(console);
}

static staged_status log_twice(void *context)
{
    (void)context;
    staged_console *console = log_console();
    if (console == NULL)
        return STAGED_NO_MEMORY;
    const staged_log_options options = {.where = {"no/such/a.c", 7}};
    staged_status status = staged_console_log_with(console, &options, "one");
    if (status == STAGED_OK)
        status = staged_console_log_with(console, &options, "two");
    if (status == STAGED_OK)
        assert_non_null(strstr(staged_console_text(console), "two"));
    staged_console_free(console);
    return status;
}

/* The address of a file is left out where there is no memory for it. */
static void test_without_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(log_twice, NULL) > 0);
}

TEST_GROUP(log_cell)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_time_is_drawn_once),
        cmocka_unit_test(test_a_path_is_drawn_once),
        cmocka_unit_test(test_other_styles_are_drawn_anew),
        cmocka_unit_test(test_the_recording_has_its_own),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
