/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/paint.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void assert_painted(stg_palette *palette, stg_style style, const char *text,
                           const char *expected)
{
    const stg_segment segment = {.text = text, .length = strlen(text), .style = style};
    stg_buf out = {0};
    /* The second time the codes are known. */
    for (int i = 0; i < 2; i++) {
        stg_buf_clear(&out);
        stg_paint(palette, &out, &segment);
        assert_string_equal(stg_buf_text(&out), expected);
    }
    stg_buf_free(&out);
}

static const stg_style red = {.color = {.kind = STG_COLOR_STANDARD, .red = 1}};
static const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
static const stg_style not_bold = {.set = STG_BOLD};
static const stg_style linked = {
    .set = STG_BOLD, .on = STG_BOLD, .link = "http://x", .link_length = 8};
static const stg_style pink = {.color = {STG_COLOR_TRUE, 255, 100, 200}};

static void test_styles(void **state)
{
    (void)state;
    stg_palette palette = {.colors = STG_COLORS_TRUE};
    assert_painted(&palette, red, "text", "\x1b[31mtext\x1b[0m");
    assert_painted(&palette, bold, "text", "\x1b[1mtext\x1b[0m");
    assert_painted(&palette, not_bold, "text", "text");
    assert_painted(&palette, (stg_style){0}, "text", "text");
    assert_painted(&palette, pink, "t", "\x1b[38;2;255;100;200mt\x1b[0m");
    assert_painted(&palette, red, "", "");
    assert_painted(&palette, linked, "", "");
    assert_painted(&palette, linked, "a",
                   "\x1b]8;id=2082422601;http://x\x1b\\\x1b[1ma\x1b[0m\x1b]8;;\x1b\\");
}

static void test_fewer_colours(void **state)
{
    (void)state;
    stg_palette palette = {.colors = STG_COLORS_STANDARD};
    assert_painted(&palette, pink, "t", "\x1b[95mt\x1b[0m");
    stg_palette none = {.colors = STG_COLORS_NONE};
    assert_painted(&none, bold, "t", "t");
    assert_painted(&none, linked, "t", "t");
    stg_palette attributes = {.colors = STG_COLORS_256, .no_color = true};
    assert_painted(&attributes, pink, "t", "t");
    assert_painted(&attributes, bold, "t", "\x1b[1mt\x1b[0m");
}

static void test_many_styles_do_not_mix(void **state)
{
    (void)state;
    stg_palette palette = {.colors = STG_COLORS_TRUE};
    for (int i = 0; i < 256; i++) {
        stg_style style = {.color = {.kind = STG_COLOR_256, .red = (uint8_t)i},
                           .background = {.kind = STG_COLOR_256, .red = (uint8_t)(255 - i)},
                           .set = (uint16_t)(1 << i % 13),
                           .on = (uint16_t)(1 << i % 13)};
        char prefix[STG_STYLE_PREFIX_MAX];
        const size_t length = stg_style_prefix(&style, STG_COLORS_TRUE, prefix);
        stg_buf expected = {0};
        stg_buf_add(&expected, prefix, length);
        stg_buf_add_text(&expected, "x\x1b[0m");
        assert_painted(&palette, style, "x", stg_buf_text(&expected));
        stg_buf_free(&expected);
    }
}

static void test_only_ascii(void **state)
{
    (void)state;
    stg_palette palette = {.colors = STG_COLORS_STANDARD, .ascii = true};
    assert_painted(&palette, red, "a日é\tb", "\x1b[31ma???\tb\x1b[0m");
    assert_painted(&palette, (stg_style){0}, "e\xcc\x81", "e");
    assert_painted(&palette, (stg_style){0}, "➤ Ran “it’s” — a → b • c",
                   "> Ran \"it's\" - a > b * c");
}

static void test_links(void **state)
{
    (void)state;
    stg_palette palette = {.colors = STG_COLORS_STANDARD};
    stg_style style = bold;
    style.link = "http://x";
    style.link_length = 8;
    const stg_segment segment = {.text = "t", .length = 1, .style = style};
    stg_buf out = {0};
    stg_paint(&palette, &out, &segment);
    assert_non_null(strstr(stg_buf_text(&out), ";http://x\x1b\\\x1b[1mt\x1b[0m\x1b]8;;\x1b\\"));
    stg_buf_free(&out);
}

/* A line of one segment and blanks in a style, painted without the blanks at its end. */
static void assert_trimmed(stg_palette *palette, const stg_style *style, const char *blanks,
                           const char *expected)
{
    stg_segment segments[] = {{.text = "a b ", .length = 4},
                              {.text = blanks, .length = strlen(blanks), .style = *style},
                              {.text = "", .length = 0}};
    const stg_line line = {.items = segments, .count = 3, .ended = true};
    stg_buf out = {0};
    stg_paint_trimmed(palette, &out, &line);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_blanks_at_the_end(void **state)
{
    (void)state;
    const stg_style none = {0};
    const stg_style underlined = {.set = STG_UNDERLINE, .on = STG_UNDERLINE};
    const stg_style background = {.background = {.kind = STG_COLOR_STANDARD, .red = 1}};
    const stg_style default_background = {.background = {.kind = STG_COLOR_DEFAULT}};
    stg_palette colors = {.colors = STG_COLORS_STANDARD};
    stg_palette no_colors = {.colors = STG_COLORS_NONE};
    stg_palette no_color = {.colors = STG_COLORS_STANDARD, .no_color = true};
    assert_trimmed(&colors, &none, "   ", "a b\n");
    assert_trimmed(&colors, &red, "   ", "a b\n");
    assert_trimmed(&colors, &red, " c  ", "a b \x1b[31m c\x1b[0m\n");
    assert_trimmed(&colors, &default_background, "   ", "a b\n");
    /* What is seen stays. */
    assert_trimmed(&colors, &underlined, "  ", "a b \x1b[4m  \x1b[0m\n");
    assert_trimmed(&colors, &background, "  ", "a b \x1b[41m  \x1b[0m\n");
    assert_trimmed(&no_color, &underlined, "  ", "a b \x1b[4m  \x1b[0m\n");
    assert_trimmed(&no_color, &background, "  ", "a b\n");
    assert_trimmed(&no_colors, &underlined, "  ", "a b\n");
    assert_trimmed(&no_colors, &background, "  ", "a b\n");
}

static staged_status paint(void *context)
{
    (void)context;
    stg_palette palette = {.colors = STG_COLORS_STANDARD, .ascii = true};
    stg_segment segments[] = {{.text = "é", .length = 2, .style = red}};
    const stg_line line = {.items = segments, .count = 1, .ended = true};
    stg_buf out = {0};
    stg_paint_line(&palette, &out, &line);
    const staged_status status = stg_buf_status(&out);
    if (status == STAGED_OK)
        assert_string_equal(stg_buf_text(&out), "\x1b[31m?\x1b[0m\n");
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(paint, NULL) > 1);
}

TEST_GROUP(paint)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_fewer_colours),
        cmocka_unit_test(test_many_styles_do_not_mix),
        cmocka_unit_test(test_only_ascii),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_blanks_at_the_end),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
