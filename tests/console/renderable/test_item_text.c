/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"
#include "support/torture.h"

static void test_only_the_format_is_markup(void **state)
{
    (void)state;
    assert_drawn_in(staged_markup_new("[bold]%s[/] %s", "[red]x[/red]", "\\[b]"), 40,
                    STAGED_COLOR_SYSTEM_STANDARD,
                    "\x1b[1m[\x1b[0m\x1b[1mred\x1b[0m\x1b[1m]\x1b[0m\x1b[1mx\x1b[0m"
                    "\x1b[1m[\x1b[0m\x1b[1;35m/\x1b[0m\x1b[1;95mred\x1b[0m\x1b[1m]\x1b[0m"
                    " \\\x1b[1m[\x1b[0mb\x1b[1m]\x1b[0m\n");
    assert_drawn(staged_markup_new("[%s] [%s=1] %d[/", "red", "link", 5), 40,
                 "[red] [link=1] 5[/\n");
}

static void test_a_link_may_be_data(void **state)
{
    (void)state;
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_STANDARD);
    staged_console_print(console, "[link=%s]%s[/link]", "http://a.b/[x] y", "[here]");
    const char *text = staged_console_text(console);
    assert_non_null(strstr(text, ";http://a.b/[x] y\x1b\\"));
    assert_null(strstr(text, "link"));
    staged_console_clear_text(console);
    staged_console_print(console, "\\[link=%s] [link=%d%s] [xlink=%s]", "a", 1, "b", "c");
    assert_non_null(strstr(staged_console_text(console), "link"));
    assert_null(strstr(staged_console_text(console), "\x1b]8"));
    staged_console_free(console);
}

static void test_controls_in_data_do_nothing(void **state)
{
    (void)state;
    assert_drawn(staged_markup_new("%s", "a\x1b]0;title\x07\x1b[2J\rb"), 40, "a␛]0;title␛[2Jb\n");
    assert_drawn(staged_text_new(NULL, "a\x1b[31mb"), 40, "a␛[31mb\n");
    const staged_panel_options options = {
        .size = sizeof options, .title = "t\x1b[31m", .expand = STAGED_NO};
    assert_drawn(staged_panel_new(&options, staged_text_new(NULL, "abcdefghijk")), 40,
                 "╭── t␛[31m ───╮\n│ abcdefghijk │\n╰─────────────╯\n");
}

static void test_texts_with_options(void **state)
{
    (void)state;
    assert_drawn(staged_text_new(NULL, "[b]as it is[/] 42"), 40, "[b]as it is[/] 42\n");
    assert_drawn(staged_text_new(NULL, NULL), 40, "\n");
    const staged_text_options options = {.size = sizeof options, .style = "red", .markup = true};
    assert_drawn_in(staged_text_new(&options, "[bold]a[/] 42"), 40, STAGED_COLOR_SYSTEM_STANDARD,
                    "\x1b[1;31ma\x1b[0m\x1b[31m 42\x1b[0m\n");
    const staged_text_options right = {.size = sizeof right, .justify = STAGED_JUSTIFY_RIGHT};
    assert_drawn(staged_padding_new(NULL, staged_text_new(&right, "ab")), 5, "   ab\n");
    const staged_text_options crop = {
        .size = sizeof crop, .overflow = STAGED_OVERFLOW_CROP, .no_wrap = STAGED_YES};
    assert_drawn(staged_padding_new(NULL, staged_text_new(&crop, "ab cd")), 4, "ab c\n");
}

/* Also where no style can be seen a mark with a tag of its own is a piece of its own. */
static void test_a_mark_is_cut_off(void **state)
{
    (void)state;
    staged_renderable *table = staged_table_new(STAGED_OPTIONS(staged_table_options, .width = 12));
    staged_renderable *const cells[] = {staged_markup_new("abcdefe[b]\u0301[/]gh")};
    staged_table_add_row(table, NULL, cells, 1);
    assert_drawn(table, 9, "┏━━━━━━━━\n┃        \n┡━━━━━━━━\n│ abcdefe\n└────────\n");
}

/* As with Rich: only where blanks between words get a style is it looked for. */
static void test_a_style_that_cannot_be_read(void **state)
{
    (void)state;
    staged_text_options options = {.size = sizeof options, .style = "red on"};
    assert_drawn(staged_text_new(&options, "ab cd"), 4, "ab \ncd\n");
    options.justify = STAGED_JUSTIFY_FULL;
    staged_renderable *padding = staged_padding_new(NULL, staged_text_new(&options, "a b cd"));
    staged_console *console = text_console(4, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, padding), STAGED_BAD_MARKUP);
    assert_string_equal(staged_console_error(console),
                        "Failed to get style 'red on'; color expected after 'on'");
    staged_console_free(console);
    staged_renderable_free(padding);
}

static void test_a_broken_format_is_reported_when_drawn(void **state)
{
    (void)state;
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat"
#endif
    staged_renderable *broken = staged_markup_new("%n");
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
    assert_non_null(broken);
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, broken), STAGED_BAD_USE);
    staged_console_free(console);
    staged_renderable_free(broken);
}

static staged_renderable *make_markup(void)
{
    return staged_markup_new("[bold]%s[/] [link=http://x]%d[/]", "[data] ö", 5);
}

static staged_renderable *make_text(void)
{
    const staged_text_options options = {.size = sizeof options, .style = "red", .markup = true};
    return staged_text_new(&options, "[bold]a[/] 42");
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*made)(void) = make_markup;
    assert_true(torture(print_made, &made) > 5);
    made = make_text;
    assert_true(torture(print_made, &made) > 5);
}

TEST_GROUP(item_text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_the_format_is_markup),
        cmocka_unit_test(test_a_link_may_be_data),
        cmocka_unit_test(test_controls_in_data_do_nothing),
        cmocka_unit_test(test_texts_with_options),
        cmocka_unit_test(test_a_mark_is_cut_off),
        cmocka_unit_test(test_a_style_that_cannot_be_read),
        cmocka_unit_test(test_a_broken_format_is_reported_when_drawn),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
