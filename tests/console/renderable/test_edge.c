/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/framework.h"

#include <staged/console.h>

#include "support/cmocka_all.h"
#include "support/consoles.h"
#include "support/torture.h"

/* A panel of 11 columns below a line, behind the time and 2 blanks. */
static void assert_logged(int width, const char *expected)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .width = width,
                                            .ascii = STAGED_YES,
                                            .log_time_format = "12",
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    staged_renderable *all = staged_render_group_new();
    (void)staged_render_group_add(all, staged_text_new(NULL, "above"));
    const staged_panel_options panel = {.size = sizeof panel, .expand = STAGED_NO};
    const staged_padding_options padding = {.size = sizeof padding,
                                            .pad = {.given = true, .left = 2}};
    (void)staged_render_group_add(
        all, staged_padding_new(&padding, stg_edge_new(staged_panel_new(
                                              &panel, staged_text_new(NULL, "a panel")))));
    assert_int_equal(staged_console_log_renderable(console, NULL, all), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_renderable_free(all);
    staged_console_free(console);
}

static void test_in_its_place(void **state)
{
    (void)state;
    assert_logged(16, "12 above\n"
                      "     +---------+\n"
                      "     | a panel |\n"
                      "     +---------+\n");
}

static void test_out_to_the_edge(void **state)
{
    (void)state;
    assert_logged(15, "12 above\n"
                      "+---------+\n"
                      "| a panel |\n"
                      "+---------+\n");
}

static staged_status make(void *context)
{
    (void)context;
    staged_renderable *item = stg_edge_new(staged_text_new(NULL, "a"));
    const bool made = item != NULL;
    staged_renderable_free(item);
    return made ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(make, NULL) > 1);
}

TEST_GROUP(edge)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_its_place),
        cmocka_unit_test(test_out_to_the_edge),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
