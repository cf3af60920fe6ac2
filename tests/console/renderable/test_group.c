/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "support/consoles.h"
#include "support/torture.h"

static staged_renderable *group_of_two(void)
{
    staged_renderable *group = staged_render_group_new();
    if (staged_render_group_add(group, staged_markup_new("[bold]first[/]")) != STAGED_OK ||
        staged_render_group_add(group, staged_text_new(NULL, "second")) != STAGED_OK) {
        staged_renderable_free(group);
        return NULL;
    }
    return group;
}

static void test_draws_one_after_another(void **state)
{
    (void)state;
    assert_drawn(staged_render_group_new(), 10, "");
    assert_drawn(group_of_two(), 10, "first\nsecond\n");
    const staged_panel_options options = {.size = sizeof options, .expand = STAGED_NO};
    assert_drawn(staged_panel_new(&options, group_of_two()), 40,
                 "╭────────╮\n│ first  │\n│ second │\n╰────────╯\n");
}

static void test_refused_children(void **state)
{
    (void)state;
    staged_renderable *text = staged_text_new(NULL, "x");
    assert_int_equal(staged_render_group_add(text, staged_text_new(NULL, "y")), STAGED_BAD_USE);
    assert_int_equal(staged_render_group_add(NULL, staged_text_new(NULL, "y")), STAGED_NO_MEMORY);
    assert_int_equal(staged_render_group_add(text, NULL), STAGED_NO_MEMORY);
    staged_renderable_free(text);
}

static void test_group_nesting_is_limited(void **state)
{
    (void)state;
    staged_renderable *inner = staged_text_new(NULL, "x");
    int depth = 0;
    for (; depth < 1000; depth++) {
        staged_renderable *group = staged_render_group_new();
        if (staged_render_group_add(group, inner) != STAGED_OK) {
            staged_renderable_free(group);
            break;
        }
        inner = group;
    }
    assert_int_equal(depth, STG_DEEPEST - 1);
}

static staged_renderable *make_counted(void *context, int width)
{
    ++*(int *)context;
    return staged_markup_new("[red]%d[/] of %d", *(int *)context, width);
}

static void release_counter(void *context)
{
    free(context);
}

static void test_dynamic_ones_are_made_each_time(void **state)
{
    (void)state;
    int *count = calloc(1, sizeof *count);
    staged_renderable *dynamic = staged_dynamic_new(make_counted, count, release_counter);
    staged_console *console = text_console(12, STAGED_COLOR_SYSTEM_NONE);
    staged_console_print_renderable(console, NULL, dynamic);
    staged_console_print_renderable(console, NULL, dynamic);
    assert_string_equal(staged_console_text(console), "1 of 12\n2 of 12\n");
    staged_console_free(console);
    staged_renderable_free(dynamic);
}

static staged_renderable *make_nothing(void *context, int width)
{
    (void)context;
    (void)width;
    return NULL;
}

static void test_a_dynamic_one_that_is_not_made(void **state)
{
    (void)state;
    staged_renderable *dynamic = staged_dynamic_new(make_nothing, NULL, NULL);
    staged_console *console = text_console(12, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, dynamic), STAGED_NO_MEMORY);
    staged_console_free(console);
    staged_renderable_free(dynamic);
}

static staged_renderable *make_linked(void *context, int width)
{
    (void)context;
    (void)width;
    return staged_markup_new("[link=http://a.b]x[/] %s", "data");
}

static staged_renderable *make(void)
{
    staged_renderable *group = group_of_two();
    if (staged_render_group_add(group, staged_dynamic_new(make_linked, NULL, NULL)) != STAGED_OK) {
        staged_renderable_free(group);
        return NULL;
    }
    return group;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*made)(void) = make;
    assert_true(torture(print_made, &made) > 5);
}

TEST_GROUP(group)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws_one_after_another),
        cmocka_unit_test(test_refused_children),
        cmocka_unit_test(test_group_nesting_is_limited),
        cmocka_unit_test(test_dynamic_ones_are_made_each_time),
        cmocka_unit_test(test_a_dynamic_one_that_is_not_made),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
