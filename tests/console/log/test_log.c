/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console/device/console_impl.h"
#include "support/consoles.h"

/* Shows the time that it points to. */
static int64_t given_time(void *context)
{
    return *(int64_t *)context;
}

static staged_status no_sleep(void *context, int64_t nanoseconds)
{
    (void)context;
    (void)nanoseconds;
    return STAGED_OK;
}

static int64_t now_ns;
static const staged_clock clock_of_test = {given_time, given_time, no_sleep, &now_ns};

static staged_console *log_console(staged_color_system colors, staged_choice path)
{
    now_ns = INT64_C(1700000000000000000);
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .color_system = colors,
                                            .ascii = STAGED_NO,
                                            .width = 40,
                                            .log_path = path,
                                            .clock = &clock_of_test,
                                            .environment = empty_environment};
    return staged_console_new(&options);
}

static void test_the_time_is_blank_until_it_changes(void **state)
{
    (void)state;
    staged_console *console = log_console(STAGED_COLOR_SYSTEM_NONE, STAGED_NO);
    staged_console_log(console, "one");
    now_ns += 999999999;
    staged_console_log(console, "two");
    now_ns += 1;
    staged_console_log(console, "three");
    assert_string_equal(staged_console_text(console), "[22:13:20] one\n"
                                                      "           two\n"
                                                      "[22:13:21] three\n");
    staged_console_free(console);
}

static void test_the_path_is_that_of_the_call(void **state)
{
    (void)state;
    staged_console *console = log_console(STAGED_COLOR_SYSTEM_NONE, STAGED_AUTO);
    char expected[64];
    (void)snprintf(expected, sizeof expected, "test_log.c:%d\n", __LINE__ + 1);
    assert_int_equal(staged_console_log(console, "x %s", "y"), STAGED_OK);
    const char *text = staged_console_text(console);
    assert_string_equal(text + strlen(text) - strlen(expected), expected);
    staged_console_free(console);
}

static void test_the_path_links_to_the_file(void **state)
{
    (void)state;
    staged_console *console = log_console(STAGED_COLOR_SYSTEM_STANDARD, STAGED_AUTO);
    staged_log_options options = {.size = sizeof options, .where = {"/a b/c.c", 5}};
    staged_console_log_with(console, &options, "x");
    assert_non_null(strstr(staged_console_text(console), ";file:///a%20b/c.c\x1b\\"));
    assert_non_null(strstr(staged_console_text(console), ";file:///a%20b/c.c#5\x1b\\"));
    staged_console_clear_text(console);
    options.where.file = "no/such/file.c";
    staged_console_log_with(console, &options, "x");
    assert_non_null(strstr(staged_console_text(console), "file.c"));
    assert_null(strstr(staged_console_text(console), "file:"));
    staged_console_clear_text(console);
    const int here = open(".", O_RDONLY);
    assert_true(here >= 0);
    assert_int_equal(chdir("/usr"), 0);
    options.where.file = "bin";
    staged_console_log_with(console, &options, "x");
    assert_non_null(strstr(staged_console_text(console), ";file:///usr/bin\x1b\\"));
    assert_int_equal(fchdir(here), 0);
    (void)close(here);
    staged_console_free(console);
}

static bool has_link(staged_console *console, const char *file)
{
    const staged_log_options options = {.size = sizeof options, .where = {file, 0}};
    staged_console_clear_text(console);
    assert_int_equal(staged_console_log_with(console, &options, "x"), STAGED_OK);
    return strstr(staged_console_text(console), ";file:///") != NULL;
}

/* Whether a file is there is not asked again as long as few others come between. */
static void test_addresses_are_kept(void **state)
{
    (void)state;
    staged_console *console = log_console(STAGED_COLOR_SYSTEM_STANDARD, STAGED_AUTO);
    char name[] = "test_log_XXXXXX";
    const int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    assert_true(has_link(console, name));
    assert_int_equal(unlink(name), 0);
    assert_true(has_link(console, "/other.c"));
    assert_true(has_link(console, name));
    for (int i = 0; i < STG_LOG_FILES; i++) {
        char other[] = "/file0.c";
        other[5] = (char)('0' + i);
        assert_true(has_link(console, other));
    }
    assert_false(has_link(console, name));
    staged_console_free(console);
}

static void test_options_of_a_line(void **state)
{
    (void)state;
    staged_console *console = log_console(STAGED_COLOR_SYSTEM_STANDARD, STAGED_NO);
    const staged_log_options options = {
        .size = sizeof options, .style = "red", .markup = STAGED_NO, .highlight = STAGED_NO};
    staged_console_log_with(console, &options, "[b]%d", 1);
    assert_non_null(strstr(staged_console_text(console), "\x1b[31m[b]1"));
    staged_console_clear_text(console);
    const staged_log_options bad = {.size = sizeof bad, .style = "nonsense"};
    assert_int_equal(staged_console_log_with(console, &bad, "x"), STAGED_BAD_MARKUP);
    assert_string_equal(staged_console_text(console), "");
    staged_console_free(console);
}

static void test_renderables_and_mistakes(void **state)
{
    (void)state;
    staged_console *console = log_console(STAGED_COLOR_SYSTEM_NONE, STAGED_NO);
    staged_renderable *rule = staged_rule_new(NULL, "%s", "t");
    assert_int_equal(staged_console_log_renderable(console, NULL, rule), STAGED_OK);
    assert_string_equal(staged_console_text(console), "[22:13:20] ───────────── t ─────────────\n");
    staged_renderable_free(rule);
    assert_int_equal(staged_console_log_renderable(console, NULL, NULL), STAGED_NO_MEMORY);
    assert_int_equal(staged_console_log(console, "[/]"), STAGED_BAD_MARKUP);
    assert_string_equal(staged_console_error(console),
                        "closing tag '[/]' at position 0 has nothing to close");
    staged_console_free(console);
}

static void test_memory_stays_flat(void **state)
{
    (void)state;
    staged_console *console = log_console(STAGED_COLOR_SYSTEM_TRUECOLOR, STAGED_AUTO);
    const staged_log_options options = {.size = sizeof options, .where = {"/a/b.c", 1}};
    size_t capacity = 0;
    for (int i = 0; i < 2000; i++) {
        staged_console_log_with(console, &options, "[bold]%d[/] of '%s' [x%d]", i, "/a/b", i);
        staged_console_clear_text(console);
        if (i == 1000)
            capacity = console->out.capacity;
    }
    assert_int_equal(console->out.capacity, capacity);
    staged_console_free(console);
}

TEST_GROUP(log)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_time_is_blank_until_it_changes),
        cmocka_unit_test(test_the_path_is_that_of_the_call),
        cmocka_unit_test(test_the_path_links_to_the_file),
        cmocka_unit_test(test_addresses_are_kept),
        cmocka_unit_test(test_options_of_a_line),
        cmocka_unit_test(test_renderables_and_mistakes),
        cmocka_unit_test(test_memory_stays_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
