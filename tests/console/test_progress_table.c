/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How rows and columns are laid out; the columns' figures are in test_progress.c. */
#include "console/progress.h"

#include "support/cmocka_all.h"
#include "support/torture.h"

static int64_t given_time(void *context)
{
    (void)context;
    return 0;
}

static const staged_clock given_clock = {.monotonic_ns = given_time};

static const staged_progress_column columns[] = {STAGED_PROGRESS_COUNT, STAGED_PROGRESS_BAR,
                                                 STAGED_PROGRESS_DESCRIPTION, STAGED_PROGRESS_END};

static staged_console *new_console(int width)
{
    return staged_console_new(&(staged_console_options){.to_text = true,
                                                        .width = width,
                                                        .force_terminal = STAGED_NO,
                                                        .color_system = STAGED_COLORS_NONE,
                                                        .ascii = STAGED_NO});
}

static staged_progress *new_progress(staged_console *console, int bar_width, bool expand)
{
    staged_progress *progress = staged_progress_new(
        console,
        &(staged_progress_options){
            .columns = columns, .clock = &given_clock, .bar_width = bar_width, .expand = expand});
    (void)staged_progress_add(progress, &(staged_task_options){.total = 4, .completed = 2}, "half");
    (void)staged_progress_add(progress, &(staged_task_options){.total = 10, .completed = 10},
                              "[b]all[/] of it");
    return progress;
}

static void assert_drawn(int width, int bar_width, bool expand, const char *expected)
{
    staged_console *console = new_console(width);
    staged_progress_free(new_progress(console, bar_width, expand));
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void test_columns_stand_in_the_order_given(void **state)
{
    (void)state;
    assert_drawn(60, 6, false,
                 "2/4   ━━━    half     \n"
                 "10/10 ━━━━━━ all of it\n");
}

static void test_a_bar_takes_what_room_there_is(void **state)
{
    (void)state;
    assert_drawn(30, -1, true,
                 "2/4   ━━━━━━━        half     \n"
                 "10/10 ━━━━━━━━━━━━━━ all of it\n");
}

static staged_status draw(void *context)
{
    staged_renderable *table = stg_progress_item_new(context);
    staged_console *console = new_console(60);
    staged_status status = table == NULL || console == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    if (status == STAGED_OK)
        status = staged_console_print_renderable(console, table, NULL);
    staged_renderable_free(table);
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_console *console = new_console(60);
    staged_progress *progress = new_progress(console, 6, false);
    assert_true(torture(draw, progress) > 10);
    staged_progress_free(progress);
    staged_console_free(console);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_stand_in_the_order_given),
        cmocka_unit_test(test_a_bar_takes_what_room_there_is),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console progress_table", tests, NULL, NULL);
}
