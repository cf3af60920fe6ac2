/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"
#include "support/torture.h"

static const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
static const stg_style dim = {.set = STG_DIM, .on = STG_DIM};

static void assert_span(const stg_text *text, size_t index, size_t start, size_t end,
                        const stg_style *style)
{
    assert_true(index < text->span_count);
    assert_int_equal(text->spans[index].start, start);
    assert_int_equal(text->spans[index].end, end);
    assert_true(stg_style_equal(&text->spans[index].style, style));
}

static void test_making(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "abc");
    assert_true(text.plain);
    assert_int_equal(stg_text_cells(&text), 3);
    text = text_of(draw, "日\x1b");
    assert_false(text.plain);
    assert_text(&text, "日␛");
    assert_int_equal(stg_text_cells(&text), 3);
    assert_false(text.splits);
    assert_true(text_of(draw, "❤\xef\xb8\x8f").splits);
    text = text_of(draw, "");
    assert_true(stg_text_is_empty(&text));
    end_drawing(&d);
}

static void test_spans(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "abcdef");
    stg_text_add_span(draw, &text, 2, 100, &bold);
    stg_text_add_span(draw, &text, 3, 3, &bold);
    stg_text_add_span(draw, &text, 9, 12, &bold);
    assert_int_equal(text.span_count, 1);
    assert_span(&text, 0, 2, 6, &bold);
    stg_text_add_span_before(draw, &text, &dim);
    assert_span(&text, 0, 0, 6, &dim);
    assert_span(&text, 1, 2, 6, &bold);
    stg_text_set_style(draw, &text, "nonsense");
    assert_true(stg_style_is_null(&text.style));
    assert_int_equal(draw->status, STAGED_OK);
    end_drawing(&d);
}

static void test_putting_together(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text first = text_of(draw, "ab");
    stg_text_append(draw, &first, "cd", 2, &bold);
    stg_text_append(draw, &first, "", 0, &bold);
    assert_text(&first, "abcd");
    assert_int_equal(first.span_count, 1);
    stg_text second = text_of(draw, "é");
    stg_text_set_style(draw, &second, "dim");
    stg_text_append_text(draw, &first, &second);
    assert_text(&first, "abcdé");
    assert_false(first.plain);
    assert_span(&first, 1, 4, 6, &dim);
    const stg_text parts[] = {second, first};
    const stg_text joined = stg_text_join(draw, parts, 2);
    assert_text(&joined, "éabcdé");
    assert_int_equal(joined.span_count, 3);
    assert_span(&joined, 0, 0, 2, &dim);
    assert_span(&joined, 1, 4, 6, &bold);
    assert_span(&joined, 2, 6, 8, &dim);
    end_drawing(&d);
}

static void test_cutting(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "abcdefgh");
    stg_text_add_span(draw, &text, 1, 6, &bold);
    stg_text_add_span(draw, &text, 4, 5, &dim);
    const stg_range ranges[] = {{0, 3}, {3, 3}, {4, 8}};
    stg_texts parts = {0};
    stg_text_cut(draw, &text, ranges, 3, &parts);
    assert_int_equal(parts.count, 3);
    assert_text(&parts.items[0], "abc");
    assert_int_equal(parts.items[0].span_count, 1);
    assert_span(&parts.items[0], 0, 1, 3, &bold);
    assert_int_equal(parts.items[1].length, 0);
    assert_int_equal(parts.items[1].span_count, 0);
    assert_text(&parts.items[2], "efgh");
    assert_span(&parts.items[2], 0, 0, 2, &bold);
    assert_span(&parts.items[2], 1, 0, 1, &dim);
    end_drawing(&d);
}

static void test_other_bytes_move_the_spans(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "a日本b");
    stg_text_add_span(draw, &text, 1, 7, &bold);
    stg_text_add_span(draw, &text, 7, 8, &dim);
    stg_text shorter = text;
    stg_text_replace(draw, &shorter, "a日…", 7, 4);
    assert_int_equal(shorter.span_count, 1);
    assert_span(&shorter, 0, 1, 7, &bold);
    assert_int_equal(text.span_count, 2);
    stg_text same = text;
    stg_text_replace(draw, &same, "a日x…", 8, 4);
    assert_int_equal(same.span_count, 2);
    assert_span(&same, 0, 1, 5, &bold);
    assert_span(&same, 1, 5, 8, &dim);
    end_drawing(&d);
}

static void test_padding_and_stripping(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "ab");
    stg_text_add_span(draw, &text, 0, 2, &bold);
    stg_text_pad_left(draw, &text, 2);
    stg_text_pad_right(draw, &text, 3);
    assert_text(&text, "  ab   ");
    assert_span(&text, 0, 2, 4, &bold);
    stg_text_rstrip(draw, &text);
    assert_text(&text, "  ab");
    stg_text_pad_left(draw, &text, 0);
    assert_text(&text, "  ab");
    end_drawing(&d);
}

static staged_status use_texts(void *context)
{
    (void)context;
    stg_arena arena = {0};
    stg_error error = {0};
    stg_draw draw = {.arena = &arena, .error = &error, .status = STAGED_OK};
    stg_text text = text_of(&draw, "é and much more of it, so that more than a block is needed");
    for (int i = 0; i < 8; i++)
        stg_text_append_text(&draw, &text, &text);
    stg_text_add_span(&draw, &text, 0, 5, &bold);
    stg_text_pad_left(&draw, &text, 3);
    stg_error_free(&error);
    stg_arena_free(&arena);
    return draw.status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use_texts, NULL) > 2);
}

TEST_GROUP(text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_making),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_putting_together),
        cmocka_unit_test(test_cutting),
        cmocka_unit_test(test_other_bytes_move_the_spans),
        cmocka_unit_test(test_padding_and_stripping),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
