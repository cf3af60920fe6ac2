/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/table/table.h"
#include "support/consoles.h"
#include "support/torture.h"

/* Adds a row of literal texts. */
static staged_status add_texts(staged_renderable *table, const char *first, const char *second)
{
    staged_renderable *const cells[] = {staged_text_new(NULL, first),
                                        staged_text_new(NULL, second)};
    return staged_table_add_row(table, NULL, cells, 2);
}

static void test_columns_and_rows(void **state)
{
    (void)state;
    staged_renderable *table = staged_table_new(NULL);
    assert_int_equal(staged_table_add_column(
                         table, STAGED_OPTIONS(staged_column_options, .header = "[b]Name[/]")),
                     STAGED_OK);
    const staged_column_options right = {.size = sizeof right,
                                         .header_renderable = staged_markup_new("%s", "[n]"),
                                         .justify = STAGED_JUSTIFY_RIGHT};
    assert_int_equal(staged_table_add_column(table, &right), STAGED_OK);
    assert_int_equal(add_texts(table, "one", "1"), STAGED_OK);
    assert_int_equal(add_texts(table, "three", "12345"), STAGED_OK);
    assert_drawn(table, 40,
                 "┏━━━━━━━┳━━━━━━━┓\n"
                 "┃ Name  ┃   [n] ┃\n"
                 "┡━━━━━━━╇━━━━━━━┩\n"
                 "│ one   │     1 │\n"
                 "│ three │ 12345 │\n"
                 "└───────┴───────┘\n");
}

static void test_more_cells_than_columns(void **state)
{
    (void)state;
    const staged_table_options options = {.size = sizeof options, .box = STAGED_BOX_ASCII};
    staged_renderable *table = staged_table_new(&options);
    staged_renderable *const one[] = {staged_text_new(NULL, "a")};
    assert_int_equal(staged_table_add_row(table, NULL, one, 1), STAGED_OK);
    assert_int_equal(add_texts(table, "b", "c"), STAGED_OK);
    assert_int_equal(staged_table_add_row(table, NULL, NULL, 0), STAGED_OK);
    assert_drawn(table, 40,
                 "+-------+\n"
                 "|   |   |\n"
                 "|---+---|\n"
                 "| a |   |\n"
                 "| b | c |\n"
                 "|   |   |\n"
                 "+-------+\n");
}

static void test_refused_children(void **state)
{
    (void)state;
    staged_renderable *text = staged_text_new(NULL, "x");
    assert_int_equal(staged_table_add_column(text, NULL), STAGED_BAD_USE);
    assert_int_equal(add_texts(text, "a", "b"), STAGED_BAD_USE);
    const staged_column_options column = {.size = sizeof column,
                                          .header_renderable = staged_text_new(NULL, "x")};
    assert_int_equal(staged_table_add_column(NULL, &column), STAGED_NO_MEMORY);
    assert_int_equal(add_texts(NULL, "a", "b"), STAGED_NO_MEMORY);
    staged_renderable *table = staged_table_new(NULL);
    staged_renderable *const cells[] = {staged_text_new(NULL, "a"), NULL};
    assert_int_equal(staged_table_add_row(table, NULL, cells, 2), STAGED_NO_MEMORY);
    assert_drawn(table, 10, "\n");
    staged_renderable_free(text);
}

static void test_texts_are_copied(void **state)
{
    (void)state;
    char word[] = "bold";
    const char *const row_styles[] = {word, NULL};
    const staged_table_options options = {
        .size = sizeof options, .title = word, .row_styles = row_styles};
    staged_renderable *table = staged_table_new(&options);
    const staged_row_options row = {.size = sizeof row, .style = word};
    staged_renderable *const cells[] = {staged_text_new(NULL, word)};
    assert_int_equal(staged_table_add_row(table, &row, cells, 1), STAGED_OK);
    memcpy(word, "none", 4);
    const stg_table *kept = (const stg_table *)table;
    assert_string_equal(kept->options.title, "bold");
    assert_string_equal(kept->row_styles[0], "bold");
    assert_string_equal(kept->rows[0].style, "bold");
    staged_renderable_free(table);
}

static void test_padding_at_the_edges(void **state)
{
    (void)state;
    const staged_table_options options = {.size = sizeof options,
                                          .padding = {true, 1, 2, 3, 4},
                                          .collapse_padding = true,
                                          .pad_edge = STAGED_NO,
                                          .show_header = STAGED_NO};
    staged_renderable *table = staged_table_new(&options);
    assert_int_equal(add_texts(table, "a", "b"), STAGED_OK);
    assert_int_equal(add_texts(table, "c", "d"), STAGED_OK);
    const stg_table *t = (const stg_table *)table;
    staged_pad pad = stg_table_pad(t, 0, 0);
    assert_int_equal(pad.top, 0);
    assert_int_equal(pad.right, 2);
    assert_int_equal(pad.bottom, 0);
    assert_int_equal(pad.left, 0);
    pad = stg_table_pad(t, 1, 1);
    assert_int_equal(pad.top, 1);
    assert_int_equal(pad.right, 0);
    assert_int_equal(pad.bottom, 0);
    assert_int_equal(pad.left, 2);
    staged_renderable_free(table);
}

static staged_renderable *make(void)
{
    static const char *const row_styles[] = {"red", "none", NULL};
    const staged_table_options options = {.size = sizeof options,
                                          .title = "[b]title[/]",
                                          .caption = "c",
                                          .row_styles = row_styles,
                                          .show_footer = true};
    staged_renderable *table = staged_table_new(&options);
    const staged_column_options first = {
        .size = sizeof first, .header = "a", .footer = "f", .style = "bold", .header_style = "red"};
    staged_renderable *header = staged_markup_new("b");
    if (header == NULL) {
        staged_renderable_free(table);
        return NULL;
    }
    const staged_column_options second = {.size = sizeof second, .header_renderable = header};
    staged_status status = staged_table_add_column(table, &first);
    const staged_status added = staged_table_add_column(table, &second);
    if (status == STAGED_OK)
        status = added;
    if (status == STAGED_OK)
        status = add_texts(table, "x", "yé");
    const staged_row_options row = {.size = sizeof row, .style = "green", .end_section = true};
    staged_renderable *const cells[] = {staged_markup_new("a"), staged_markup_new("b"),
                                        staged_markup_new("c")};
    const staged_status last = staged_table_add_row(table, &row, cells, 3);
    if (status == STAGED_OK && last == STAGED_OK)
        return table;
    staged_renderable_free(table);
    return NULL;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*made)(void) = make;
    assert_true(torture(print_made, &made) > 15);
}

TEST_GROUP(table)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_and_rows),     cmocka_unit_test(test_more_cells_than_columns),
        cmocka_unit_test(test_refused_children),     cmocka_unit_test(test_texts_are_copied),
        cmocka_unit_test(test_padding_at_the_edges), cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
