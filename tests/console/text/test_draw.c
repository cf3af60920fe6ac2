/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"
#include "support/torture.h"

static void test_the_first_failure_stays(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    assert_non_null(stg_draw_alloc(draw, 10));
    stg_draw_fail(draw, STAGED_BAD_MARKUP, "number %d", 1);
    stg_draw_fail(draw, STAGED_BAD_USE, "number %d", 2);
    assert_int_equal(draw->status, STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&d.error), "number 1");
    assert_null(stg_draw_alloc(draw, 10));
    assert_int_equal(draw->status, STAGED_BAD_MARKUP);
    end_drawing(&d);
}

static void test_styles(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_style style = stg_draw_style(draw, "bold red");
    assert_int_equal(style.on, STG_BOLD);
    style = stg_draw_style(draw, NULL);
    assert_true(stg_style_is_null(&style));
    assert_int_equal(draw->status, STAGED_OK);
    style = stg_draw_style(draw, "bold nonsense");
    assert_true(stg_style_is_null(&style));
    assert_int_equal(draw->status, STAGED_BAD_MARKUP);
    assert_string_equal(stg_error_text(&d.error),
                        "Failed to get style 'bold nonsense'; unable to parse 'nonsense' as "
                        "color; 'nonsense' is not a valid color");
    end_drawing(&d);
}

static void test_growing_keeps_the_items(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    int *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        assert_true(stg_draw_grow(draw, &items, &capacity, i, i + 1, sizeof *items));
        items[i] = (int)i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_true(capacity < 2500);
    end_drawing(&d);
}

static void test_narrower_is_not_below_nothing(void **state)
{
    (void)state;
    const stg_draw_options options = {.width = 10, .justify = STAGED_JUSTIFY_FULL};
    assert_int_equal(stg_draw_narrowed(&options, 7).width, 7);
    assert_int_equal(stg_draw_narrowed(&options, -1).width, 0);
    assert_int_equal(stg_draw_narrowed(&options, -1).justify, STAGED_JUSTIFY_FULL);
}

static staged_status use_memory(void *context)
{
    (void)context;
    stg_arena arena = {0};
    stg_error error = {0};
    stg_draw draw = {.arena = &arena, .error = &error, .status = STAGED_OK};
    char *items = NULL;
    size_t capacity = 0;
    (void)stg_draw_grow(&draw, &items, &capacity, 0, 10000, 1);
    (void)stg_draw_copy(&draw, "text", 4);
    stg_error_free(&error);
    stg_arena_free(&arena);
    return draw.status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use_memory, NULL) > 1);
}

TEST_GROUP(draw)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_failure_stays),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_growing_keeps_the_items),
        cmocka_unit_test(test_narrower_is_not_below_nothing),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
