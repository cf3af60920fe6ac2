/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "console/work.h"
#include "support/consoles.h"
#include "support/torture.h"

/* Compares the text, and its spans as "start-end:attributes/colour". */
static void assert_read(const char *source, const char *text, const char *spans)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_markup markup = {.text = source, .length = strlen(source)};
    const stg_text got = stg_markup_read(draw, &markup);
    assert_int_equal(draw->status, STAGED_OK);
    assert_text(&got, text);
    stg_buf shown = {0};
    for (size_t i = 0; i < got.span_count; i++) {
        const stg_span *span = &got.spans[i];
        stg_buf_addf(&shown, "%s%zu-%zu:%d/%d", i == 0 ? "" : " ", span->start, span->end,
                     span->style.on, span->style.color.red);
    }
    assert_string_equal(stg_buf_text(&shown), spans);
    stg_buf_free(&shown);
    end_drawing(&d);
}

static void assert_refused(const char *source, const char *message)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_markup markup = {.text = source, .length = strlen(source)};
    (void)stg_markup_read(draw, &markup);
    assert_int_equal(draw->status, STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&d.error), message);
    stg_error error = {0};
    assert_int_equal(stg_markup_check(source, strlen(source), &error), STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&error), message);
    stg_error_free(&error);
    end_drawing(&d);
}

static void test_tags(void **state)
{
    (void)state;
    assert_read("no tag", "no tag", "");
    assert_read("[bold]a[/bold]b", "ab", "0-1:1/0");
    assert_read("[red]a[bold]b[/]c[/]d", "abcd", "0-3:0/1 1-2:1/0");
    assert_read("[b]a[/bold]", "a", "0-1:1/0");
    assert_read("[red]never closed", "never closed", "0-12:0/1");
    assert_read("[red][bold]a[/red]b[/bold]", "ab", "0-2:1/0 0-1:0/1");
    assert_read("[nonsense]a[/nonsense]", "a", "0-1:0/0");
    assert_read("[@click=f(1)]a[/]", "a", "0-1:0/0");
}

static void test_not_a_tag(void **state)
{
    (void)state;
    assert_read("[] [1] [X] [ a] [a", "[] [1] [X] [ a] [a", "");
    assert_read("a[b[red]c", "a[bc", "3-4:0/1");
    assert_read("\\[red]a", "[red]a", "");
    assert_read("\\\\[red]a", "\\a", "1-2:0/1");
    assert_read("\\\\\\[red]a", "\\[red]a", "");
    assert_read("x\\[1]", "x[1]", "");
    assert_read("\\x[red]a", "\\xa", "2-3:0/1");
}

static void test_mistakes(void **state)
{
    (void)state;
    assert_refused("a[/]", "closing tag '[/]' at position 1 has nothing to close");
    assert_refused("é[red]b[/ ][/]", "closing tag '[/]' at position 11 has nothing to close");
    assert_refused("[red]b[/blue]",
                   "closing tag '[/blue]' at position 6 doesn't match any open tag");
    assert_refused("[red]b[/red][/red=x]",
                   "closing tag '[/red=x]' at position 12 doesn't match any open tag");
    stg_error error = {0};
    assert_int_equal(stg_markup_check("fine", 4, &error), STAGED_OK);
}

static void test_data_is_not_read(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const char source[] = "[red]\\[bold][/]x[\\[b][c]";
    /* The data are "\[bold][/]" and "\[b" and "c". */
    const stg_range data[] = {{5, 15}, {17, 20}, {22, 23}};
    const stg_markup markup = {
        .text = source, .length = sizeof source - 1, .data = data, .data_count = 3};
    const stg_text got = stg_markup_read(draw, &markup);
    assert_int_equal(draw->status, STAGED_OK);
    assert_text(&got, "\\[bold][/]x[\\[b][c]");
    assert_int_equal(got.span_count, 1);
    end_drawing(&d);
}

static void test_joined_characters_keep_spans_without_styles(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    draw->styled = false;
    stg_markup markup = {.text = "[b]a[/]b", .length = 8};
    assert_int_equal(stg_markup_read(draw, &markup).span_count, 0);
    markup = (stg_markup){.text = "[b]1[/]\xef\xb8\x8f", .length = 10};
    assert_int_equal(stg_markup_read(draw, &markup).span_count, 1);
    end_drawing(&d);
}

static void read_tags(size_t n, void *context)
{
    (void)context;
    stg_buf source = {0};
    for (size_t i = 0; i < n; i++)
        stg_buf_addf(&source, "[x%zu]", i);
    for (size_t i = 0; i < n; i++)
        stg_buf_addf(&source, "[/x%zu]", i);
    for (size_t i = 0; i < n; i++)
        stg_buf_add_text(&source, "[b]");
    for (size_t i = 0; i < n; i++)
        stg_buf_add_text(&source, "[[[/]");
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_markup markup = {.text = source.data, .length = source.length};
    (void)stg_markup_read(draw, &markup);
    assert_int_equal(draw->status, STAGED_OK);
    end_drawing(&d);
    stg_buf_free(&source);
}

static void test_work_is_linear(void **state)
{
    (void)state;
    assert_linear(read_tags, 4096, NULL);
}

static staged_status check(void *context)
{
    (void)context;
    stg_error error = {0};
    const char text[] = "[b]a[bOLD RED]b[/][/b] [link=http://x]é[/]";
    const staged_status status = stg_markup_check(text, sizeof text - 1, &error);
    stg_error_free(&error);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(check, NULL) > 2);
}

TEST_GROUP(markup)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_not_a_tag),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_data_is_not_read),
        cmocka_unit_test(test_joined_characters_keep_spans_without_styles),
        cmocka_unit_test(test_work_is_linear),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
