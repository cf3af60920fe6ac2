/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"

static int released;

static void draw_nothing(const staged_renderable *self, stg_draw *draw,
                         const stg_draw_options *options, stg_segments *out)
{
    (void)self;
    (void)options;
    stg_segments_add_text(draw, out, "x", NULL);
}

static stg_measurement measure_wildly(const staged_renderable *self, stg_draw *draw,
                                      const stg_draw_options *options)
{
    (void)self;
    (void)draw;
    (void)options;
    return (stg_measurement){-5, 1000};
}

static void count_release(staged_renderable *self)
{
    (void)self;
    released++;
}

static const stg_item_kind wild_kind = {draw_nothing, measure_wildly, count_release};

static void test_a_null_child_goes_through(void **state)
{
    (void)state;
    assert_null(staged_panel_new(NULL, staged_padding_new(NULL, NULL)));
    staged_renderable_free(NULL);
}

static void test_children_are_released_once(void **state)
{
    (void)state;
    released = 0;
    staged_renderable *item = stg_item_new(&wild_kind, sizeof *item);
    staged_renderable *panel =
        staged_panel_new(NULL, staged_padding_new(NULL, staged_align_new(NULL, 0, item)));
    assert_int_equal(panel->depth, 4);
    staged_renderable_free(panel);
    assert_int_equal(released, 1);
}

static void test_too_deep_is_refused(void **state)
{
    (void)state;
    released = 0;
    staged_renderable *item = stg_item_new(&wild_kind, sizeof *item);
    while (item != NULL)
        item = staged_padding_new(NULL, item);
    assert_int_equal(released, 1);
}

static void test_measures_stay_within_bounds(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    staged_renderable *item = stg_item_new(&wild_kind, sizeof *item);
    stg_draw_options options = {.width = 7};
    stg_measurement measured = stg_item_measure(item, draw, &options);
    assert_int_equal(measured.minimum, 0);
    assert_int_equal(measured.maximum, 7);
    options.width = 0;
    assert_int_equal(stg_item_measure(item, draw, &options).maximum, 0);
    stg_segments out = {0};
    stg_item_draw(item, draw, &options, &out);
    assert_int_equal(out.count, 0);
    options.width = 3;
    stg_lines lines = {0};
    const stg_style style = {.set = STG_BOLD, .on = STG_BOLD};
    stg_item_lines(item, draw, &options, &style, &lines);
    assert_int_equal(lines.count, 1);
    assert_int_equal(lines.items[0].cells, 3);
    assert_int_equal(lines.items[0].blanks, 2);
    assert_int_equal(lines.items[0].items[0].style.on, STG_BOLD);
    staged_renderable_free(item);
    end_drawing(&d);
}

static void test_deep_mistakes_are_reported(void **state)
{
    (void)state;
    const staged_text_options options = {.size = sizeof options, .markup = true};
    staged_renderable *panel =
        staged_panel_new(NULL, staged_padding_new(NULL, staged_text_new(&options, "a [/b]")));
    staged_console *console = text_console(1, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, panel), STAGED_BAD_MARKUP);
    assert_string_equal(staged_console_error(console),
                        "closing tag '[/b]' at position 2 doesn't match any open tag");
    staged_console_free(console);
    staged_renderable_free(panel);
}

TEST_GROUP(item)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_null_child_goes_through),
        cmocka_unit_test(test_children_are_released_once),
        cmocka_unit_test(test_too_deep_is_refused),
        cmocka_unit_test(test_measures_stay_within_bounds),
        cmocka_unit_test(test_deep_mistakes_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
