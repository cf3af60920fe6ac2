/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log/log_line.h"
#include "support/consoles.h"
#include "support/torture.h"

/* A line of these columns, drawn at a width.  No format: there is no time. */
static void assert_line(int width, const char *time_format, const char *message, const char *path,
                        int line, const char *expected)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .ascii = STAGED_NO,
                                            .width = width,
                                            .log_time =
                                                time_format == NULL ? STAGED_NO : STAGED_YES,
                                            .log_time_format = time_format,
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    stg_console_lock(console);
    stg_draw draw = stg_console_begin(console);
    const stg_text text = text_of(&draw, message);
    const stg_text_item item = stg_text_item_of(&text);
    const stg_log_place place = {.path = path, .line = line};
    stg_log_draw(console, &draw, &place, &item.base);
    assert_int_equal(stg_console_finish(console, &draw), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void test_with_room(void **state)
{
    (void)state;
    assert_line(20, "[12:34]", "text", "a.c", 1, "[12:34] text   a.c:1\n");
    assert_line(18, "[12:34]", "a text", "a.c", 1, "[12:34] a    a.c:1\n        text\n");
    assert_line(10, NULL, "text", "a.c", 1, "text a.c:1\n");
    assert_line(12, "[12:34]", "text", NULL, 0, "[12:34] text\n");
    assert_line(6, NULL, "text", NULL, 0, "text\n");
    assert_line(6, NULL, "", NULL, 0, "\n");
    assert_line(6, "", "text", NULL, 0, " text\n");
}

static void test_where_room_is_short(void **state)
{
    (void)state;
    assert_line(14, "[12:34]", "ab", "file.c", 1, "[12:… a file.…\n      b\n");
    assert_line(8, "[12:34]", "ab", "file.c", 1, "[… a fi…\n   b\n");
    assert_line(3, "[12:34]", "ab", "file.c", 1, "  …\n");
}

static void test_columns_of_several_lines(void **state)
{
    (void)state;
    assert_line(12, "1%n22", "text", "a\nb", 0, "1  text    a\n22         b\n");
}

/* What a log line looks like with colours, below one of the same second. */
static void assert_coloured(const char *message, const char *expected)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .color_system = STAGED_COLOR_SYSTEM_STANDARD,
                                            .width = 30,
                                            .log_time_format = "12",
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    staged_console_log_with(console, NULL, "x");
    assert_string_equal(staged_console_text(console), "\x1b[2;36m12\x1b[0m\x1b[2;36m \x1b[0mx\n");
    staged_console_clear_text(console);
    staged_renderable *item =
        staged_text_new(STAGED_OPTIONS(staged_text_options, .markup = true), message);
    staged_console_log_renderable(console, NULL, item);
    staged_renderable_free(item);
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void test_no_line_ends_in_blanks(void **state)
{
    (void)state;
    assert_line(6, "[12]  ", "", NULL, 0, "[12]\n");
    assert_coloured("", "\n");
    assert_coloured("[bold]a[/]  ", "\x1b[2;36m  \x1b[0m\x1b[2;36m \x1b[0m\x1b[1ma\x1b[0m\n");
    assert_coloured("a\n\nb", "\x1b[2;36m  \x1b[0m\x1b[2;36m \x1b[0ma\n\n\x1b[2;36m   \x1b[0mb\n");
    assert_coloured("[on red] ", "\x1b[2;36m  \x1b[0m\x1b[2;36m \x1b[0m\x1b[41m \x1b[0m\n");
}

/* Printing keeps them, as Rich does, unless the console is told not to. */
static void test_printing_can_leave_them_out(void **state)
{
    (void)state;
    staged_console_options options = {.size = sizeof options,
                                      .to_text = true,
                                      .width = 8,
                                      .log_path = STAGED_NO,
                                      .environment = empty_environment};
    const staged_print_options soft = {.size = sizeof soft, .soft_wrap = STAGED_YES};
    const staged_print_options open = {.size = sizeof open, .end = ""};
    static const char *const expected[] = {"a  \na  \na  ", "a\na\na  "};
    for (int i = 0; i < 2; i++) {
        options.trim = i == 0 ? STAGED_AUTO : STAGED_YES;
        staged_console *console = staged_console_new(&options);
        staged_console_print(console, "a  ");
        staged_console_print_with(console, &soft, "a  ");
        /* A prompt, say. */
        staged_console_print_with(console, &open, "a  ");
        assert_string_equal(staged_console_text(console), expected[i]);
        staged_console_free(console);
    }
}

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
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .color_system = STAGED_COLOR_SYSTEM_STANDARD,
                                            .ascii = STAGED_NO,
                                            .width = 40,
                                            .log_time_format = "12:34",
                                            .clock = &still,
                                            .environment = empty_environment};
    return staged_console_new(&options);
}

static void test_other_styles_are_drawn_anew(void **state)
{
    (void)state;
    staged_console *console = log_console();
    staged_log_options options = {.size = sizeof options, .where = {"no/such/a.c", 7}};
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
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .record = true,
                                            .ascii = STAGED_NO,
                                            .width = 40,
                                            .log_time = STAGED_NO,
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    const staged_log_options place = {.size = sizeof place, .where = {"no/such/a.c", 7}};
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
    const staged_log_options options = {.size = sizeof options, .where = {"no/such/a.c", 7}};
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

TEST_GROUP(log_line)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_room),
        cmocka_unit_test(test_where_room_is_short),
        cmocka_unit_test(test_columns_of_several_lines),
        cmocka_unit_test(test_no_line_ends_in_blanks),
        cmocka_unit_test(test_printing_can_leave_them_out),
        cmocka_unit_test(test_other_styles_are_drawn_anew),
        cmocka_unit_test(test_the_recording_has_its_own),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
