/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/constrain.h"

#include "support/consoles.h"
#include "support/torture.h"

static staged_renderable *constrained(int width)
{
    return staged_constrain_new(width, staged_panel_new(NULL, staged_markup_new("x")));
}

static void test_widths(void **state)
{
    (void)state;
    assert_drawn(constrained(6), 20, "╭────╮\n│ x  │\n╰────╯\n");
    assert_drawn(constrained(6), 5, "╭───╮\n│ x │\n╰───╯\n");
    staged_console *console = text_console(100, STAGED_COLOR_SYSTEM_NONE);
    staged_renderable *rule = staged_constrain_new(0, staged_rule_new(NULL, "%s", ""));
    assert_int_equal(staged_console_print_renderable(console, NULL, rule), STAGED_OK);
    assert_int_equal(strlen(staged_console_text(console)), 80 * strlen("─") + 1);
    staged_console_free(console);
    staged_renderable_free(rule);
}

static void test_measured_by_its_own_width(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    /* Columns say that they can use all that there is. */
    staged_renderable *columns = staged_columns_new(NULL);
    const stg_constrain constrain = stg_constrain_around(columns, 30);
    const stg_draw_options options = {.width = 50};
    assert_int_equal(stg_item_measure(&constrain.base, draw, &options).maximum, 30);
    staged_renderable_free(columns);
    end_drawing(&d);
}

static staged_renderable *make_constrained(void)
{
    return constrained(6);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*make)(void) = make_constrained;
    assert_true(torture(print_made, &make) > 3);
    assert_null(staged_constrain_new(6, NULL));
}

TEST_GROUP(constrain)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_measured_by_its_own_width),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
