/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Twice the text takes twice the work, whatever is in it and however it is shown. */
#include <staged/console.h>
#include <staged/export.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "console/work.h"

enum { BYTES = 4000, WIDTH = 80 };

/* Of which texts are made. */
static const char *const patterns[] = {
    "1,",       "a ",   "aaaa", "\u65e5\u672c", "\t",     "a\n",     "a\tb\t", "[b]x", "[b]x[/b] ",
    "[red]",    "(",    "'a' ", "http://x/ ",   "<a b=",  "{\"a\":", "::",     "0x",   "/a",
    "\\[",      "\"",   "1.",   "e\u0301",      "\u200d", "a@b.c/",  "  ",     "x\r",  "x\x1b[1K\r",
    "\x1b[1mx", "x\b\b"};

static staged_renderable *as_markup(const char *text)
{
    return staged_markup_new("%s", text);
}

static staged_renderable *as_cell(const char *text)
{
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .highlight = true));
    staged_renderable *cells[] = {staged_markup_new("%s", text), staged_markup_new("x")};
    assert_int_equal(staged_table_add_row(table, NULL, cells, 2), STAGED_OK);
    return table;
}

static staged_renderable *as_unwrapped_cell(const char *text)
{
    staged_renderable *table =
        staged_table_new(STAGED_OPTIONS(staged_table_options, .highlight = true));
    staged_renderable *cells[] = {staged_markup_new("%s", text)};
    assert_int_equal(
        staged_table_add_column(table, STAGED_OPTIONS(staged_column_options, .no_wrap = true)),
        STAGED_OK);
    assert_int_equal(staged_table_add_row(table, NULL, cells, 1), STAGED_OK);
    return table;
}

static staged_renderable *as_text(const char *text, const staged_text_options *options)
{
    return staged_text_new(options, text);
}

static staged_renderable *as_justified(const char *text)
{
    return as_text(text, STAGED_OPTIONS(staged_text_options, .justify = STAGED_JUSTIFY_FULL));
}

static staged_renderable *as_right(const char *text)
{
    return as_text(text, STAGED_OPTIONS(staged_text_options, .justify = STAGED_JUSTIFY_RIGHT,
                                        .overflow = STAGED_OVERFLOW_ELLIPSIS));
}

static staged_renderable *as_unwrapped(const char *text)
{
    return as_text(text, STAGED_OPTIONS(staged_text_options, .overflow = STAGED_OVERFLOW_IGNORE));
}

static staged_renderable *as_author_markup(const char *text)
{
    return as_text(text, STAGED_OPTIONS(staged_text_options, .markup = true));
}

static staged_renderable *as_title(const char *text)
{
    return staged_panel_new(
        STAGED_OPTIONS(staged_panel_options, .title = text, .expand = STAGED_NO),
        staged_markup_new("x"));
}

static staged_renderable *as_panel(const char *text)
{
    return staged_panel_new(STAGED_OPTIONS(staged_panel_options, .highlight = true),
                            staged_padding_new(NULL, staged_markup_new("%s", text)));
}

static staged_renderable *as_ansi(const char *text)
{
    return staged_ansi_new(text, strlen(text));
}

static staged_renderable *as_columns(const char *text)
{
    staged_renderable *columns = staged_columns_new(NULL);
    for (size_t used; *text != '\0'; text += used) {
        char part[9] = "";
        used = strnlen(text, sizeof part - 1);
        memcpy(part, text, used);
        assert_int_equal(staged_columns_add(columns, staged_markup_new("%s", part)), STAGED_OK);
    }
    return columns;
}

static staged_renderable *(*const forms[])(const char *text) = {
    as_markup, as_cell,          as_unwrapped_cell, as_justified, as_right,  as_unwrapped,
    as_panel,  as_author_markup, as_title,          as_ansi,      as_columns};

/* Prints and exports `count` times `pattern`. */
static size_t work_for(size_t form, const char *pattern, size_t count)
{
    const size_t length = strlen(pattern);
    char *text = calloc(count + 1, length);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, pattern, length);
    staged_console *console = staged_console_new(STAGED_OPTIONS(
        staged_console_options, .to_text = true, .width = WIDTH, .force_terminal = STAGED_YES,
        .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR, .record = true, .ascii = STAGED_NO));
    const size_t before = work_done();
    staged_renderable *made = forms[form](text);
    (void)staged_console_print_renderable(console, NULL, made);
    free(staged_console_export(
        console, STAGED_OPTIONS(staged_export_options, .format = STAGED_EXPORT_HTML)));
    const size_t work = work_done() - before;
    staged_renderable_free(made);
    staged_console_free(console);
    free(text);
    return work;
}

static void test_long_texts(void **state)
{
    (void)state;
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
        for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
            const size_t count = BYTES / strlen(patterns[i]);
            const size_t once = work_for(form, patterns[i], count);
            const size_t twice = work_for(form, patterns[i], 2 * count);
            if (once < BYTES / 4 || twice > once * 5 / 2)
                fail_msg("form %zu of '%s': %zu and %zu", form, patterns[i], once, twice);
        }
    }
}

/* Each colour once. */
static size_t work_for_colors(unsigned count, staged_export_format format)
{
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .width = WIDTH, .record = true));
    for (unsigned i = 0; i < count; i++) {
        char style[16];
        snprintf(style, sizeof style, "#%06x", i * 7);
        assert_int_equal(staged_console_print_text(
                             console, STAGED_OPTIONS(staged_print_options, .style = style), "x"),
                         STAGED_OK);
    }
    const size_t before = work_done();
    free(staged_console_export(console, STAGED_OPTIONS(staged_export_options, .format = format)));
    staged_console_free(console);
    return work_done() - before;
}

static void test_many_colors(void **state)
{
    (void)state;
    const staged_export_format formats[] = {STAGED_EXPORT_HTML, STAGED_EXPORT_SVG};
    for (size_t i = 0; i < 2; i++) {
        const size_t once = work_for_colors(500, formats[i]);
        const size_t twice = work_for_colors(1000, formats[i]);
        if (twice > once * 5 / 2)
            fail_msg("format %d: %zu and %zu", (int)formats[i], once, twice);
    }
}

/* ---- nested ---- */

/* A renderable that counts how often it is asked for. */
static staged_renderable *make_counted(void *context, int width)
{
    (void)width;
    ++*(size_t *)context;
    return staged_markup_new("some words that can be wrapped");
}

static staged_renderable *in_table(staged_renderable *child)
{
    staged_renderable *table = staged_table_new(NULL);
    staged_renderable *cells[] = {child, staged_markup_new("b")};
    assert_int_equal(staged_table_add_row(table, NULL, cells, 2), STAGED_OK);
    return table;
}

static staged_renderable *in_panel(staged_renderable *child)
{
    return staged_panel_new(STAGED_OPTIONS(staged_panel_options, .expand = STAGED_NO), child);
}

static staged_renderable *in_align(staged_renderable *child)
{
    return staged_align_new(NULL, STAGED_ALIGN_RIGHT, child);
}

static staged_renderable *in_padding(staged_renderable *child)
{
    return staged_padding_new(STAGED_OPTIONS(staged_padding_options, .expand = STAGED_NO), child);
}

static staged_renderable *in_columns(staged_renderable *child)
{
    staged_renderable *columns = staged_columns_new(NULL);
    assert_int_equal(staged_columns_add(columns, in_align(child)), STAGED_OK);
    return columns;
}

static size_t times_asked(staged_renderable *(*wrap)(staged_renderable *child), int levels,
                          int width)
{
    size_t count = 0;
    staged_renderable *item = staged_dynamic_new(make_counted, &count, NULL);
    for (int i = 0; i < levels; i++)
        item = wrap(item);
    staged_console *console =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true, .width = width));
    assert_int_equal(staged_console_print_renderable(console, NULL, item), STAGED_OK);
    staged_renderable_free(item);
    staged_console_free(console);
    return count;
}

static void test_nested(void **state)
{
    (void)state;
    staged_renderable *(*const wraps[])(staged_renderable *) = {in_table, in_panel, in_align,
                                                                in_padding, in_columns};
    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++) {
        for (int width = 50; width <= 400; width += 350) {
            const size_t asked = times_asked(wraps[i], 8, width);
            assert_true(asked >= 2);
            if (asked > 100 || times_asked(wraps[i], 16, width) > 2 * asked + 20)
                fail_msg("%zu in %d columns: %zu times", i, width, asked);
        }
    }
}

TEST_GROUP(linear)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_many_colors),
        cmocka_unit_test(test_nested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
