/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How rows and columns are laid out; the columns' figures are in test_progress.c. */
#include "console/live/progress.h"

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
    return staged_console_new(STAGED_OPTIONS(
        staged_console_options, .to_text = true, .width = width, .force_terminal = STAGED_NO,
        .color_system = STAGED_COLOR_SYSTEM_NONE, .ascii = STAGED_NO));
}

static staged_progress *new_progress(staged_console *console, int bar_width, bool expand)
{
    staged_progress *progress = staged_progress_new(
        console, STAGED_OPTIONS(staged_progress_options, .columns = columns, .clock = &given_clock,
                                .bar_width = bar_width, .expand = expand));
    (void)staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 4, .completed = 2), "half");
    (void)staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 10, .completed = 10),
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

static void test_a_bar_takes_the_available_width(void **state)
{
    (void)state;
    assert_drawn(30, -1, true,
                 "2/4   ━━━━━━━        half     \n"
                 "10/10 ━━━━━━━━━━━━━━ all of it\n");
}

/* Shows what a task is like, once for each call. */
static staged_renderable *tell(void *context, const staged_task_state *task)
{
    ++*(int *)context;
    return staged_markup_new("[b]%d[/]: %g of %g, %g%%, %g/s, %gs, %gs%s", task->task,
                             task->completed, task->total, task->percentage, task->speed,
                             task->elapsed_s, task->remaining_s, task->finished ? ", done" : "");
}

static staged_renderable *point(void *context, const staged_task_state *task)
{
    (void)task;
    return staged_text_new(NULL, context);
}

static void test_columns_of_ones_own(void **state)
{
    (void)state;
    static const staged_progress_column kinds[] = {STAGED_PROGRESS_OWN, STAGED_PROGRESS_DESCRIPTION,
                                                   STAGED_PROGRESS_OWN, STAGED_PROGRESS_END};
    int calls = 0;
    char points[] = ". .";
    const staged_own_column own[] = {{point, points, false}, {tell, &calls, true}};
    staged_console *console = new_console(46);
    staged_progress *progress =
        staged_progress_new(console, STAGED_OPTIONS(staged_progress_options, .columns = kinds,
                                                    .own_columns = own, .clock = &given_clock));
    (void)staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = 4, .completed = 1), "a");
    (void)staged_progress_add_task(
        progress, STAGED_OPTIONS(staged_task_options, .total = -1, .waits = true), "b");
    const staged_task last =
        staged_progress_add_task(progress, STAGED_OPTIONS(staged_task_options, .total = 100), "c");
    staged_progress_set_completed(progress, last, 100);
    staged_progress_free(progress);
    assert_true(calls >= 3);
    assert_string_equal(staged_console_text(console),
                        ". . a 1: 1 of 4, 25%, 0/s, 0s, -1s          \n"
                        ". . b 2: 0 of -1, 0%, 0/s, -1s, -1s         \n"
                        ". . c 3: 100 of 100, 100%, 0/s, 0s, 0s, done\n");
    staged_console_free(console);
}

static void test_a_column_without_a_function_is_empty(void **state)
{
    (void)state;
    static const staged_progress_column kinds[] = {STAGED_PROGRESS_OWN, STAGED_PROGRESS_DESCRIPTION,
                                                   STAGED_PROGRESS_END};
    staged_console *console = new_console(20);
    staged_progress *progress = staged_progress_new(
        console, STAGED_OPTIONS(staged_progress_options, .columns = kinds, .clock = &given_clock));
    (void)staged_progress_add_task(progress, NULL, "a");
    staged_progress_free(progress);
    assert_string_equal(staged_console_text(console), " a\n");
    staged_console_free(console);
}

static staged_status draw(void *context)
{
    staged_renderable *table = stg_progress_item_new(context);
    staged_console *console = new_console(60);
    staged_status status = table == NULL || console == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    if (status == STAGED_OK)
        status = staged_console_print_renderable(console, NULL, table);
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

TEST_GROUP(progress_table)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_stand_in_the_order_given),
        cmocka_unit_test(test_a_bar_takes_the_available_width),
        cmocka_unit_test(test_columns_of_ones_own),
        cmocka_unit_test(test_a_column_without_a_function_is_empty),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console progress_table", tests, NULL, NULL);
}
