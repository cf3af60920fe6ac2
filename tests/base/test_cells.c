/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/unicode/cells.h"

#include <string.h>

#include "base/text/buf.h"
#include "support/cmocka_all.h"

#define FAMILY "\U0001F469\u200D\U0001F467" /* two people, joined */
#define HEART "\u2764\uFE0F"                /* a narrow symbol in its emoji form */

static size_t cells(const char *text)
{
    return stg_cells(text, strlen(text));
}

static void test_one_character(void **state)
{
    (void)state;
    assert_int_equal(stg_cell_width('a'), 1);
    assert_int_equal(stg_cell_width(0), 0);
    assert_int_equal(stg_cell_width('\n'), 0);
    assert_int_equal(stg_cell_width(0x7F), 0);
    assert_int_equal(stg_cell_width(0x9F), 0);
    assert_int_equal(stg_cell_width(0xA0), 1);
    assert_int_equal(stg_cell_width(0xAD), 1);
    assert_int_equal(stg_cell_width(0x301), 0);
    assert_int_equal(stg_cell_width(0x2500), 1);
    assert_int_equal(stg_cell_width(0x2764), 1);
    assert_int_equal(stg_cell_width(0x3042), 2);
    assert_int_equal(stg_cell_width(0x1F680), 2);
    assert_int_equal(stg_cell_width(0xE0100), 0);
    assert_int_equal(stg_cell_width(0xF0000), 1);
    assert_int_equal(stg_cell_width(0x10FFFF), 1);
}

static void test_text(void **state)
{
    (void)state;
    assert_int_equal(cells(""), 0);
    assert_int_equal(cells("hello"), 5);
    assert_int_equal(cells("\x1b[0m"), 3);
    assert_int_equal(cells("caf\u00E9"), 4);
    assert_int_equal(cells("cafe\u0301"), 4);
    assert_int_equal(cells("\u3042\u3044"), 4);
    assert_int_equal(cells(FAMILY), 2);
    assert_int_equal(cells(HEART), 2);
    assert_int_equal(cells("a\uFE0F"), 1);
    assert_int_equal(cells(HEART "\uFE0F"), 2);
    assert_int_equal(cells("\u200Da"), 0);
    assert_int_equal(cells("a\u200D"), 1);
    assert_int_equal(cells("\xFF"), 1);
}

static void test_plain(void **state)
{
    (void)state;
    assert_true(stg_cells_plain("", 0));
    assert_true(stg_cells_plain(" ~", 2));
    assert_false(stg_cells_plain("a\x1f", 2));
    assert_false(stg_cells_plain("a\x7f", 2));
    assert_false(stg_cells_plain("\u00E9", 2));
}

static void assert_grapheme(const char *text, size_t start, size_t end, size_t width)
{
    const stg_grapheme grapheme = stg_grapheme_at(text, strlen(text), start);
    assert_int_equal(grapheme.start, start);
    assert_int_equal(grapheme.end, end);
    assert_int_equal(grapheme.cells, width);
}

static void test_graphemes(void **state)
{
    (void)state;
    assert_grapheme("ab", 0, 1, 1);
    assert_grapheme("ab", 1, 2, 1);
    assert_grapheme("e\u0301x", 0, 3, 1);
    assert_grapheme(FAMILY "x", 0, 11, 2);
    assert_grapheme(HEART "x", 0, 6, 2);
    assert_grapheme("\u200D\u200Dax", 0, 7, 0);
    assert_grapheme("\u200Dax", 0, 3, 0);
}

static void assert_cut(const char *text, size_t width, size_t left, size_t right, bool halved)
{
    const stg_cell_cut cut = stg_cells_cut(text, strlen(text), width);
    assert_int_equal(cut.left, left);
    assert_int_equal(cut.right, right);
    assert_int_equal(cut.halved, halved);
}

static void test_cut(void **state)
{
    (void)state;
    assert_cut("hello", 0, 0, 0, false);
    assert_cut("hello", 2, 2, 2, false);
    assert_cut("hello", 9, 5, 5, false);
    assert_cut("\u3042\u3044", 2, 3, 3, false);
    assert_cut("\u3042\u3044", 3, 3, 6, true);
    assert_cut("x" HEART "y", 2, 1, 7, true);
}

static void assert_chop(const char *text, size_t width, const char *joined)
{
    stg_cell_chop chop = {.text = text, .length = strlen(text), .width = width};
    stg_buf out = {0};
    while (stg_cells_chop(&chop)) {
        stg_buf_add(&out, text + chop.start, chop.end - chop.start);
        stg_buf_add_char(&out, '|');
    }
    assert_string_equal(stg_buf_text(&out), joined);
    stg_buf_free(&out);
}

static void test_chop(void **state)
{
    (void)state;
    assert_chop("", 3, "");
    assert_chop("abcdefg", 3, "abc|def|g|");
    assert_chop("abcdef", 3, "abc|def|");
    assert_chop("\u3042\u3044\u3046", 3, "\u3042|\u3044|\u3046|");
    assert_chop("\u3042\u3044", 1, "|\u3042|\u3044|");
    assert_chop("ae\u0301", 1, "a|e\u0301|");
    assert_chop("\u0301", 3, "");
}

TEST_GROUP(cells)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_character), cmocka_unit_test(test_text),
        cmocka_unit_test(test_plain),         cmocka_unit_test(test_graphemes),
        cmocka_unit_test(test_cut),           cmocka_unit_test(test_chop),
    };
    return cmocka_run_group_tests_name("base cells", tests, NULL, NULL);
}
