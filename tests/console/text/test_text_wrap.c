/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/work.h"
#include "support/consoles.h"

/* Wraps, and compares the lines, joined with bars. */
static void assert_wrapped(const char *bytes, stg_draw_options options, const char *expected)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_text text = text_of(draw, bytes);
    stg_texts lines = {0};
    stg_text_wrap(draw, &text, &options, &lines);
    assert_int_equal(draw->status, STAGED_OK);
    stg_buf shown = {0};
    for (size_t i = 0; i < lines.count; i++)
        stg_buf_addf(&shown, "%s%.*s", i == 0 ? "" : "|", (int)lines.items[i].length,
                     lines.items[i].data == NULL ? "" : lines.items[i].data);
    assert_string_equal(stg_buf_text(&shown), expected);
    stg_buf_free(&shown);
    end_drawing(&d);
}

#define WIDTH(columns) ((stg_draw_options){.width = columns})

static void test_words(void **state)
{
    (void)state;
    assert_wrapped("", WIDTH(5), "");
    assert_wrapped("ab cd ef", WIDTH(5), "ab cd|ef");
    assert_wrapped("ab  cd", WIDTH(3), "ab |cd");
    assert_wrapped("  ab cd", WIDTH(4), "  ab|cd");
    assert_wrapped("ab\n\ncd\n", WIDTH(5), "ab||cd|");
    assert_wrapped("     ", WIDTH(3), "   ");
    assert_wrapped("日本 語", WIDTH(5), "日本 |語");
    assert_wrapped("a\tb", WIDTH(20), "a       b");
}

static void test_long_words(void **state)
{
    (void)state;
    assert_wrapped("abcdefgh", WIDTH(3), "abc|def|gh");
    assert_wrapped("a bcdefgh i", WIDTH(3), "a |bcd|efg|h i");
    assert_wrapped("日本語", WIDTH(3), "日|本|語");
    assert_wrapped("a日", WIDTH(1), "a| ");
    const stg_draw_options ellipsis = {.width = 4, .overflow = STAGED_OVERFLOW_ELLIPSIS};
    assert_wrapped("a bcdefgh i", ellipsis, "a |bcd…|i");
    const stg_draw_options crop = {.width = 4, .overflow = STAGED_OVERFLOW_CROP};
    assert_wrapped("a bcdefgh i", crop, "a |bcde|i");
}

static void test_not_wrapping(void **state)
{
    (void)state;
    const stg_draw_options options = {.width = 4, .no_wrap = STAGED_YES};
    assert_wrapped("ab cd ef\ngh", options, "ab c|gh");
    const stg_draw_options ignore = {.width = 4, .overflow = STAGED_OVERFLOW_IGNORE};
    assert_wrapped("ab cd ef\ngh", ignore, "ab cd ef|gh");
}

static void test_justifying(void **state)
{
    (void)state;
    stg_draw_options options = {.width = 8, .justify = STAGED_JUSTIFY_LEFT};
    assert_wrapped("ab cd ef gh", options, "ab cd ef|gh      ");
    options.justify = STAGED_JUSTIFY_RIGHT;
    assert_wrapped("ab cd ef gh", options, "ab cd ef|      gh");
    options.justify = STAGED_JUSTIFY_CENTER;
    assert_wrapped("ab cd ef ghi", options, "ab cd ef|  ghi   ");
    options = (stg_draw_options){.width = 11, .justify = STAGED_JUSTIFY_FULL};
    assert_wrapped("a b c d and more words here", options, "a b c d and|more  words|here");
    assert_wrapped("aa b c longword x", options, "aa   b    c|longword x");
}

static void test_a_texts_own_settings_win(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "ab cd");
    text.justify = STAGED_JUSTIFY_RIGHT;
    text.no_wrap = STAGED_NO;
    const stg_draw_options options = {
        .width = 4, .justify = STAGED_JUSTIFY_LEFT, .no_wrap = STAGED_YES};
    stg_texts lines = {0};
    stg_text_wrap(draw, &text, &options, &lines);
    assert_int_equal(lines.count, 2);
    assert_text(&lines.items[0], "  ab");
    end_drawing(&d);
}

static void test_spans_go_with_their_words(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
    stg_text text = text_of(draw, "ab cd ef");
    stg_text_add_span(draw, &text, 1, 7, &bold);
    const stg_draw_options options = {.width = 6, .justify = STAGED_JUSTIFY_FULL};
    stg_texts lines = {0};
    stg_text_wrap(draw, &text, &options, &lines);
    assert_int_equal(lines.count, 2);
    assert_text(&lines.items[0], "ab  cd");
    assert_int_equal(lines.items[0].span_count, 3);
    assert_int_equal(lines.items[0].spans[1].start, 2);
    assert_int_equal(lines.items[0].spans[1].end, 4);
    assert_int_equal(lines.items[1].spans[0].end, 1);
    end_drawing(&d);
}

static void wrap_words(size_t n, void *width)
{
    char *bytes = malloc(n);
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++)
        bytes[i] = i % 7 == 6 ? ' ' : i % 5001 == 5000 ? '\n' : 'x';
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_text text = stg_text_of(draw, bytes, n);
    const stg_draw_options options = {.width = *(int *)width, .justify = STAGED_JUSTIFY_FULL};
    stg_texts lines = {0};
    stg_text_wrap(draw, &text, &options, &lines);
    assert_true(lines.count > n / 41);
    end_drawing(&d);
    free(bytes);
}

static void test_work_is_linear(void **state)
{
    (void)state;
    for (int width = 1; width < 40; width += 19)
        assert_linear(wrap_words, 1 << 15, &width);
}

TEST_GROUP(text_wrap)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_not_wrapping),
        cmocka_unit_test(test_justifying),
        cmocka_unit_test(test_a_texts_own_settings_win),
        cmocka_unit_test(test_spans_go_with_their_words),
        cmocka_unit_test(test_work_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
