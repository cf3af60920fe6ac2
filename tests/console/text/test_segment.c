/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"

static const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
static const stg_style none = {0};

static void test_lines(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_segments segments = {0};
    stg_segments_add_text(draw, &segments, "ab", NULL);
    stg_segments_add_text(draw, &segments, "日", &bold);
    stg_segments_newline(draw, &segments);
    stg_segments_newline(draw, &segments);
    stg_segments_blank_line(draw, &segments, 3, &bold);
    stg_segments_add_text(draw, &segments, "c", NULL);
    stg_lines lines = {0};
    stg_lines_of(draw, &segments, &lines);
    assert_int_equal(lines.count, 4);
    assert_int_equal(lines.items[0].count, 2);
    assert_int_equal(lines.items[0].cells, 4);
    assert_true(lines.items[0].ended);
    assert_int_equal(lines.items[1].count, 0);
    assert_int_equal(lines.items[2].count, 1);
    assert_int_equal(lines.items[2].items[0].length, 3);
    assert_int_equal(lines.items[3].count, 1);
    assert_false(lines.items[3].ended);
    end_drawing(&d);
}

/* One line of "ab" and a wide character, brought to a width. */
static stg_line fitted(stg_draw *draw, int width, const stg_style *style)
{
    stg_segments segments = {0};
    stg_segments_add_text(draw, &segments, "ab", NULL);
    stg_segments_add_text(draw, &segments, "日", &bold);
    stg_lines lines = {0};
    stg_lines_of(draw, &segments, &lines);
    stg_line line = lines.items[0];
    stg_line_fit(draw, &line, width, style);
    return line;
}

static void test_fitting(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_line line = fitted(draw, 6, &bold);
    assert_int_equal(line.blanks, 2);
    assert_int_equal(line.blank_style.on, STG_BOLD);
    line = fitted(draw, 6, NULL);
    assert_int_equal(line.blanks, 0);
    line = fitted(draw, 4, &none);
    assert_int_equal(line.count, 2);
    line = fitted(draw, 3, &none);
    assert_int_equal(line.count, 2);
    assert_int_equal(line.items[1].length, 1);
    assert_memory_equal(line.items[1].text, " ", 1);
    line = fitted(draw, 1, NULL);
    assert_int_equal(line.count, 1);
    assert_int_equal(line.items[0].length, 1);
    line = fitted(draw, -1, NULL);
    assert_int_equal(line.cells, 0);
    end_drawing(&d);
}

static void test_blanks_are_cut_too(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_line line = fitted(draw, 10, &none);
    stg_line_fit(draw, &line, 7, NULL);
    assert_int_equal(line.blanks, 3);
    assert_int_equal(line.cells, 7);
    stg_line_fit(draw, &line, 4, NULL);
    assert_int_equal(line.blanks, 0);
    assert_int_equal(line.count, 2);
    stg_segments out = {0};
    stg_segments_line(draw, &out, &line);
    assert_int_equal(out.count, 2);
    end_drawing(&d);
}

/* Rich's cell_len passes over what a joiner stands before; its split_text does not. */
static void test_a_joiner_at_the_beginning(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    for (int width = 1; width <= 2; width++) {
        stg_segments segments = {0};
        stg_segments_add_text(draw, &segments, "\u200Dab", NULL);
        stg_segments_add_text(draw, &segments, "cd", NULL);
        stg_lines lines = {0};
        stg_lines_of(draw, &segments, &lines);
        stg_line *line = &lines.items[0];
        assert_int_equal(line->cells, 3);
        stg_line_fit(draw, line, width, NULL);
        assert_int_equal(line->items[0].length, 5);
        assert_int_equal(line->cells, width);
    }
    stg_segments segments = {0};
    stg_segments_add_text(draw, &segments, "\u200Da b", NULL);
    stg_lines lines = {0};
    stg_lines_of(draw, &segments, &lines);
    stg_line *line = &lines.items[0];
    stg_line_fit(draw, line, 1, &none);
    assert_int_equal(line->items[0].length, 4);
    assert_int_equal(line->cells, 0);
    stg_line_fit(draw, line, 1, &none);
    assert_int_equal(line->blanks, 1);
    end_drawing(&d);
}

static void test_styles_are_laid_under(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_segments segments = {0};
    const stg_style not_bold = {.set = STG_BOLD};
    stg_segments_blanks(draw, &segments, 0, &bold);
    assert_int_equal(segments.count, 0);
    stg_segments_blanks(draw, &segments, 500, NULL);
    stg_segments_blanks(draw, &segments, 2, NULL);
    stg_segments_add_text(draw, &segments, "x", &not_bold);
    stg_segments_apply(&segments, 1, &bold);
    assert_int_equal(segments.items[0].style.on, 0);
    assert_int_equal(segments.items[0].cells, 500);
    assert_int_equal(segments.items[1].style.on, STG_BOLD);
    assert_int_equal(segments.items[2].style.on, 0);
    end_drawing(&d);
}

TEST_GROUP(segment)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_fitting),
        cmocka_unit_test(test_blanks_are_cut_too),
        cmocka_unit_test(test_a_joiner_at_the_beginning),
        cmocka_unit_test(test_styles_are_laid_under),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
