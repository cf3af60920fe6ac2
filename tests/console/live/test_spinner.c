/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/spinner.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static int64_t now_ns;

static int64_t given_time(void *context)
{
    (void)context;
    return now_ns;
}

static const staged_clock given_clock = {.monotonic_ns = given_time};

static void assert_drawn(const staged_renderable *spinner, staged_color_system colors,
                         staged_choice ascii, const char *expected)
{
    staged_console *console =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 20,
                                          .color_system = colors, .ascii = ascii));
    assert_int_equal(staged_console_print_renderable(console, NULL, spinner), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void assert_frame(const staged_renderable *spinner, int64_t moment_ms, const char *expected)
{
    now_ns = moment_ms * 1000000;
    assert_drawn(spinner, STAGED_COLOR_SYSTEM_NONE, STAGED_NO, expected);
}

static void test_turns(void **state)
{
    (void)state;
    staged_renderable *spinner = stg_spinner_new(NULL, &given_clock, 1000000000);
    assert_frame(spinner, 1000, "⠋\n");
    assert_frame(spinner, 1079, "⠋\n");
    assert_frame(spinner, 1080, "⠙\n");
    assert_frame(spinner, 1000 + 80 * 9, "⠏\n");
    assert_frame(spinner, 1000 + 80 * 10, "⠋\n");
    assert_frame(spinner, 999, "⠋\n");
    now_ns = 1000000000;
    assert_drawn(spinner, STAGED_COLOR_SYSTEM_NONE, STAGED_YES, "-\n");
    now_ns += 130000000;
    assert_drawn(spinner, STAGED_COLOR_SYSTEM_NONE, STAGED_YES, "\\\n");
    staged_renderable_free(spinner);
}

static void test_text_and_style(void **state)
{
    (void)state;
    const staged_spinner_options options = {
        .size = sizeof options, .name = "line", .style = "green", .speed = 2};
    staged_renderable *spinner = stg_spinner_with_text(stg_spinner_new(&options, &given_clock, 0),
                                                       staged_markup_new("[red]a[/] 1 %s", "[b]"));
    now_ns = 65000000;
    assert_drawn(spinner, STAGED_COLOR_SYSTEM_NONE, STAGED_NO, "\\ a 1 [b]\n");
    assert_drawn(spinner, STAGED_COLOR_SYSTEM_STANDARD, STAGED_NO,
                 "\x1b[32m\\\x1b[0m \x1b[31ma\x1b[0m 1 [b]\n");
    staged_renderable_free(spinner);
}

static void test_public(void **state)
{
    (void)state;
    assert_true(staged_spinner_exists("arc"));
    assert_false(staged_spinner_exists("nonsense"));
    assert_null(
        staged_spinner_new(STAGED_OPTIONS(staged_spinner_options, .name = "nonsense"), "x"));
    staged_renderable *spinner = staged_spinner_new(NULL, "%s", "text");
    assert_non_null(spinner);
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .ascii = STAGED_NO));
    const staged_panel_options fitted = {.size = sizeof fitted, .expand = STAGED_NO};
    staged_renderable *panel = staged_panel_new(&fitted, spinner);
    assert_int_equal(staged_console_print_renderable(console, NULL, panel), STAGED_OK);
    assert_non_null(strstr(staged_console_text(console), "╭────────╮\n"));
    staged_renderable_free(panel);
    staged_console_free(console);
}

static staged_status use(void *context)
{
    (void)context;
    const staged_spinner_options options = {.size = sizeof options, .style = "green"};
    staged_renderable *spinner = staged_spinner_new(&options, "text");
    const staged_status status = spinner == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_renderable_free(spinner);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) >= 3);
}

TEST_GROUP(spinner)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_text_and_style),
        cmocka_unit_test(test_public),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console spinner", tests, NULL, NULL);
}
