/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/export.h>

#include "support/cmocka_all.h"

static void assert_rgb(staged_rgb rgb, int red, int green, int blue)
{
    assert_int_equal(rgb.red, red);
    assert_int_equal(rgb.green, green);
    assert_int_equal(rgb.blue, blue);
}

static void test_themes(void **state)
{
    (void)state;
    assert_rgb(staged_terminal_theme_find("light")->background, 255, 255, 255);
    assert_rgb(staged_terminal_theme_find("light")->ansi[15], 255, 255, 255);
    assert_rgb(staged_terminal_theme_find("dark")->foreground, 197, 200, 198);
    assert_rgb(staged_terminal_theme_find("dark")->ansi[8], 154, 155, 153);
    assert_rgb(staged_terminal_theme_find("monokai")->ansi[2], 152, 224, 36);
    assert_rgb(staged_terminal_theme_find("dimmed_monokai")->background, 25, 25, 25);
    assert_rgb(staged_terminal_theme_find("night_owlish")->ansi[15], 152, 159, 177);
    assert_null(staged_terminal_theme_find("none"));
}

TEST_GROUP(terminal_theme)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_themes)};
    return cmocka_run_group_tests_name("console terminal_theme", tests, NULL, NULL);
}
