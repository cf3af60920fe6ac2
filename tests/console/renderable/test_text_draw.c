/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/work.h"
#include "support/consoles.h"

/* Compares the segments, each as "attributes:text", with a bar between them. */
static void assert_segments(stg_draw *draw, const stg_text *text, int width, const char *expected)
{
    stg_segments segments = {0};
    const stg_draw_options options = {.width = width};
    stg_text_draw(draw, text, &options, &segments);
    stg_buf shown = {0};
    for (size_t i = 0; i < segments.count; i++)
        stg_buf_addf(&shown, "%s%d:%.*s", i == 0 ? "" : "|", segments.items[i].style.on,
                     (int)segments.items[i].length, segments.items[i].text);
    assert_string_equal(stg_buf_text(&shown), expected);
    stg_buf_free(&shown);
}

static const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
static const stg_style dim = {.set = STG_DIM, .on = STG_DIM};
static const stg_style not_bold = {.set = STG_BOLD};

static void test_spans_cut_segments(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "abcdef");
    assert_segments(draw, &text, 10, "0:abcdef|0:\n");
    stg_text_add_span(draw, &text, 1, 5, &bold);
    stg_text_add_span(draw, &text, 2, 4, &dim);
    assert_segments(draw, &text, 10, "0:a|1:b|3:cd|1:e|0:f|0:\n");
    stg_text_add_span(draw, &text, 3, 6, &not_bold);
    assert_segments(draw, &text, 10, "0:a|1:b|3:c|2:d|0:e|0:f|0:\n");
    text.end = "x\n\ny";
    assert_segments(draw, &text, 10, "0:a|1:b|3:c|2:d|0:e|0:f|0:x|0:\n|0:\n|0:y");
    text.end = NULL;
    assert_segments(draw, &text, 4, "0:a|1:b|3:c|2:d|0:\n|0:e|0:f");
    end_drawing(&d);
}

static void test_an_empty_span_cuts_too(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_markup markup = {.text = "ab[b][/b]cd", .length = 11};
    stg_text text = stg_markup_read(draw, &markup);
    assert_segments(draw, &text, 10, "0:ab|0:cd|0:\n");
    end_drawing(&d);
}

static void test_many_spans(void **state)
{
    (void)state;
    enum { SPANS = 5000 };
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    char *bytes = stg_draw_alloc(draw, SPANS);
    memset(bytes, 'x', SPANS);
    stg_text text = stg_text_of(draw, bytes, SPANS);
    for (size_t i = 0; i < SPANS; i++)
        stg_text_add_span(draw, &text, i, i + 1, i % 2 == 0 ? &bold : &dim);
    for (size_t i = 0; i < SPANS / 2; i++)
        stg_text_add_span(draw, &text, i, SPANS - i, &dim);
    stg_segments segments = {0};
    const stg_draw_options options = {.width = SPANS};
    stg_text_draw(draw, &text, &options, &segments);
    assert_int_equal(segments.count, SPANS + 1);
    assert_int_equal(segments.items[0].style.on, STG_BOLD | STG_DIM);
    assert_int_equal(segments.items[SPANS - 1].style.on, STG_DIM);
    end_drawing(&d);
}

static void draw_nested(size_t depth, void *context)
{
    (void)context;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    char *source = stg_draw_alloc(draw, 3 * depth);
    for (size_t i = 0; i < depth; i++)
        memcpy(source + 3 * i, "[b]", 3);
    const stg_markup markup = {.text = source, .length = 3 * depth};
    stg_text text = stg_markup_read(draw, &markup);
    assert_segments(draw, &text, 10, "0:\n");
    end_drawing(&d);
}

static void test_deep_nesting_takes_linear_work(void **state)
{
    (void)state;
    assert_linear(draw_nested, 4096, NULL);
}

static void assert_measured(stg_draw *draw, const char *bytes, int minimum, int maximum)
{
    const stg_text text = text_of(draw, bytes);
    const stg_measurement measured = stg_text_measure(&text, 8);
    assert_int_equal(measured.minimum, minimum);
    assert_int_equal(measured.maximum, maximum);
}

static void test_measure(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    assert_measured(draw, "", 0, 0);
    assert_measured(draw, "ab cde f", 3, 8);
    assert_measured(draw, "ab\ncdef", 4, 4);
    assert_measured(draw, "   ", 3, 3);
    assert_measured(draw, "日本 x", 4, 6);
    assert_measured(draw,
                    "a\xe2\x80\xa8"
                    "bcd e",
                    3, 5);
    assert_measured(draw, "x\n", 1, 1);
    assert_measured(draw, "a\tbc", 2, 10);
    assert_measured(draw, "\t12345678\tx\nab", 8, 25);
    assert_measured(draw, "日本\tx", 4, 9);
    end_drawing(&d);
}

TEST_GROUP(text_draw)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans_cut_segments),
        cmocka_unit_test(test_an_empty_span_cuts_too),
        cmocka_unit_test(test_many_spans),
        cmocka_unit_test(test_deep_nesting_takes_linear_work),
        cmocka_unit_test(test_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
