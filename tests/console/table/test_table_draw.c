/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/table/table.h"
#include "support/consoles.h"

static void add_column(staged_renderable *table, staged_column_options options)
{
    assert_int_equal(staged_table_add_column(table, &options), STAGED_OK);
}

static void add_row(staged_renderable *table, staged_row_options options, const char *first,
                    const char *second)
{
    staged_renderable *const cells[] = {staged_text_new(NULL, first),
                                        staged_text_new(NULL, second)};
    assert_int_equal(staged_table_add_row(table, &options, cells, 2), STAGED_OK);
}

static staged_renderable *small_table(staged_table_options options)
{
    staged_renderable *table = staged_table_new(&options);
    add_column(table, (staged_column_options){
                          .size = sizeof(staged_column_options), .header = "A", .footer = "F"});
    add_column(table, (staged_column_options){
                          .size = sizeof(staged_column_options), .header = "B", .footer = "G"});
    add_row(table, (staged_row_options){.size = sizeof(staged_row_options), .end_section = true},
            "a", "b");
    add_row(table, (staged_row_options){.size = sizeof(staged_row_options)}, "c", "d");
    return table;
}

static void test_all_parts(void **state)
{
    (void)state;
    const staged_table_options options = {
        .size = sizeof options, .title = "t", .caption = "c", .show_footer = true};
    assert_drawn(small_table(options), 40,
                 "    t    \n"
                 "┏━━━┳━━━┓\n"
                 "┃ A ┃ B ┃\n"
                 "┡━━━╇━━━┩\n"
                 "│ a │ b │\n"
                 "├───┼───┤\n"
                 "│ c │ d │\n"
                 "├───┼───┤\n"
                 "│ F │ G │\n"
                 "└───┴───┘\n"
                 "    c    \n");
}

static void test_no_lines(void **state)
{
    (void)state;
    const staged_table_options options = {
        .size = sizeof options, .box = STAGED_BOX_NONE, .show_header = STAGED_NO};
    assert_drawn(small_table(options), 40, " a  b \n c  d \n");
}

static void test_lines_and_edges(void **state)
{
    (void)state;
    staged_table_options options = {.size = sizeof options,
                                    .box = STAGED_BOX_ASCII2,
                                    .show_lines = true,
                                    .show_edge = STAGED_NO};
    assert_drawn(small_table(options), 40, " A | B \n---+---\n a | b \n---+---\n c | d \n");
    options = (staged_table_options){
        .size = sizeof(staged_table_options), .box = STAGED_BOX_ASCII2, .leading = 1};
    assert_drawn(small_table(options), 40,
                 "+---+---+\n| A | B |\n+---+---+\n| a | b |\n|   |   |\n| c | d |\n+---+---+\n");
}

static void test_vertical_alignment(void **state)
{
    (void)state;
    const staged_table_options options = {
        .size = sizeof options, .box = STAGED_BOX_ASCII, .show_header = STAGED_NO};
    staged_renderable *table = staged_table_new(&options);
    add_column(table, (staged_column_options){.size = sizeof(staged_column_options),
                                              .vertical = STAGED_VERTICAL_MIDDLE});
    add_column(table, (staged_column_options){.size = sizeof(staged_column_options),
                                              .vertical = STAGED_VERTICAL_BOTTOM});
    add_row(table, (staged_row_options){.size = sizeof(staged_row_options)}, "m", "1\n2\n3\n4");
    add_row(table, (staged_row_options){.size = sizeof(staged_row_options)}, "1\n2", "b");
    assert_drawn(table, 40,
                 "+-------+\n"
                 "|   | 1 |\n"
                 "| m | 2 |\n"
                 "|   | 3 |\n"
                 "|   | 4 |\n"
                 "| 1 |   |\n"
                 "| 2 | b |\n"
                 "+-------+\n");
}

static void test_styles(void **state)
{
    (void)state;
    const char *const row_styles[] = {"red", NULL};
    const staged_table_options options = {.size = sizeof options,
                                          .box = STAGED_BOX_SIMPLE,
                                          .show_header = STAGED_NO,
                                          .show_edge = STAGED_NO,
                                          .border_style = "bold",
                                          .padding = {.given = true},
                                          .row_styles = row_styles};
    staged_renderable *table = staged_table_new(&options);
    add_column(table,
               (staged_column_options){.size = sizeof(staged_column_options), .style = "italic"});
    add_column(table, (staged_column_options){.size = sizeof(staged_column_options)});
    add_row(table, (staged_row_options){.size = sizeof(staged_row_options), .style = "on blue"},
            "a", "b");
    assert_drawn_in(table, 40, STAGED_COLOR_SYSTEM_STANDARD,
                    "\x1b[3;31;44ma\x1b[0m\x1b[1;44m \x1b[0m\x1b[31;44mb\x1b[0m\n");
}

static void test_nothing_to_show(void **state)
{
    (void)state;
    assert_drawn(staged_table_new(NULL), 10, "\n");
    staged_renderable *table = staged_table_new(
        STAGED_OPTIONS(staged_table_options, .show_header = STAGED_NO, .width = 8));
    add_column(table, (staged_column_options){.size = sizeof(staged_column_options)});
    assert_drawn(table, 10, "┌──────┐\n└──────┘\n");
}

static void assert_bad_style(staged_table_options options, staged_column_options column,
                             const char *message)
{
    staged_renderable *table = staged_table_new(&options);
    add_column(table, column);
    staged_console *console = text_console(1, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, table), STAGED_BAD_MARKUP);
    assert_string_equal(staged_console_error(console), message);
    assert_string_equal(staged_console_text(console), "");
    staged_renderable_free(table);
    staged_console_free(console);
}

/* Also where no cell has it, and at a width at which there is nothing to measure. */
static void test_styles_that_cannot_be_read(void **state)
{
    (void)state;
    assert_bad_style(
        (staged_table_options){.size = sizeof(staged_table_options)},
        (staged_column_options){.size = sizeof(staged_column_options), .style = "red on"},
        "Failed to get style 'red on'; color expected after 'on'");
    assert_bad_style(
        (staged_table_options){.size = sizeof(staged_table_options)},
        (staged_column_options){.size = sizeof(staged_column_options), .header_style = "on"},
        "Failed to get style 'on'; color expected after 'on'");
    assert_bad_style(
        (staged_table_options){.size = sizeof(staged_table_options), .show_footer = true},
        (staged_column_options){.size = sizeof(staged_column_options), .footer_style = "on"},
        "Failed to get style 'on'; color expected after 'on'");
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .show_header = STAGED_NO));
    add_column(table, (staged_column_options){.size = sizeof(staged_column_options)});
    add_column(table,
               (staged_column_options){.size = sizeof(staged_column_options), .style = "on"});
    assert_drawn(table, 1, "┌\n└\n");
    /* What is wrong with a column is found before what is wrong with the whole. */
    assert_bad_style(
        (staged_table_options){
            .size = sizeof(staged_table_options), .width = 20, .title = "[/]", .style = "x"},
        (staged_column_options){.size = sizeof(staged_column_options), .style = "on"},
        "Failed to get style 'on'; color expected after 'on'");
    assert_bad_style(
        (staged_table_options){
            .size = sizeof(staged_table_options), .width = 20, .title = "[/]", .style = "x"},
        (staged_column_options){.size = sizeof(staged_column_options)},
        "closing tag '[/]' at position 0 has nothing to close");
}

static void test_a_cell_that_is_cut_is_filled_up(void **state)
{
    (void)state;
    staged_renderable *inner = staged_table_new(STAGED_OPTIONS(staged_table_options, .width = 32));
    staged_renderable *const cells[] = {staged_text_new(NULL, "\u200D")};
    staged_table_add_row(inner, NULL, cells, 1);
    staged_renderable *outer = staged_table_new(NULL);
    staged_table_add_row(outer, NULL, &inner, 1);
    assert_drawn(outer, 7,
                 "┏━━━━━┓\n"
                 "┃     ┃\n"
                 "┡━━━━━┩\n"
                 "│ ┏━━ │\n"
                 "│ ┃   │\n"
                 "│ ┡━━ │\n"
                 "│ │ \u200D   │\n"
                 "│ └── │\n"
                 "└─────┘\n");
}

TEST_GROUP(table_draw)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_parts),
        cmocka_unit_test(test_no_lines),
        cmocka_unit_test(test_lines_and_edges),
        cmocka_unit_test(test_vertical_alignment),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_nothing_to_show),
        cmocka_unit_test(test_styles_that_cannot_be_read),
        cmocka_unit_test(test_a_cell_that_is_cut_is_filled_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
