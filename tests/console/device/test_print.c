/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/console_impl.h"
#include "support/consoles.h"
#include "support/torture.h"

static void assert_printed(int width, const staged_print_options *options, const char *text,
                           const char *expected)
{
    staged_console *console = text_console(width, STAGED_COLOR_SYSTEM_STANDARD);
    assert_int_equal(staged_console_print_with(console, options, "[b]%s[/b]", text), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void test_options(void **state)
{
    (void)state;
    assert_printed(20, NULL, "ab", "\x1b[1mab\x1b[0m\n");
    assert_printed(20, STAGED_OPTIONS(staged_print_options, .style = "red"), "a\nb",
                   "\x1b[1;31ma\x1b[0m\n\x1b[1;31mb\x1b[0m\n");
    assert_printed(6, STAGED_OPTIONS(staged_print_options, .justify = STAGED_JUSTIFY_CENTER), "ab",
                   "  \x1b[1mab\x1b[0m  \n");
    assert_printed(
        20, STAGED_OPTIONS(staged_print_options, .markup = STAGED_NO, .highlight = STAGED_NO), "ab",
        "[b]ab[/b]\n");
    assert_printed(3, STAGED_OPTIONS(staged_print_options, .overflow = STAGED_OVERFLOW_ELLIPSIS),
                   "abcdef", "\x1b[1mab…\x1b[0m\n");
    assert_printed(3, STAGED_OPTIONS(staged_print_options, .no_wrap = STAGED_YES), "ab cd",
                   "\x1b[1mab \x1b[0m\n");
    assert_printed(3, STAGED_OPTIONS(staged_print_options, .soft_wrap = STAGED_YES), "ab cd",
                   "\x1b[1mab cd\x1b[0m\n");
    assert_printed(20, STAGED_OPTIONS(staged_print_options, .width = 2), "ab cd",
                   "\x1b[1mab\x1b[0m\n\x1b[1mcd\x1b[0m\n");
    assert_printed(20, STAGED_OPTIONS(staged_print_options, .end = ""), "ab", "\x1b[1mab\x1b[0m");
    assert_printed(20, STAGED_OPTIONS(staged_print_options, .end = "!\n\n"), "ab",
                   "\x1b[1mab\x1b[0m!\n\n");
}

static void test_plain_text(void **state)
{
    (void)state;
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_STANDARD);
    assert_int_equal(staged_console_print_text(console, NULL, "[b]42[/c] \\["), STAGED_OK);
    const staged_print_options options = {.size = sizeof options, .highlight = STAGED_YES};
    assert_int_equal(staged_console_print_text(console, &options, "[42"), STAGED_OK);
    assert_string_equal(staged_console_text(console),
                        "[b]42[/c] \\[\n\x1b[1m[\x1b[0m\x1b[1;36m42\x1b[0m\n");
    staged_console_free(console);
}

static void test_renderables_in_styles(void **state)
{
    (void)state;
    staged_console *console = text_console(4, STAGED_COLOR_SYSTEM_STANDARD);
    const staged_padding_options padding = {.size = sizeof padding, .pad = {true, 1, 0, 0, 1}};
    staged_renderable *renderable = staged_padding_new(&padding, staged_text_new(NULL, "a"));
    const staged_print_options options = {
        .size = sizeof options, .style = "red", .soft_wrap = STAGED_YES};
    assert_int_equal(staged_console_print_renderable(console, &options, renderable), STAGED_OK);
    assert_string_equal(staged_console_text(console),
                        "\x1b[31m    \x1b[0m\n"
                        "\x1b[31m \x1b[0m\x1b[31ma\x1b[0m\x1b[31m  \x1b[0m\n");
    staged_renderable_free(renderable);
    staged_console_free(console);
}

static void test_rules(void **state)
{
    (void)state;
    staged_console *console = text_console(9, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_rule(console, NULL, "%s", ""), STAGED_OK);
    const staged_rule_options options = {
        .size = sizeof options, .characters = "=", .align = STAGED_ALIGN_LEFT};
    assert_int_equal(staged_console_rule(console, &options, "%s", "[x]"), STAGED_OK);
    assert_string_equal(staged_console_text(console), "─────────\n[x] =====\n");
    assert_int_equal(staged_console_rule(console, NULL, "[/]"), STAGED_BAD_MARKUP);
    staged_console_free(console);
}

static void test_a_closed_console_is_quiet(void **state)
{
    (void)state;
    staged_console *console = text_console(9, STAGED_COLOR_SYSTEM_NONE);
    console->output.closed = true;
    assert_int_equal(staged_console_print(console, "[/]"), STAGED_OK);
    assert_int_equal(staged_console_print_renderable(console, NULL, NULL), STAGED_OK);
    assert_int_equal(staged_console_rule(console, NULL, "x"), STAGED_OK);
    assert_int_equal(staged_console_log(console, "x"), STAGED_OK);
    assert_int_equal(staged_console_log_renderable(console, NULL, NULL), STAGED_OK);
    assert_string_equal(staged_console_text(console), "");
    staged_console_free(console);
}

static staged_status print_all(void *context)
{
    (void)context;
    staged_console *console = text_console(10, STAGED_COLOR_SYSTEM_STANDARD);
    if (console == NULL)
        return STAGED_NO_MEMORY;
    const staged_print_options options = {
        .size = sizeof options, .style = "red", .justify = STAGED_JUSTIFY_RIGHT, .end = "é\n"};
    staged_status status =
        staged_console_print_with(console, &options, "[bold]%s[/] and %d more", "words", 7);
    if (status == STAGED_OK)
        status = staged_console_print_text(console, NULL, "tab\tand more\nlines");
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(print_all, NULL) > 7);
}

TEST_GROUP(print)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_renderables_in_styles),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_a_closed_console_is_quiet),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
