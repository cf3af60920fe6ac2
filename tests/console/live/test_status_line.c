/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/live.h>

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static const char *nothing(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

static staged_console *new_console(staged_choice terminal)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .width = 40,
                                            .force_terminal = terminal,
                                            .force_interactive = terminal,
                                            .color_system = STAGED_COLOR_SYSTEM_STANDARD,
                                            .ascii = STAGED_NO,
                                            .environment = nothing};
    return staged_console_new(&options);
}

static void test_on_terminal(void **state)
{
    (void)state;
    staged_console *console = new_console(STAGED_YES);
    const staged_spinner_options options = {.size = sizeof options, .name = "line"};
    staged_status_line *line =
        staged_status_line_new(console, &options, "[red]busy[/] with %s", "[b]");
    assert_non_null(line);
    assert_int_equal(staged_status_line_update(line, "still busy"), STAGED_OK);
    assert_int_equal(staged_console_print(console, "above"), STAGED_OK);
    staged_status_line_free(line);
    const char *text = staged_console_text(console);
    assert_memory_equal(text, "\x1b[?25l\x1b[32m", 11);
    assert_non_null(strstr(text, "\x1b[0m \x1b[31mbusy\x1b[0m with [b]"));
    assert_non_null(strstr(text, "\r\x1b[2Kabove\n\x1b[32m"));
    assert_non_null(strstr(text, "\x1b[0m still busy"));
    const char *end = "\r\x1b[2K\x1b[?25h";
    assert_string_equal(text + strlen(text) - strlen(end), end);
    staged_console_free(console);
}

static void test_where_nothing_moves(void **state)
{
    (void)state;
    staged_console *console = new_console(STAGED_NO);
    staged_status_line *line = staged_status_line_new(console, NULL, "busy");
    assert_int_equal(staged_status_line_update(line, "still busy"), STAGED_OK);
    staged_status_line_free(line);
    staged_status_line_free(NULL);
    assert_string_equal(staged_console_text(console), "");
    assert_null(staged_status_line_new(console, STAGED_OPTIONS(staged_spinner_options, .name = "x"),
                                       "busy"));
    staged_console_free(console);
}

static staged_status use(void *context)
{
    (void)context;
    staged_console *console = new_console(STAGED_NO);
    if (console == NULL)
        return STAGED_NO_MEMORY;
    const staged_spinner_options options = {.size = sizeof options, .name = "line", .style = "red"};
    staged_status_line *line = staged_status_line_new(console, &options, "busy");
    const staged_status status =
        line == NULL ? STAGED_NO_MEMORY : staged_status_line_update(line, "still busy");
    staged_status_line_free(line);
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 5);
}

TEST_GROUP(status_line)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_on_terminal),
        cmocka_unit_test(test_where_nothing_moves),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console status_line", tests, NULL, NULL);
}
