/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/look.h"

#include <string.h>

#include "support/cmocka_all.h"

static void assert_prefix(staged_console *console, const char *name, const char *expected)
{
    char prefix[STG_STYLE_PREFIX_MAX + 1];
    assert_int_equal(stg_console_style_prefix(console, name, prefix), expected != NULL);
    assert_string_equal(prefix, expected == NULL ? "" : expected);
}

static void test_styles(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(&(staged_console_options){.to_text = true});
    assert_false(stg_console_shows_colors(console));
    assert_prefix(console, "help.usage", NULL);
    assert_prefix(console, "log.time", "\x1b[2;36m");
    assert_prefix(console, "none", "");
    assert_int_equal(staged_console_set_style(console, "help.usage", "bold red on blue"),
                     STAGED_OK);
    assert_prefix(console, "help.usage", "\x1b[1;31;44m");
    staged_console_free(console);
}

static void test_a_forced_terminal(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(
        &(staged_console_options){.to_text = true,
                                  .force_terminal = STAGED_YES,
                                  .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR});
    assert_true(stg_console_shows_colors(console));
    assert_int_equal(staged_console_set_style(console, "help.usage", "#ff8700"), STAGED_OK);
    assert_prefix(console, "help.usage", "\x1b[38;2;255;135;0m");
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
