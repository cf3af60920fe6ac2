/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/padding.h"
#include "support/consoles.h"
#include "support/torture.h"

static staged_renderable *padded(staged_padding_options options, staged_renderable *child)
{
    return staged_padding_new(&options, child);
}

static void test_blanks_on_all_sides(void **state)
{
    (void)state;
    const staged_pad pad = {true, 1, 2, 1, 3};
    assert_drawn(
        padded((staged_padding_options){.size = sizeof(staged_padding_options), .pad = pad},
               staged_markup_new("ab cd")),
        9, "         \n   ab    \n   cd    \n         \n");
    assert_drawn(padded((staged_padding_options){.size = sizeof(staged_padding_options),
                                                 .pad = pad,
                                                 .expand = STAGED_NO},
                        staged_markup_new("ab")),
                 40, "       \n   ab  \n       \n");
    assert_drawn(staged_padding_new(NULL, staged_markup_new("ab")), 4, "ab  \n");
}

static void test_no_room(void **state)
{
    (void)state;
    const staged_pad wide = {true, 0, 5, 0, 5};
    assert_drawn(
        padded((staged_padding_options){.size = sizeof(staged_padding_options), .pad = wide},
               staged_markup_new("ab")),
        6, "");
    const staged_pad tall = {true, 1, 5, 0, 5};
    assert_drawn(
        padded((staged_padding_options){.size = sizeof(staged_padding_options), .pad = tall},
               staged_markup_new("ab")),
        3, "   \n");
}

static void test_style(void **state)
{
    (void)state;
    const staged_pad pad = {true, 0, 1, 1, 0};
    assert_drawn_in(padded((staged_padding_options){.size = sizeof(staged_padding_options),
                                                    .pad = pad,
                                                    .style = "on red"},
                           staged_text_new(NULL, "a")),
                    4, STAGED_COLOR_SYSTEM_STANDARD,
                    "\x1b[41ma\x1b[0m\x1b[41m  \x1b[0m\x1b[41m \x1b[0m\n\x1b[41m    \x1b[0m\n");
}

static void test_measure(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    const stg_text text = text_of(draw, "ab cde");
    const stg_text_item item = stg_text_item_of(&text);
    const stg_padding padding = stg_padding_around(&item.base, (staged_pad){.left = 1, .right = 2});
    stg_draw_options options = {.width = 20};
    stg_measurement measured = stg_item_measure(&padding.base, draw, &options);
    assert_int_equal(measured.minimum, 6);
    assert_int_equal(measured.maximum, 9);
    options.width = 3;
    measured = stg_item_measure(&padding.base, draw, &options);
    assert_int_equal(measured.minimum, 3);
    end_drawing(&d);
}

static staged_renderable *make(void)
{
    return padded((staged_padding_options){.size = sizeof(staged_padding_options),
                                           .pad = {true, 1, 1, 1, 1},
                                           .style = "red"},
                  staged_markup_new("a"));
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*made)(void) = make;
    assert_true(torture(print_made, &made) > 3);
}

TEST_GROUP(padding)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blanks_on_all_sides),
        cmocka_unit_test(test_no_room),
        cmocka_unit_test(test_style),
        cmocka_unit_test(test_measure),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
