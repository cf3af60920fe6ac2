/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/framework.h"

#include <string.h>

#include "support/cmocka_all.h"

static void assert_code(staged_console *console, const char *name, const char *expected)
{
    stg_buf code = {0};
    assert_int_equal(stg_console_style_code(console, name, &code), expected != NULL);
    assert_string_equal(stg_buf_text(&code), expected == NULL ? "" : expected);
    stg_buf_free(&code);
}

static void test_styles(void **state)
{
    (void)state;
    staged_console *console =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true));
    assert_false(stg_console_shows_colors(console));
    assert_code(console, "help.usage", NULL);
    assert_code(console, "log.time", "2;36");
    assert_code(console, "none", "");
    assert_int_equal(staged_console_set_style(console, "help.usage", "bold red on blue"),
                     STAGED_OK);
    assert_code(console, "help.usage", "1;31;44");
    staged_console_free(console);
}

static void test_a_forced_terminal(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .force_terminal = STAGED_YES,
                       .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR));
    assert_true(stg_console_shows_colors(console));
    assert_int_equal(staged_console_set_style(console, "help.usage", "#ff8700"), STAGED_OK);
    assert_code(console, "help.usage", "38;2;255;135;0");
    staged_console_free(console);
}

TEST_GROUP(look)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_a_forced_terminal),
    };
    return cmocka_run_group_tests_name("console look", tests, NULL, NULL);
}
