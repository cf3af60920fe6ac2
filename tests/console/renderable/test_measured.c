/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/measured.h"

#include "support/consoles.h"

enum { ITEMS = 300 };

static void test_kept_by_item_and_width(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    staged_renderable *items[ITEMS];
    stg_measurement found;
    for (int i = 0; i < ITEMS; i++) {
        items[i] = staged_markup_new("x");
        for (int width = 10; width < 12; width++)
            stg_measured_keep(draw, items[i], &(stg_draw_options){.width = width},
                              (stg_measurement){i, width});
    }
    for (int i = 0; i < ITEMS; i++) {
        assert_true(stg_measured_find(draw, items[i], &(stg_draw_options){.width = 11}, &found));
        assert_int_equal(found.minimum, i);
        assert_int_equal(found.maximum, 11);
    }
    assert_false(stg_measured_find(draw, items[0], &(stg_draw_options){.width = 12}, &found));
    assert_false(stg_measured_find(draw, items[0],
                                   &(stg_draw_options){.width = 11, .markup = STAGED_NO}, &found));
    stg_measured_forget(draw, 3);
    assert_int_equal(stg_measured_count(draw), 3);
    assert_true(stg_measured_find(draw, items[1], &(stg_draw_options){.width = 10}, &found));
    assert_false(stg_measured_find(draw, items[1], &(stg_draw_options){.width = 11}, &found));
    for (int i = 0; i < ITEMS; i++)
        staged_renderable_free(items[i]);
    end_drawing(&d);
}

/* Made for each drawing, maybe where the one before was: what was measured of it is forgotten. */
static staged_renderable *make_panel(void *context, int width)
{
    (void)context;
    (void)width;
    return staged_panel_new(STAGED_OPTIONS(staged_panel_options, .expand = STAGED_NO),
                            staged_padding_new(NULL, staged_markup_new("x")));
}

static void test_made_anew(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_draw_options options = {.width = 30};
    stg_segments segments = {0};
    staged_renderable *panel = make_panel(NULL, 0);
    staged_renderable *dynamic = staged_dynamic_new(make_panel, NULL, NULL);
    assert_int_equal(stg_item_measure(dynamic, draw, &options).maximum, 5);
    stg_item_draw(dynamic, draw, &options, &segments);
    assert_int_equal(stg_measured_count(draw), 0);
    assert_int_equal(stg_item_measure(panel, draw, &options).maximum, 5);
    assert_true(stg_measured_count(draw) > 0);
    staged_renderable_free(dynamic);
    staged_renderable_free(panel);
    end_drawing(&d);
}

TEST_GROUP(measured)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_by_item_and_width),
        cmocka_unit_test(test_made_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
