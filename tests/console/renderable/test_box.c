/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/box.h"
#include "support/consoles.h"

static void assert_line(const stg_box *box, stg_box_line line, bool edges, int times,
                        const char *expected)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const int widths[] = {2, 1};
    stg_segments out = {0};
    stg_box_draw_line(draw, box, line, widths, 2, edges, times, NULL, &out);
    assert_int_equal(out.count, 1);
    assert_int_equal(out.items[0].length, strlen(expected));
    assert_memory_equal(out.items[0].text, expected, strlen(expected));
    end_drawing(&d);
}

static void test_lines_over_columns(void **state)
{
    (void)state;
    const stg_box box = stg_box_get(STAGED_BOX_HEAVY_HEAD, false, true);
    assert_line(&box, STG_BOX_TOP, true, 1, "┏━━┳━┓");
    assert_line(&box, STG_BOX_BELOW_HEAD, true, 1, "┡━━╇━┩");
    assert_line(&box, STG_BOX_BETWEEN, false, 1, "──┼─");
    assert_line(&box, STG_BOX_MIDDLE, true, 2, "│  │ ││  │ │");
    assert_line(&box, STG_BOX_BOTTOM, true, 1, "└──┴─┘");
}

static void test_without_a_head_no_line_is_special(void **state)
{
    (void)state;
    const stg_box box = stg_box_get(STAGED_BOX_HEAVY_HEAD, false, false);
    assert_line(&box, STG_BOX_TOP, true, 1, "┌──┬─┐");
    const stg_box minimal = stg_box_get(STAGED_BOX_MINIMAL_DOUBLE_HEAD, false, false);
    assert_line(&minimal, STG_BOX_BELOW_HEAD, true, 1, "╶──┼─╴");
    const stg_box ascii = stg_box_get(STAGED_BOX_ASCII_DOUBLE_HEAD, false, false);
    assert_line(&ascii, STG_BOX_BELOW_HEAD, true, 1, "+--+-+");
}

static void test_all_become_ascii(void **state)
{
    (void)state;
    for (int box = STAGED_BOX_ASCII; box <= STAGED_BOX_MARKDOWN; box++) {
        const stg_box got = stg_box_get((staged_box)box, true, true);
        for (int line = 0; line < STG_BOX_LINES; line++) {
            for (int place = 0; place < STG_BOX_PLACES; place++)
                assert_int_equal(strlen(got.parts[line][place]), 1);
        }
    }
    const stg_box markdown = stg_box_get(STAGED_BOX_MARKDOWN, true, true);
    assert_line(&markdown, STG_BOX_BELOW_HEAD, true, 1, "|--|-|");
}

static void test_all_parts_take_one_cell(void **state)
{
    (void)state;
    for (int box = STAGED_BOX_ASCII; box <= STAGED_BOX_MARKDOWN; box++) {
        const stg_box got = stg_box_get((staged_box)box, false, true);
        drawing d;
        stg_draw *draw = begin_drawing(&d);
        for (int line = 0; line < STG_BOX_LINES; line++) {
            for (int place = 0; place < STG_BOX_PLACES; place++) {
                const stg_text part = text_of(draw, got.parts[line][place]);
                assert_int_equal(stg_text_cells(&part), 1);
            }
        }
        end_drawing(&d);
    }
}

TEST_GROUP(box)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_over_columns),
        cmocka_unit_test(test_without_a_head_no_line_is_special),
        cmocka_unit_test(test_all_become_ascii),
        cmocka_unit_test(test_all_parts_take_one_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
