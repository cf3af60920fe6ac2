/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"

static void assert_cut(const char *bytes, int width, staged_overflow overflow, bool pad,
                       const char *expected)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, bytes);
    stg_text_truncate(draw, &text, width, overflow, pad);
    assert_text(&text, expected);
    end_drawing(&d);
}

static void test_truncating(void **state)
{
    (void)state;
    assert_cut("abcdef", 4, STAGED_OVERFLOW_CROP, false, "abcd");
    assert_cut("abcdef", 4, STAGED_OVERFLOW_FOLD, false, "abcd");
    assert_cut("abcdef", 4, STAGED_OVERFLOW_ELLIPSIS, false, "abc…");
    assert_cut("abcdef", 4, STAGED_OVERFLOW_IGNORE, true, "abcdef");
    assert_cut("abcdef", 1, STAGED_OVERFLOW_ELLIPSIS, false, "…");
    assert_cut("abcdef", 0, STAGED_OVERFLOW_CROP, false, "");
    assert_cut("abcdef", -1, STAGED_OVERFLOW_CROP, false, "");
    assert_cut("日本語", 4, STAGED_OVERFLOW_ELLIPSIS, false, "日 …");
    assert_cut("日本語", 5, STAGED_OVERFLOW_CROP, false, "日本 ");
    assert_cut("ab", 4, STAGED_OVERFLOW_CROP, true, "ab  ");
    assert_cut("ab", 4, STAGED_OVERFLOW_CROP, false, "ab");
}

static void test_ascii_marks(void **state)
{
    (void)state;
    static const char *const expected[] = {"", ".", "..", "...", "a...", "ab..."};
    for (int width = 0; width < 6; width++) {
        drawing d;
        stg_draw *draw = begin_drawing(&d);
        draw->ascii = true;
        stg_text text = text_of(draw, "abcdefgh");
        stg_text_truncate(draw, &text, width, STAGED_OVERFLOW_ELLIPSIS, false);
        assert_text(&text, expected[width]);
        assert_true(text.plain);
        end_drawing(&d);
    }
}

static void test_exact_cells(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "ab");
    stg_text_set_cells(draw, &text, 4);
    assert_text(&text, "ab  ");
    stg_text_set_cells(draw, &text, 1);
    assert_text(&text, "a");
    end_drawing(&d);
}

static void assert_expanded(const char *bytes, int tab, const char *expected)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, bytes);
    stg_text_expand_tabs(draw, &text, tab);
    assert_text(&text, expected);
    end_drawing(&d);
}

static void test_tabs(void **state)
{
    (void)state;
    assert_expanded("none", 8, "none");
    assert_expanded("a\tb", 8, "a       b");
    assert_expanded("1234567\t8", 8, "1234567 8");
    assert_expanded("12345678\t9", 8, "12345678        9");
    assert_expanded("\t\t", 4, "        ");
    assert_expanded("日\tx", 4, "日  x");
    assert_expanded("a\tb", 0, "a       b");
    assert_expanded("a\tb", 1, "a b");
}

static void test_tabs_belong_to_the_span_around_them(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
    stg_text text = text_of(draw, "a\tb\tc");
    stg_text_add_span(draw, &text, 1, 3, &bold);
    stg_text_expand_tabs(draw, &text, 4);
    assert_text(&text, "a   b   c");
    assert_true(text.plain);
    assert_int_equal(text.span_count, 2);
    assert_int_equal(text.spans[0].start, 1);
    assert_int_equal(text.spans[0].end, 4);
    assert_int_equal(text.spans[1].start, 4);
    assert_int_equal(text.spans[1].end, 5);
    end_drawing(&d);
}

static void test_newlines_become_blanks(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text text = text_of(draw, "a\nb\n");
    stg_text_flatten(draw, &text);
    assert_text(&text, "a b ");
    assert_true(text.plain);
    end_drawing(&d);
}

TEST_GROUP(text_fit)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truncating),
        cmocka_unit_test(test_ascii_marks),
        cmocka_unit_test(test_exact_cells),
        cmocka_unit_test(test_tabs),
        cmocka_unit_test(test_tabs_belong_to_the_span_around_them),
        cmocka_unit_test(test_newlines_become_blanks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
