/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The forms of printf-like functions that take a text as it is, or values in an array.  The forms
 * with a va_list are what the printf-like ones call. */
#include <string.h>

#include <staged/live.h>
#include <staged/progress.h>

#include "support/cmocka_all.h"
#include "support/consoles.h"

/* Neither a format nor markup. */
static const char text[] = "100% [b]%s[/]";

static void assert_printed(staged_console *console, const char *expected)
{
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static staged_renderable *list(const char *format, const char *const *texts, size_t count)
{
    return staged_markup_new_list(format, texts, count);
}

static void test_values_in_an_array(void **state)
{
    (void)state;
    const char *const texts[] = {"[/]%d", "b"};
    assert_drawn(list("[bold]%s[/], 100%% of %-3s|", texts, 2), 40, "[/]%d, 100% of b  |\n");
    assert_drawn(list("none", NULL, 0), 40, "none\n");
}

static void test_values_that_do_not_fit_their_format(void **state)
{
    (void)state;
    const char *const texts[] = {"1", "2"};
    static const char *const misfits[] = {"%s", "%s %s %s", "%s %d", "%s %*s", "%s %ls", "%s %"};
    for (size_t i = 0; i < sizeof misfits / sizeof misfits[0]; i++) {
        staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
        staged_renderable *misfit = list(misfits[i], texts, 2);
        assert_int_equal(staged_console_print_renderable(console, NULL, misfit), STAGED_BAD_USE);
        assert_string_equal(staged_console_error(console),
                            "a format needs as many values as it has %s, and no other conversions");
        staged_renderable_free(misfit);
        staged_console_free(console);
    }
}

static void test_texts_that_are_printed(void **state)
{
    (void)state;
    staged_console *console = text_console(20, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_rule_text(console, NULL, text), STAGED_OK);
    assert_int_equal(staged_console_rule_text(console, NULL, ""), STAGED_OK);
    assert_int_equal(staged_console_log_text(console, NULL, text), STAGED_OK);
    assert_non_null(strstr(staged_console_text(console), "── 100% [b]%s[/] ───\n"
                                                         "────────────────────\n"));
    const char *logged = strstr(staged_console_text(console), "] 100");
    assert_non_null(logged);
    staged_console_free(console);
    assert_drawn(staged_rule_new_text(NULL, text), 17, "─ 100% [b]%s[/] ─\n");
}

static void test_texts_that_are_shown_for_a_while(void **state)
{
    (void)state;
    staged_renderable *spinner =
        staged_spinner_new_text(STAGED_OPTIONS(staged_spinner_options, .name = "line"), text);
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, spinner), STAGED_OK);
    assert_string_equal(staged_console_text(console) + 1, " 100% [b]%s[/]\n");
    staged_renderable_free(spinner);
    staged_console_clear_text(console);
    staged_status_line *line = staged_status_line_new_text(console, NULL, text);
    assert_non_null(line);
    assert_int_equal(staged_status_line_update_text(line, text), STAGED_OK);
    staged_status_line_free(line);
    assert_null(staged_status_line_new_text(
        console, STAGED_OPTIONS(staged_spinner_options, .name = "none"), text));
    assert_printed(console, "");
}

static void test_texts_of_tasks(void **state)
{
    (void)state;
    static const staged_progress_column columns[] = {STAGED_PROGRESS_DESCRIPTION,
                                                     STAGED_PROGRESS_END};
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_NONE);
    staged_progress *progress =
        staged_progress_new(console, STAGED_OPTIONS(staged_progress_options, .columns = columns));
    (void)staged_progress_add_task_text(progress, NULL, text);
    const staged_task second = staged_progress_add_task(progress, NULL, "second");
    assert_int_equal(staged_progress_describe_text(progress, second, "[b]%d"), STAGED_OK);
    staged_progress_free(progress);
    assert_printed(console, "100% [b]%s[/]\n[b]%d        \n");
}

static void test_the_text_of_a_loop(void **state)
{
    (void)state;
    staged_console *console = text_console(80, STAGED_COLOR_SYSTEM_NONE);
    staged_track track = staged_track_begin_text(console, 1, text);
    while (staged_track_next(&track))
        continue;
    staged_track_end(&track);
    assert_memory_equal(staged_console_text(console), text, strlen(text));
    staged_console_free(console);
}

TEST_GROUP(forms)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_in_an_array),
        cmocka_unit_test(test_values_that_do_not_fit_their_format),
        cmocka_unit_test(test_texts_that_are_printed),
        cmocka_unit_test(test_texts_that_are_shown_for_a_while),
        cmocka_unit_test(test_texts_of_tasks),
        cmocka_unit_test(test_the_text_of_a_loop),
    };
    return cmocka_run_group_tests_name("console forms", tests, NULL, NULL);
}
