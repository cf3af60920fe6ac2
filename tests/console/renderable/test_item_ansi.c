/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/console.h>

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

/* What a console of 12 columns shows of it. */
static void assert_drawn(const char *bytes, const char *expected)
{
    staged_console *console = staged_console_new(STAGED_OPTIONS(
        staged_console_options, .to_text = true, .width = 12, .force_terminal = STAGED_YES,
        .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR, .ascii = STAGED_NO));
    staged_renderable *item = staged_ansi_new(bytes, strlen(bytes));
    assert_int_equal(staged_console_print_renderable(console, NULL, item), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_renderable_free(item);
    staged_console_free(console);
}

static void test_drawn(void **state)
{
    (void)state;
    assert_drawn("", "\n");
    assert_drawn("plain 1", "plain 1\n");
    assert_drawn("\x1b[1;31mred\x1b[0m on\n\x1b[4mtwo\n\nlines",
                 "\x1b[1;31mred\x1b[0m on\n\x1b[4mtwo\x1b[0m\n\n\x1b[4mlines\x1b[0m\n");
    assert_drawn("[b]not markup[/]\n", "[b]not \nmarkup[/]\n");
    assert_drawn("\x1b[38;2;1;2;3mfolded between words", "\x1b[38;2;1;2;3mfolded \x1b[0m\n"
                                                         "\x1b[38;2;1;2;3mbetween \x1b[0m\n"
                                                         "\x1b[38;2;1;2;3mwords\x1b[0m\n");
    assert_drawn("\x1b[2J\x1b[3;3Ha\x07\x1b]0;title\x07"
                 "b",
                 "ab\n");
    assert_drawn("10%\r\x1b[32m99%\x1b[0m\r\n", "\x1b[32m99%\x1b[0m\n");
}

static void test_in_panel(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 20,
                       .color_system = STAGED_COLOR_SYSTEM_NONE, .ascii = STAGED_NO));
    staged_renderable *panel =
        staged_panel_new(STAGED_OPTIONS(staged_panel_options, .expand = STAGED_NO),
                         staged_ansi_new("\x1b[1mone\x1b[0m\nthree\n", 18));
    assert_int_equal(staged_console_print_renderable(console, NULL, panel), STAGED_OK);
    assert_string_equal(staged_console_text(console), "╭───────╮\n"
                                                      "│ one   │\n"
                                                      "│ three │\n"
                                                      "╰───────╯\n");
    staged_renderable_free(panel);
    staged_console_free(console);
}

static staged_status use(void *context)
{
    (void)context;
    staged_renderable *item = staged_ansi_new("te\x1b[1mxt", 8);
    const staged_status status = item == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_renderable_free(item);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 2);
}

TEST_GROUP(item_ansi)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawn),
        cmocka_unit_test(test_in_panel),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console item_ansi", tests, NULL, NULL);
}
