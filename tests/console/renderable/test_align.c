/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"
#include "support/torture.h"

static void test_moves_contents_to_a_side(void **state)
{
    (void)state;
    assert_drawn(staged_align_new(NULL, STAGED_ALIGN_LEFT, staged_markup_new("ab")), 6, "ab    \n");
    assert_drawn(staged_align_new(NULL, STAGED_ALIGN_DEFAULT, staged_markup_new("ab")), 7,
                 "  ab   \n");
    assert_drawn(staged_align_new(NULL, STAGED_ALIGN_RIGHT, staged_markup_new("ab\nc")), 6,
                 "    ab\n    c \n");
}

static void test_contents_can_be_narrowed(void **state)
{
    (void)state;
    const staged_align_options options = {.size = sizeof options, .width = 3};
    assert_drawn(staged_align_new(&options, STAGED_ALIGN_RIGHT, staged_markup_new("ab cd")), 6,
                 "   ab \n   cd \n");
}

static void test_style_lies_under_all(void **state)
{
    (void)state;
    const staged_align_options options = {.size = sizeof options, .style = "red"};
    assert_drawn_in(staged_align_new(&options, STAGED_ALIGN_RIGHT, staged_text_new(NULL, "ab")), 4,
                    STAGED_COLOR_SYSTEM_STANDARD, "\x1b[31m  \x1b[0m\x1b[31mab\x1b[0m\n");
}

static staged_renderable *make(void)
{
    const staged_align_options options = {.size = sizeof options, .style = "bold"};
    return staged_align_new(&options, STAGED_ALIGN_CENTER, staged_markup_new("[red]a[/] b"));
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*made)(void) = make;
    assert_true(torture(print_made, &made) > 3);
}

TEST_GROUP(align)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves_contents_to_a_side),
        cmocka_unit_test(test_contents_can_be_narrowed),
        cmocka_unit_test(test_style_lies_under_all),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
