/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>

#include "support/consoles.h"

static void test_styles_get_other_meanings(void **state)
{
    (void)state;
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_STANDARD);
    staged_console_print(console, "[mine]a[/] 1");
    assert_int_equal(staged_console_set_style(console, "mine", "bold"), STAGED_OK);
    assert_int_equal(staged_console_set_style(console, "repr.number", "red"), STAGED_OK);
    assert_int_equal(staged_console_set_style(console, "log.time", "green"), STAGED_OK);
    staged_console_print(console, "[mine]a[/] 1");
    assert_string_equal(staged_console_text(console),
                        "a \x1b[1;36m1\x1b[0m\n\x1b[1ma\x1b[0m \x1b[31m1\x1b[0m\n");
    staged_console_clear_text(console);
    assert_string_equal(staged_console_text(console), "");
    staged_console_log_with(console, NULL, "x");
    assert_int_equal(strncmp(staged_console_text(console), "\x1b[32m[", 6), 0);
    staged_console_free(console);
}

static void test_a_bad_style_is_refused(void **state)
{
    (void)state;
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_STANDARD);
    assert_string_equal(staged_console_error(console), "");
    assert_int_equal(staged_console_set_style(console, "mine", "nonsense"), STAGED_BAD_MARKUP);
    assert_string_equal(staged_console_error(console),
                        "unable to parse 'nonsense' as color; 'nonsense' is not a valid color");
    assert_int_equal(staged_console_print(console, "x"), STAGED_OK);
    assert_string_equal(staged_console_error(console), "");
    staged_console_free(console);
}

static void test_requested_size(void **state)
{
    (void)state;
    staged_console *console = text_console(17, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_width(console), 17);
    assert_int_equal(staged_console_height(console), 25);
    assert_false(staged_console_is_terminal(console));
    staged_console_free(console);
}

static void test_flushing(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL)
        return; /* there is no such thing everywhere */
    const staged_console_options options = {
        .size = sizeof options, .file = full, .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    fputs("kept back", full);
    assert_int_equal(staged_console_flush(console), STAGED_IO);
    assert_string_equal(staged_console_error(console), "cannot write: No space left on device");
    staged_console_free(console);
    (void)fclose(full);
    console = text_console(10, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_flush(console), STAGED_OK);
    staged_console_free(console);
}

TEST_GROUP(console_query)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_styles_get_other_meanings),
        cmocka_unit_test(test_a_bad_style_is_refused),
        cmocka_unit_test(test_requested_size),
        cmocka_unit_test(test_flushing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
