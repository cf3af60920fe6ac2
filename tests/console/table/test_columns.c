/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"
#include "support/torture.h"

/* Columns of these words, which are apart by blanks. */
static staged_renderable *columns_of(staged_columns_options options, const char *words)
{
    staged_renderable *columns = staged_columns_new(&options);
    for (const char *word = words; *word != '\0';) {
        const int length = (int)strcspn(word, " ");
        if (staged_columns_add(columns, staged_markup_new("%.*s", length, word)) != STAGED_OK) {
            staged_renderable_free(columns);
            return NULL;
        }
        word += length;
        word += strspn(word, " ");
    }
    return columns;
}

static void assert_columns(staged_columns_options options, int width, const char *expected)
{
    assert_drawn(columns_of(options, "one two three four five"), width, expected);
}

static void test_as_many_as_there_is_room_for(void **state)
{
    (void)state;
    const staged_columns_options none = {.size = sizeof none};
    assert_columns(none, 40, "one two three four five\n");
    assert_columns(none, 22, "one  two three four\nfive               \n");
    assert_columns(none, 14, "one   two \nthree four\nfive      \n");
    assert_columns(none, 1, "…\n…\n…\n…\n…\n");
    assert_drawn(staged_columns_new(NULL), 10, "");
}

static void test_options(void **state)
{
    (void)state;
    assert_columns((staged_columns_options){.size = sizeof(staged_columns_options), .equal = true},
                   18, "one  two  three\nfour five      \n");
    assert_columns(
        (staged_columns_options){.size = sizeof(staged_columns_options), .column_first = true}, 14,
        "one three five\ntwo four      \n");
    assert_columns(
        (staged_columns_options){.size = sizeof(staged_columns_options), .right_to_left = true}, 14,
        "two  one  \nfour three\n     five \n");
    assert_columns((staged_columns_options){.size = sizeof(staged_columns_options), .width = 6}, 14,
                   "one    two   \nthree  four  \nfive         \n");
    /* Rich divides by zero here. */
    assert_columns((staged_columns_options){.size = sizeof(staged_columns_options), .width = 100},
                   5, "one  \ntwo  \nthree\nfour \nfive \n");
    assert_columns((staged_columns_options){.size = sizeof(staged_columns_options),
                                            .align = STAGED_ALIGN_RIGHT},
                   14, "  one  two\nthree four\n five     \n");
    assert_columns(
        (staged_columns_options){.size = sizeof(staged_columns_options), .width = 2147483647}, 5,
        "one  \ntwo  \nthree\nfour \nfive \n");
    assert_columns((staged_columns_options){.size = sizeof(staged_columns_options),
                                            .width = 5,
                                            .padding = {true, 0, -5, 0, -5}},
                   5, "one  \ntwo  \nthree\nfour \nfive \n");
    assert_columns((staged_columns_options){.size = sizeof(staged_columns_options),
                                            .padding = {.given = true}},
                   10, "one  two \nthreefour\nfive     \n");
    assert_columns((staged_columns_options){.size = sizeof(staged_columns_options),
                                            .title = "[b]Words[/]",
                                            .expand = true},
                   30,
                   "            Words             \n"
                   "one   two   three   four  five\n");
}

/* What an author's markup says is highlighted, as where it is printed by itself. */
static void test_styles(void **state)
{
    (void)state;
    staged_renderable *columns = staged_columns_new(NULL);
    staged_columns_add(columns, staged_markup_new("[red]a[/] 1"));
    staged_columns_add(columns, staged_text_new(NULL, "2"));
    assert_drawn_in(columns, 20, STAGED_COLOR_SYSTEM_STANDARD,
                    "\x1b[31ma\x1b[0m \x1b[1;36m1\x1b[0m 2\n");
}

static void test_nothing_is_known_of_their_width(void **state)
{
    (void)state;
    const staged_panel_options options = {.size = sizeof options, .expand = STAGED_NO};
    staged_renderable *panel = staged_panel_new(
        &options,
        columns_of((staged_columns_options){.size = sizeof(staged_columns_options)}, "a b"));
    assert_drawn(panel, 12, "╭──────────╮\n│ a b      │\n╰──────────╯\n");
}

static void test_refused_children(void **state)
{
    (void)state;
    staged_renderable *text = staged_text_new(NULL, "x");
    assert_int_equal(staged_columns_add(text, staged_text_new(NULL, "y")), STAGED_BAD_USE);
    assert_int_equal(staged_columns_add(NULL, staged_text_new(NULL, "y")), STAGED_NO_MEMORY);
    staged_renderable_free(text);
}

/* The columns are counted anew for each width that does not do. */
static void test_many_items(void **state)
{
    (void)state;
    staged_renderable *columns = staged_columns_new(NULL);
    for (int i = 0; i < 20000; i++)
        assert_int_equal(staged_columns_add(columns, staged_text_new(NULL, i % 2 ? "x" : "yy")),
                         STAGED_OK);
    staged_console *console = text_console(200, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, columns), STAGED_OK);
    assert_true(strlen(staged_console_text(console)) > 40000);
    staged_console_free(console);
    staged_renderable_free(columns);
}

static staged_renderable *make_columns(void)
{
    const staged_columns_options options = {.size = sizeof options,
                                            .title = "t",
                                            .equal = true,
                                            .align = STAGED_ALIGN_CENTER,
                                            .column_first = true};
    return columns_of(options, "one two three four five");
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*make)(void) = make_columns;
    assert_true(torture(print_made, &make) > 10);
}

TEST_GROUP(columns)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_many_as_there_is_room_for),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_nothing_is_known_of_their_width),
        cmocka_unit_test(test_refused_children),
        cmocka_unit_test(test_many_items),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
