/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/bar.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

/* Recorded from Rich. */
static const struct {
    staged_color_system colors;
    bool no_color;
    double total, completed;
    int width;
    bool pulse;
    int moment_ms;
    const char *expected;
} recorded[] = {
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, 0, 10, false, 0, "\x1b[38;5;237m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, 12.5, 10, false, 0,
     "\x1b[38;2;249;38;114m━\x1b[0m\x1b[38;5;237m╺\x1b[0m\x1b[38;5;237m━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, 50, 10, false, 0,
     "\x1b[38;2;249;38;114m━━━━━\x1b[0m\x1b[38;5;237m╺\x1b[0m\x1b[38;5;237m━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, 99, 10, false, 0,
     "\x1b[38;2;249;38;114m━━━━━━━━━\x1b[0m\x1b[38;2;249;38;114m╸\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, 100, 10, false, 0,
     "\x1b[38;2;114;156;31m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, 150, 10, false, 0,
     "\x1b[38;2;114;156;31m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, -5, 10, false, 0,
     "\x1b[38;5;237m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 0, 0, 10, false, 0,
     "\x1b[38;2;114;156;31m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, -1, 3, 25, false, 0,
     "\x1b[38;2;58;58;58m━\x1b[0m\x1b[38;2;62;57;59m━\x1b[0m\x1b[38;2;76;56;63m━\x1b[0m\x1b[38;2;"
     "97;53;69m━\x1b[0m\x1b[38;2;123;51;77m━\x1b[0m\x1b[38;2;153;48;86m━\x1b[0m\x1b[38;2;183;44;"
     "94m━\x1b[0m\x1b[38;2;209;42;102m━\x1b[0m\x1b[38;2;230;39;108m━\x1b[0m\x1b[38;2;244;38;"
     "112m━\x1b[0m\x1b[38;2;249;38;114m━\x1b[0m\x1b[38;2;244;38;112m━\x1b[0m\x1b[38;2;230;39;"
     "108m━\x1b[0m\x1b[38;2;209;42;102m━\x1b[0m\x1b[38;2;183;44;94m━\x1b[0m\x1b[38;2;153;48;"
     "86m━\x1b[0m\x1b[38;2;123;51;77m━\x1b[0m\x1b[38;2;97;53;69m━\x1b[0m\x1b[38;2;76;56;63m━\x1b["
     "0m\x1b[38;2;62;57;59m━\x1b[0m\x1b[38;2;58;58;58m━\x1b[0m\x1b[38;2;62;57;59m━\x1b[0m\x1b[38;2;"
     "76;56;63m━\x1b[0m\x1b[38;2;97;53;69m━\x1b[0m\x1b[38;2;123;51;77m━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, false, 100, 5, 5, true, 1000,
     "\x1b[38;2;153;48;86m━\x1b[0m\x1b[38;2;183;44;94m━\x1b[0m\x1b[38;2;209;42;102m━\x1b[0m\x1b[38;"
     "2;230;39;108m━\x1b[0m\x1b[38;2;244;38;112m━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_STANDARD, false, 100, 50, 10, false, 0,
     "\x1b[91m━━━━━\x1b[0m\x1b[90m╺\x1b[0m\x1b[90m━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_STANDARD, false, 100, 100, 10, false, 0, "\x1b[90m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_STANDARD, false, 0, 0, 10, false, 0, "\x1b[90m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_STANDARD, false, -1, 3, 25, false, 0,
     "\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b["
     "90m━\x1b[0m\x1b[35m━\x1b[0m\x1b[91m━\x1b[0m\x1b[91m━\x1b[0m\x1b[91m━\x1b[0m\x1b[91m━\x1b["
     "0m\x1b[91m━\x1b[0m\x1b[91m━\x1b[0m\x1b[91m━\x1b[0m\x1b[35m━\x1b[0m\x1b[90m━\x1b[0m\x1b["
     "90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b["
     "0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m\x1b[90m━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_STANDARD, false, 100, 5, 5, true, 1000,
     "\x1b[90m━\x1b[0m\x1b[35m━\x1b[0m\x1b[91m━\x1b[0m\x1b[91m━\x1b[0m\x1b[91m━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_256, false, 100, 50, 10, false, 0,
     "\x1b[38;5;197m━━━━━\x1b[0m\x1b[38;5;237m╺\x1b[0m\x1b[38;5;237m━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_256, false, 100, 100, 10, false, 0, "\x1b[38;5;70m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_256, false, 0, 0, 10, false, 0, "\x1b[38;5;70m━━━━━━━━━━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_256, false, -1, 3, 25, false, 0,
     "\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b["
     "38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;"
     "197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;"
     "237m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;"
     "237m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;237m━\x1b[0m\x1b[38;5;"
     "197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;"
     "197m━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_256, false, 100, 5, 5, true, 1000,
     "\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b[38;5;197m━\x1b[0m\x1b["
     "38;5;197m━\x1b[0m"},
    {STAGED_COLOR_SYSTEM_NONE, false, 100, 50, 10, false, 0, "━━━━━"},
    {STAGED_COLOR_SYSTEM_NONE, false, 100, 100, 10, false, 0, "━━━━━━━━━━"},
    {STAGED_COLOR_SYSTEM_NONE, false, 0, 0, 10, false, 0, "━━━━━━━━━━"},
    {STAGED_COLOR_SYSTEM_NONE, false, -1, 3, 25, false, 0, "━━━━━━━━━━━━━━━━━━━━━━━━━"},
    {STAGED_COLOR_SYSTEM_NONE, false, 100, 5, 5, true, 1000, "━━━━━"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, true, 100, 50, 10, false, 0, "━━━━━"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, true, 100, 100, 10, false, 0, "━━━━━━━━━━"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, true, 0, 0, 10, false, 0, "━━━━━━━━━━"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, true, -1, 3, 25, false, 0, "━━━━━━━━━━          ━━━━━"},
    {STAGED_COLOR_SYSTEM_TRUECOLOR, true, 100, 5, 5, true, 1000, "━━━━━"},
};

static void test_recorded(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof recorded / sizeof *recorded; i++) {
        staged_console *console = staged_console_new(
            STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 30,
                           .force_terminal = STAGED_YES, .color_system = recorded[i].colors,
                           .no_color = recorded[i].no_color ? STAGED_YES : STAGED_NO));
        staged_renderable *bar =
            stg_bar_new(STAGED_OPTIONS(staged_bar_options, .completed = recorded[i].completed,
                                       .width = recorded[i].width, .pulse = recorded[i].pulse),
                        recorded[i].total, recorded[i].moment_ms * INT64_C(1000000));
        assert_int_equal(staged_console_print_renderable(console, NULL, bar), STAGED_OK);
        const char *text = staged_console_text(console);
        assert_int_equal(strlen(text), strlen(recorded[i].expected) + 1);
        assert_memory_equal(text, recorded[i].expected, strlen(recorded[i].expected));
        staged_renderable_free(bar);
        staged_console_free(console);
    }
}

/* What is printed with an output that shows no colours, and perhaps nothing but ASCII. */
static void assert_plain(staged_choice ascii, staged_renderable *renderable, const char *expected)
{
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 12,
                       .color_system = STAGED_COLOR_SYSTEM_NONE, .ascii = ascii));
    assert_int_equal(staged_console_print_renderable(console, NULL, renderable), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_renderable_free(renderable);
    staged_console_free(console);
}

static void test_plain(void **state)
{
    (void)state;
    assert_plain(STAGED_YES,
                 staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 100, .completed = 50)),
                 "------\n");
    assert_plain(STAGED_YES,
                 staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 100, .completed = 13)),
                 "- \n");
    assert_plain(STAGED_YES, staged_bar_new(STAGED_OPTIONS(staged_bar_options, .pulse = true)),
                 "------------\n");
    assert_plain(STAGED_NO,
                 staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 4, .completed = 3)),
                 "━━━━━━━━━\n");
    assert_plain(STAGED_NO,
                 staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 100, .completed = 100,
                                               .width = 99)),
                 "━━━━━━━━━━━━\n");
    assert_plain(STAGED_NO, staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 100)), "\n");
    assert_plain(STAGED_YES, staged_bar_new(NULL), "------------\n");
}

/* In a table a bar takes what there is, and in a panel that fits its contents as well. */
static void test_measured(void **state)
{
    (void)state;
    assert_plain(STAGED_NO,
                 staged_panel_new(STAGED_OPTIONS(staged_panel_options, .expand = STAGED_NO),
                                  staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 100,
                                                                .completed = 100, .width = 3))),
                 "╭─────╮\n│ ━━━ │\n╰─────╯\n");
    assert_plain(STAGED_NO,
                 staged_panel_new(STAGED_OPTIONS(staged_panel_options, .expand = STAGED_NO),
                                  staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 100,
                                                                .completed = 100))),
                 "╭──────────╮\n│ ━━━━━━━━ │\n╰──────────╯\n");
}

static void test_styles(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .force_terminal = STAGED_YES,
                       .color_system = STAGED_COLOR_SYSTEM_STANDARD));
    staged_renderable *bar =
        staged_bar_new(STAGED_OPTIONS(staged_bar_options, .total = 100, .completed = 50, .width = 2,
                                      .style = "red", .complete_style = "green"));
    assert_int_equal(staged_console_print_renderable(console, NULL, bar), STAGED_OK);
    assert_string_equal(staged_console_text(console), "\x1b[32m━\x1b[0m\x1b[31m╺\x1b[0m\n");
    staged_renderable_free(bar);
    bar = staged_bar_new(STAGED_OPTIONS(staged_bar_options, .style = "nonsense"));
    assert_int_equal(staged_console_print_renderable(console, NULL, bar), STAGED_BAD_MARKUP);
    staged_renderable_free(bar);
    staged_console_free(console);
}

static staged_status use(void *context)
{
    (void)context;
    staged_renderable *bar = staged_bar_new(STAGED_OPTIONS(
        staged_bar_options, .style = "red", .complete_style = "green", .pulse_style = "blue"));
    const staged_status status = bar == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    staged_renderable_free(bar);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 4);
}

/* How many columns are done of four; "pulse" if that is unknown. */
static void assert_done(double total, double completed, const char *expected)
{
    staged_console *console = staged_console_new(STAGED_OPTIONS(
        staged_console_options, .to_text = true, .width = 4, .force_terminal = STAGED_YES,
        .color_system = STAGED_COLOR_SYSTEM_STANDARD, .ascii = STAGED_YES));
    staged_renderable *bar = staged_bar_new(STAGED_OPTIONS(
        staged_bar_options, .total = total, .completed = completed, .style = "red",
        .complete_style = "green", .finished_style = "green", .pulse_style = "bold"));
    assert_int_equal(staged_console_print_renderable(console, NULL, bar), STAGED_OK);
    const char *text = staged_console_text(console);
    const char *done = strstr(text, "\x1b[32m");
    char found[8] = "pulse";
    /* Each column of a pulse is by itself. */
    size_t pieces = 0;
    for (const char *at = text; (at = strstr(at, "\x1b[0m")) != NULL; at++)
        pieces++;
    if (pieces < 4)
        snprintf(found, sizeof found, "%zu", done == NULL ? 0 : strspn(done + 5, "-"));
    assert_string_equal(found, expected);
    staged_renderable_free(bar);
    staged_console_free(console);
}

static void test_odd_numbers(void **state)
{
    (void)state;
    assert_done(4, 2, "2");
    assert_done(4, NAN, "0");
    assert_done(4, INFINITY, "4");
    assert_done(4, -INFINITY, "0");
    assert_done(NAN, 1, "pulse");
    assert_done(INFINITY, 1, "pulse");
    assert_done(-INFINITY, 1, "pulse");
    assert_done(DBL_MAX, DBL_MAX / 2, "2");
    assert_done(DBL_TRUE_MIN, 1, "4");
}

TEST_GROUP(bar)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recorded),      cmocka_unit_test(test_plain),
        cmocka_unit_test(test_measured),      cmocka_unit_test(test_styles),
        cmocka_unit_test(test_out_of_memory), cmocka_unit_test(test_odd_numbers),
    };
    return cmocka_run_group_tests_name("console bar", tests, NULL, NULL);
}
