/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/table/table.h"

#include <limits.h>

#include "support/consoles.h"

/* A table of two columns with one row. */
static staged_renderable *table_of(staged_table_options options, staged_column_options first,
                                   staged_column_options second, const char *left,
                                   const char *right)
{
    options.show_header = STAGED_NO;
    staged_renderable *table = staged_table_new(&options);
    assert_int_equal(staged_table_add_column(table, &first), STAGED_OK);
    assert_int_equal(staged_table_add_column(table, &second), STAGED_OK);
    staged_renderable *const cells[] = {staged_text_new(NULL, left), staged_text_new(NULL, right)};
    assert_int_equal(staged_table_add_row(table, NULL, cells, 2), STAGED_OK);
    return table;
}

/* The widths within so many columns, which include a blank on each side of a cell. */
static void assert_widths(staged_renderable *table, int width, int first, int second)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_draw_options options = {.width = width};
    const int *widths = stg_table_widths((const stg_table *)table, draw, &options);
    assert_non_null(widths);
    assert_int_equal(widths[0], first);
    assert_int_equal(widths[1], second);
    staged_renderable_free(table);
    end_drawing(&d);
}

static const staged_table_options usual = {.size = sizeof usual};
static const staged_column_options any = {.size = sizeof any};

static void test_as_the_contents_need(void **state)
{
    (void)state;
    assert_widths(table_of(usual, any, any, "ab", "abcde"), 40, 4, 7);
    const staged_column_options fixed = {.size = sizeof fixed, .width = 9};
    assert_widths(table_of(usual, fixed, any, "ab", "abcde"), 40, 11, 7);
    const staged_column_options limited = {.size = sizeof limited, .min_width = 4};
    const staged_column_options narrow = {.size = sizeof narrow, .max_width = 3};
    assert_widths(table_of(usual, limited, narrow, "ab", "abcde"), 40, 6, 5);
}

static void test_too_wide_together(void **state)
{
    (void)state;
    assert_widths(table_of(usual, any, any, "ab", "one two three"), 14, 4, 10);
    assert_widths(table_of(usual, any, any, "one two", "one two"), 12, 6, 6);
    const staged_column_options whole = {.size = sizeof whole, .no_wrap = true};
    assert_widths(table_of(usual, whole, any, "one two", "one two"), 12, 9, 3);
    assert_widths(table_of(usual, whole, whole, "one two", "one two"), 12, 6, 6);
}

/* A column keeps its width where others can take or give what there is too much or too little. */
static void test_fixed_in_a_table_with_a_width(void **state)
{
    (void)state;
    const staged_table_options expand = {.size = sizeof expand, .expand = true};
    const staged_column_options fixed = {.size = sizeof fixed, .width = 6};
    const staged_column_options whole = {.size = sizeof whole, .no_wrap = true};
    assert_widths(table_of(expand, fixed, any, "ab", "abcde"), 30, 8, 22);
    assert_widths(table_of(expand, any, fixed, "ab", "abcde"), 30, 22, 8);
    assert_widths(table_of(expand, fixed, whole, "ab", "one two three"), 16, 8, 8);
    assert_widths(table_of(expand, fixed, whole, "ab", "one two three"), 9, 7, 2);
    assert_widths(table_of(expand, fixed, fixed, "ab", "abcde"), 30, 15, 15);
    const staged_table_options minimum = {.size = sizeof minimum, .min_width = 23};
    assert_widths(table_of(minimum, fixed, any, "ab", "abcde"), 40, 8, 12);
}

/* A least width that is not to be had. */
static void test_least_width_without_room(void **state)
{
    (void)state;
    const staged_column_options least = {.size = sizeof least, .min_width = 30, .no_wrap = true};
    assert_widths(table_of(usual, least, any, "ab", "abcde"), 20, 20, 0);
    assert_widths(table_of(usual, any, least, "ab", "abcde"), 20, 0, 20);
    const staged_table_options wide = {.size = sizeof wide, .width = 23};
    const staged_column_options wrapped = {.size = sizeof wrapped, .min_width = 30};
    assert_widths(table_of(wide, wrapped, any, "ab", "abcde"), 20, 13, 7);
}

/* However little room there is, the columns together take no more. */
static void test_other_columns_shrink(void **state)
{
    (void)state;
    const staged_column_options least = {.size = sizeof least, .min_width = 16, .no_wrap = true};
    const staged_column_options fixed = {.size = sizeof fixed, .width = 1};
    assert_widths(table_of(usual, least, fixed, "ab", "abcde"), 8, 8, 0);
    assert_widths(table_of(usual, fixed, least, "ab", "abcde"), 8, 0, 8);
    const staged_column_options narrow = {.size = sizeof narrow, .width = 1, .no_wrap = true};
    staged_table_options bare = {.size = sizeof bare, .padding = {.given = true}};
    assert_widths(table_of(bare, least, narrow, "ab", "abcde"), 5, 5, 0);
}

static void test_huge_amounts(void **state)
{
    (void)state;
    const staged_column_options huge = {.size = sizeof huge, .width = INT_MAX};
    const staged_column_options least = {
        .size = sizeof least, .min_width = INT_MAX, .no_wrap = true};
    const staged_column_options share = {.size = sizeof share, .ratio = INT_MAX};
    const staged_column_options negative = {
        .size = sizeof negative, .ratio = -1, .width = INT_MIN, .min_width = INT_MIN};
    const staged_table_options padded = {
        .size = sizeof padded, .padding = {.given = true, .right = INT_MAX, .left = INT_MAX}};
    const staged_table_options wide = {.size = sizeof wide, .expand = true, .min_width = INT_MAX};
    assert_widths(table_of(usual, huge, huge, "ab", "abcde"), 20, 10, 10);
    assert_widths(table_of(usual, least, any, "ab", "abcde"), 20, 20, 0);
    assert_widths(table_of(wide, share, share, "ab", "abcde"), 20, 10, 10);
    assert_widths(table_of(usual, negative, any, "ab", "abcde"), 20, 4, 7);
    assert_widths(table_of(padded, any, any, "ab", "abcde"), 20, 10, 10);
}

static void test_wider_than_needed(void **state)
{
    (void)state;
    const staged_table_options expand = {.size = sizeof expand, .expand = true};
    assert_widths(table_of(expand, any, any, "ab", "abcde"), 22, 8, 14);
    const staged_column_options one = {.size = sizeof one, .ratio = 1};
    const staged_column_options three = {.size = sizeof three, .ratio = 3};
    assert_widths(table_of(expand, one, three, "ab", "abcde"), 20, 5, 15);
    assert_widths(table_of(expand, any, one, "ab", "abcde"), 20, 4, 16);
    const staged_table_options minimum = {.size = sizeof minimum, .min_width = 23};
    assert_widths(table_of(minimum, any, any, "ab", "abcde"), 40, 8, 12);
}

static void test_lines_take_room(void **state)
{
    (void)state;
    staged_table_options options = {.size = sizeof options};
    staged_renderable *table = table_of(options, any, any, "a", "b");
    assert_int_equal(stg_table_extra_width((const stg_table *)table), 3);
    staged_renderable_free(table);
    options.show_edge = STAGED_NO;
    table = table_of(options, any, any, "a", "b");
    assert_int_equal(stg_table_extra_width((const stg_table *)table), 1);
    staged_renderable_free(table);
    options.box = STAGED_BOX_NONE;
    table = table_of(options, any, any, "a", "b");
    assert_int_equal(stg_table_extra_width((const stg_table *)table), 0);
    staged_renderable_free(table);
}

static void test_measure(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_draw_options options = {.width = 40};
    staged_renderable *table = table_of(usual, any, any, "ab", "one two");
    stg_measurement measured = stg_item_measure(table, draw, &options);
    assert_int_equal(measured.minimum, 3 + 4 + 5);
    assert_int_equal(measured.maximum, 3 + 4 + 9);
    staged_renderable_free(table);
    end_drawing(&d);
    draw = begin_drawing(&d);
    const staged_table_options wide = {.size = sizeof wide, .width = 30};
    table = table_of(wide, any, any, "ab", "one two");
    assert_int_equal(stg_item_measure(table, draw, &options).maximum, 30);
    staged_renderable_free(table);
    end_drawing(&d);
}

TEST_GROUP(table_width)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_the_contents_need),
        cmocka_unit_test(test_too_wide_together),
        cmocka_unit_test(test_fixed_in_a_table_with_a_width),
        cmocka_unit_test(test_least_width_without_room),
        cmocka_unit_test(test_other_columns_shrink),
        cmocka_unit_test(test_huge_amounts),
        cmocka_unit_test(test_wider_than_needed),
        cmocka_unit_test(test_lines_take_room),
        cmocka_unit_test(test_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
