/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Patterns of the author's own, through the public headers. */
#include <stdlib.h>

#include "base/text/buf.h"
#include "support/consoles.h"
#include "support/torture.h"

/* Prints a renderable, which is released, with one pattern in bold, and compares: `{`, `}` stand
 * for the beginning and the end of bold. */
static void assert_shown(const char *pattern, staged_renderable *renderable, const char *expected)
{
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_TRUECOLOR);
    assert_int_equal(staged_console_add_highlight(console, pattern, "bold"), STAGED_OK);
    assert_int_equal(staged_console_print_renderable(console, NULL, renderable), STAGED_OK);
    stg_buf seen = {0};
    for (const char *c = staged_console_text(console); *c != '\0'; c++) {
        const bool begins = strncmp(c, "\x1b[1m", 4) == 0;
        const bool ends = strncmp(c, "\x1b[0m", 4) == 0;
        stg_buf_add_char(&seen, begins ? '{' : ends ? '}' : *c);
        c += begins || ends ? 3 : 0;
    }
    assert_string_equal(stg_buf_text(&seen), expected);
    stg_buf_free(&seen);
    staged_renderable_free(renderable);
    staged_console_free(console);
}

static void assert_found(const char *pattern, const char *text, const char *expected)
{
    assert_shown(pattern, staged_text_new(NULL, text), expected);
}

static void test_words_and_patterns(void **state)
{
    (void)state;
    assert_found("ERROR", "an ERROR, ERRORS, xERROR", "an {ERROR}, ERRORS, xERROR\n");
    assert_found("ERRORS?", "an ERROR, ERRORS", "an {ERROR}, {ERRORS}\n");
    assert_found("[0-9]+ ms", "12 ms and 3 ms", "{12 ms} and {3 ms}\n");
    assert_found("^E|E$", "E E\nE E E\nxE", "{E} {E}\n{E} E {E}\nx{E}\n");
    assert_found("a.b", "a\nb a-b", "a\nb {a-b}\n");
    assert_found("x*", "axxb", "a{xx}b\n");
    assert_found("nothing", "some text", "some text\n");
    assert_found("x", "", "\n");
}

/* In the locale "C" a pattern sees bytes. */
static void test_characters_stay_whole(void **state)
{
    (void)state;
    assert_found("a.",
                 "\xc3\xa4"
                 "a\xc3\xa4"
                 "b",
                 "\xc3\xa4{a\xc3\xa4}b\n");
    assert_found("[^a-z ]b",
                 "\xc3\xa4"
                 "b",
                 "{\xc3\xa4"
                 "b}\n");
}

static void test_long_lines(void **state)
{
    (void)state;
    enum { LENGTH = 20000, STEP = 100 };
    char *text = malloc(LENGTH + 1);
    assert_non_null(text);
    memset(text, '.', LENGTH);
    text[LENGTH] = '\0';
    for (size_t i = 50; i < LENGTH; i += STEP)
        text[i] = '!';
    staged_console *console = text_console(LENGTH, STAGED_COLOR_SYSTEM_TRUECOLOR);
    assert_int_equal(staged_console_add_highlight(console, "!", "bold"), STAGED_OK);
    assert_int_equal(staged_console_add_highlight(console, "^\\.|\\.$", "red"), STAGED_OK);
    assert_int_equal(staged_console_print_text(console, NULL, text), STAGED_OK);
    size_t bold = 0, red = 0;
    for (const char *c = staged_console_text(console); *c != '\0'; c++) {
        bold += strncmp(c, "\x1b[1m!", 5) == 0;
        red += strncmp(c, "\x1b[31m.", 6) == 0;
    }
    assert_int_equal(bold, LENGTH / STEP);
    assert_int_equal(red, 2);
    staged_console_free(console);
    free(text);
}

static staged_renderable *captured_panel(void)
{
    static const char output[] = "\x1b[31mred ERROR\x1b[0m";
    return staged_panel_new(STAGED_OPTIONS(staged_panel_options, .expand = STAGED_NO),
                            staged_ansi_new(output, sizeof output - 1));
}

/* Values of markup, captured output in a panel, JSON and diffs. */
static void test_where(void **state)
{
    (void)state;
    assert_shown("ERROR", staged_markup_new("%s here", "an ERROR"), "an {ERROR} here\n");
    assert_shown("gone", staged_diff_new("@@ -1 +1 @@\n gone\n"),
                 "\x1b[36m@@ -1 +1 @@}\n {gone}\n");
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_TRUECOLOR);
    assert_int_equal(staged_console_add_highlight(console, "ERROR", "bold"), STAGED_OK);
    staged_renderable *panel = captured_panel();
    assert_int_equal(staged_console_print_renderable(console, NULL, panel), STAGED_OK);
    assert_non_null(
        strstr(staged_console_text(console), "\x1b[31mred \x1b[0m\x1b[1;31mERROR\x1b[0m"));
    staged_renderable_free(panel);
    staged_console_free(console);
}

static void test_later_ones_go_over_earlier_ones(void **state)
{
    (void)state;
    static const char *const two[] = {"[a-z]+", "red", "b", "green", NULL};
    staged_console *console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .force_terminal = STAGED_YES,
                       .color_system = STAGED_COLOR_SYSTEM_STANDARD,
                       .environment = empty_environment, .highlights = two));
    assert_int_equal(staged_console_print_text(console, NULL, "abc b"), STAGED_OK);
    assert_string_equal(staged_console_text(console), "\x1b[31mabc\x1b[0m \x1b[32mb\x1b[0m\n");
    staged_console_free(console);
}

static void test_without_colours(void **state)
{
    (void)state;
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_add_highlight(console, "ERROR", "bold"), STAGED_OK);
    assert_int_equal(staged_console_print_text(console, NULL, "an ERROR"), STAGED_OK);
    assert_string_equal(staged_console_text(console), "an ERROR\n");
    staged_console_free(console);
}

static void test_mistakes(void **state)
{
    (void)state;
    static const char *const half[] = {"ERROR", NULL};
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_add_highlight(console, "(", "bold"), STAGED_BAD_MARKUP);
    assert_non_null(strstr(staged_console_error(console), "cannot highlight '(': "));
    assert_int_equal(staged_console_add_highlight(console, "x", "no such style"),
                     STAGED_BAD_MARKUP);
    assert_string_not_equal(staged_console_error(console), "");
    staged_console_free(console);
    console = staged_console_new(
        STAGED_OPTIONS(staged_console_options, .to_text = true, .highlights = half));
    assert_int_equal(staged_console_print_text(console, NULL, "text"), STAGED_BAD_USE);
    assert_string_equal(staged_console_error(console), "'ERROR' in `.highlights` lacks a style");
    staged_console_free(console);
}

static staged_status add_and_show(void *context)
{
    (void)context;
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_TRUECOLOR);
    if (console == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = staged_console_add_highlight(console, "ERROR", "bold");
    if (status == STAGED_OK)
        status = staged_console_print_text(console, NULL, "an ERROR");
    staged_console_free(console);
    return status;
}

static void test_without_memory(void **state)
{
    (void)state;
    assert_true(torture(add_and_show, NULL) > 4);
}

TEST_GROUP(rules)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_patterns),
        cmocka_unit_test(test_characters_stay_whole),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_later_ones_go_over_earlier_ones),
        cmocka_unit_test(test_without_colours),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
