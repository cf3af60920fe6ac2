/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/style.h"

#include <string.h>

#include "support/cmocka_all.h"

static stg_style parse(const char *text)
{
    stg_style style;
    assert_int_equal(stg_style_parse(text, strlen(text), &style, NULL), STAGED_OK);
    return style;
}

static void test_equal(void **state)
{
    (void)state;
    const stg_style style = parse("bold red on blue link x");
    static const char *const others[] = {"red on blue link x",        "not bold red on blue link x",
                                         "bold green on blue link x", "bold red link x",
                                         "bold red on blue link y",   "bold red on blue link xx",
                                         "bold red on blue"};
    const stg_style same = parse("on blue link x bold red");
    assert_true(stg_style_equal(&style, &same));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const stg_style other = parse(others[i]);
        assert_false(stg_style_equal(&style, &other));
    }
}

static void assert_combined(const char *under, const char *over, const char *expected)
{
    const stg_style styles[] = {parse(under), parse(over), parse(expected)};
    const stg_style both = stg_style_combine(&styles[0], &styles[1]);
    assert_true(stg_style_equal(&both, &styles[2]));
}

static void test_combine(void **state)
{
    (void)state;
    assert_combined("", "", "");
    assert_combined("bold red", "", "bold red");
    assert_combined("", "bold red", "bold red");
    assert_combined("bold red on blue", "not bold green", "not bold green on blue");
    assert_combined("not bold italic", "bold", "bold italic");
    assert_combined("link a", "bold", "bold link a");
    assert_combined("link a", "link b", "link b");
    assert_combined("red on blue", "default on default", "default on default");
}

static void test_parts(void **state)
{
    (void)state;
    const stg_style style = parse("bold red on blue link x");
    const stg_style plain = stg_style_without_color(&style);
    const stg_style expected_plain = parse("bold link x");
    assert_true(stg_style_equal(&plain, &expected_plain));
    const stg_style ground = stg_style_background(&style);
    const stg_style expected_ground = parse("on blue");
    assert_true(stg_style_equal(&ground, &expected_ground));
}

static void assert_prefix(const char *definition, stg_color_system system, const char *expected)
{
    char out[STG_STYLE_PREFIX_MAX + 1];
    const stg_style style = parse(definition);
    out[stg_style_prefix(&style, system, out)] = '\0';
    assert_string_equal(out, expected);
}

static void test_prefix(void **state)
{
    (void)state;
    assert_prefix("bold red", STG_COLORS_NONE, "");
    assert_prefix("", STG_COLORS_TRUE, "");
    assert_prefix("not bold link x", STG_COLORS_TRUE, "");
    assert_prefix("bold red on blue", STG_COLORS_TRUE, "\x1b[1;31;44m");
    assert_prefix("on #ff0000", STG_COLORS_256, "\x1b[48;5;196m");
    /* The longest there can be. */
    assert_prefix("b d i u blink blink2 r c s uu frame encircle o rgb(255,255,255) on "
                  "rgb(255,255,255)",
                  STG_COLORS_TRUE,
                  "\x1b[1;2;3;4;5;6;7;8;9;21;51;52;53;38;2;255;255;255;48;2;255;255;255m");
}

/* An address that brings an escape sequence must not reach the terminal as one. */
static void test_link_is_data(void **state)
{
    (void)state;
    stg_buf out = {0};
    const stg_style style = {.link = "a\x1b\\\x07z\x7f", .link_length = 6};
    stg_style_link_begin(&out, &style);
    assert_non_null(strstr(stg_buf_text(&out), ";a\\z\x1b\\"));
    stg_buf_free(&out);
}

TEST_GROUP(style)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal),        cmocka_unit_test(test_combine),
        cmocka_unit_test(test_parts),        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_link_is_data),
    };
    return cmocka_run_group_tests_name("console style", tests, NULL, NULL);
}
