/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/color.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static const stg_color unset = {0};

static stg_color parse(const char *text)
{
    stg_color color = {0};
    assert_int_equal(stg_color_parse(text, strlen(text), &color, NULL), STAGED_OK);
    return color;
}

static void assert_color(const char *text, stg_color_kind kind, int red, int green, int blue)
{
    const stg_color color = parse(text);
    assert_int_equal(color.kind, kind);
    assert_int_equal(color.red, red);
    assert_int_equal(color.green, green);
    assert_int_equal(color.blue, blue);
}

static void test_parse(void **state)
{
    (void)state;
    assert_color("default", STG_COLOR_DEFAULT, 0, 0, 0);
    assert_color("red", STG_COLOR_STANDARD, 1, 0, 0);
    assert_color(" Bright_RED\n", STG_COLOR_STANDARD, 9, 0, 0);
    assert_color("grey23", STG_COLOR_256, 237, 0, 0);
    assert_color("color(9)", STG_COLOR_STANDARD, 9, 0, 0);
    assert_color("color(016)", STG_COLOR_256, 16, 0, 0);
    assert_color("#fF8000", STG_COLOR_TRUE, 255, 128, 0);
    assert_color("rgb(1, 20 ,255)", STG_COLOR_TRUE, 1, 20, 255);
}

static void assert_wrong(const char *text, const char *expected)
{
    stg_color color = {0};
    stg_error error = {0};
    assert_int_equal(stg_color_parse(text, strlen(text), &color, NULL), STAGED_BAD_MARKUP);
    assert_int_equal(stg_color_parse(text, strlen(text), &color, &error), STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&error), expected);
    stg_error_free(&error);
}

static void test_errors(void **state)
{
    (void)state;
    assert_wrong("", "'' is not a valid color");
    assert_wrong("Nope", "'Nope' is not a valid color");
    assert_wrong("#12345", "'#12345' is not a valid color");
    assert_wrong("#12345g", "'#12345g' is not a valid color");
    assert_wrong("color()", "'color()' is not a valid color");
    assert_wrong("color(0001)", "'color(0001)' is not a valid color");
    assert_wrong("Color(256)", "color number must be <= 255 in 'color(256)'");
    assert_wrong("rgb(1,2)", "expected three components in 'rgb(1,2)'");
    assert_wrong("rgb(1,2,3,4)", "expected three components in 'rgb(1,2,3,4)'");
    assert_wrong("RGB(1,2,256)", "color components must be <= 255 in 'RGB(1,2,256)'");
    assert_wrong("rgb(99999999999999999999,2,2)",
                 "color components must be <= 255 in 'rgb(99999999999999999999,2,2)'");
    assert_wrong("rgb(a,2,2)", "'rgb(a,2,2)' is not a valid color");
    assert_wrong("a_name_that_is_longer_than_any_color_could_be_however_it_were_written",
                 "'a_name_that_is_longer_than_any_color_could_be_however_it_were_written' "
                 "is not a valid color");
}

/* Recorded from Rich: a colour, and its number among 256 and among 16. */
static const struct {
    const char *color;
    int of_256, of_16;
} downgrades[] = {
    {"#000000", 16, 0}, {"#ffffff", 231, 15}, {"#808080", 244, 7}, {"#ff0000", 196, 1},
    {"#00ff00", 46, 2}, {"#0000ff", 21, 4},   {"#ff8000", 208, 9}, {"#5f5f87", 60, 8},
    {"#123456", 23, 8}, {"#abcdef", 153, 7},  {"#f92672", 197, 9}, {"#729c1f", 70, 8},
    {"#733d3d", 95, 8},
};

static void test_downgrade(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof downgrades / sizeof *downgrades; i++) {
        const stg_color color = parse(downgrades[i].color);
        assert_int_equal(stg_color_downgrade(color, STG_COLORS_256).red, downgrades[i].of_256);
        assert_int_equal(stg_color_downgrade(color, STG_COLORS_STANDARD).red, downgrades[i].of_16);
        assert_true(stg_color_equal(stg_color_downgrade(color, STG_COLORS_TRUE), color));
    }
    assert_int_equal(stg_color_downgrade(parse("grey23"), STG_COLORS_STANDARD).red, 8);
    assert_true(
        stg_color_equal(stg_color_downgrade(parse("grey23"), STG_COLORS_256), parse("grey23")));
    assert_true(stg_color_equal(stg_color_downgrade(parse("red"), STG_COLORS_256), parse("red")));
    assert_true(stg_color_equal(stg_color_downgrade(parse("default"), STG_COLORS_STANDARD),
                                parse("default")));
}

static void assert_sgr(const char *text, const char *foreground, const char *background)
{
    char out[STG_COLOR_SGR_MAX + 1];
    out[stg_color_sgr(parse(text), true, out)] = '\0';
    assert_string_equal(out, foreground);
    out[stg_color_sgr(parse(text), false, out)] = '\0';
    assert_string_equal(out, background);
}

static void test_sgr(void **state)
{
    (void)state;
    char out[STG_COLOR_SGR_MAX];
    assert_int_equal(stg_color_sgr(unset, true, out), 0);
    assert_sgr("default", "39", "49");
    assert_sgr("white", "37", "47");
    assert_sgr("bright_white", "97", "107");
    assert_sgr("color(200)", "38;5;200", "48;5;200");
    assert_sgr("rgb(255,255,255)", "38;2;255;255;255", "48;2;255;255;255");
    assert_sgr("rgb(0,10,100)", "38;2;0;10;100", "48;2;0;10;100");
}

static void assert_rgb(staged_rgb rgb, int red, int green, int blue)
{
    assert_int_equal(rgb.red, red);
    assert_int_equal(rgb.green, green);
    assert_int_equal(rgb.blue, blue);
}

static void test_pixels(void **state)
{
    (void)state;
    assert_rgb(stg_color_rgb(unset, staged_terminal_theme_find("dark"), true), 197, 200, 198);
    assert_rgb(stg_color_rgb(parse("default"), staged_terminal_theme_find("dark"), false), 41, 41,
               41);
    assert_rgb(stg_color_rgb(parse("red"), staged_terminal_theme_find("light"), true), 128, 0, 0);
    assert_rgb(stg_color_rgb(parse("color(16)"), staged_terminal_theme_find("light"), true), 0, 0,
               0);
    assert_rgb(stg_color_rgb(parse("color(67)"), staged_terminal_theme_find("light"), true), 95,
               135, 175);
    assert_rgb(stg_color_rgb(parse("color(255)"), staged_terminal_theme_find("light"), true), 238,
               238, 238);
    assert_rgb(stg_color_rgb(parse("#010203"), staged_terminal_theme_find("light"), true), 1, 2, 3);
    assert_rgb(stg_rgb_blend((staged_rgb){0, 100, 255}, (staged_rgb){255, 0, 255}, 0.5), 127, 50,
               255);
}

static staged_status use(void *context)
{
    (void)context;
    stg_error error = {0};
    stg_color color;
    stg_color_parse("nope", 4, &color, &error);
    const bool complete = error.text != NULL && error.status == STAGED_BAD_MARKUP;
    stg_error_free(&error);
    return complete ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 0);
}

TEST_GROUP(color)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),     cmocka_unit_test(test_errors),
        cmocka_unit_test(test_downgrade), cmocka_unit_test(test_sgr),
        cmocka_unit_test(test_pixels),    cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console color", tests, NULL, NULL);
}
