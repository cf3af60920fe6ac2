/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/log/command_text.h"

#include <staged/console.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static const char *no_variable(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

/* A log line with a command, of 40 columns, the first 3 of which are the time's. */
static void assert_logged(const stg_command_text_options *options, bool terminal,
                          const char *expected)
{
    const staged_console_options how = {.size = sizeof how,
                                        .to_text = true,
                                        .force_terminal = terminal ? STAGED_YES : STAGED_NO,
                                        .color_system = STAGED_COLOR_SYSTEM_NONE,
                                        .ascii = STAGED_NO,
                                        .width = 40,
                                        .log_time_format = "12",
                                        .environment = no_variable};
    staged_console *console = staged_console_new(&how);
    staged_renderable *text = stg_command_text_new(options);
    const staged_log_options place = {.size = sizeof place, .where = {"file.c", 7}};
    assert_int_equal(staged_console_log_renderable(console, &place, text), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_renderable_free(text);
    staged_console_free(console);
}

static void assert_both(const stg_command_text_options *options, const char *expected)
{
    assert_logged(options, false, expected);
    assert_logged(options, true, expected);
}

static void test_short_ones_are_as_other_lines(void **state)
{
    (void)state;
    assert_both(&(stg_command_text_options){.command = "make 'a b'", .lead = "Run:  "},
                "12 Run:  make 'a b'             file.c:7\n");
}

static void test_long_ones(void **state)
{
    (void)state;
    const stg_command_text_options options = {
        .command = "make one two three four 'fi  ve' six seven eight nine", .lead = "Run:  "};
    assert_logged(&options, false,
                  "12                              file.c:7\n"
                  "   Run:  make one two three four 'fi  ve' six seven eight nine\n");
    /* In the whole width, with nothing behind the backslash. */
    assert_logged(&options, true,
                  "12                              file.c:7\n"
                  "   Run:  make one two three four \\\n"
                  "       'fi  ve' six seven eight nine\n");
}

static void test_words_are_never_broken(void **state)
{
    (void)state;
    assert_logged(
        &(stg_command_text_options){
            .command = "make 'a word that is longer than all that there is' b", .lead = "Run:  "},
        true,
        "12                              file.c:7\n"
        "   Run:  make \\\n"
        "       'a word that is longer than all that there is' \\\n"
        "       b\n");
    assert_logged(
        &(stg_command_text_options){.command =
                                        "make # a comment that is longer than all that there is"},
        true,
        "12                              file.c:7\n"
        "   make # a comment that is longer than all that there is\n");
}

static void test_several_lines(void **state)
{
    (void)state;
    assert_both(&(stg_command_text_options){.command = "cd a\nmake \\\n  b", .lead = "Run:  "},
                "12 Run:                         file.c:7\n"
                "       cd a\n"
                "       make \\\n"
                "         b\n");
    /* A line that begins inside of quotes begins at the edge. */
    assert_both(&(stg_command_text_options){.command = "echo 'a\n b'", .lead = "Run:  "},
                "12 Run:                         file.c:7\n"
                "echo 'a\n"
                " b'\n");
}

static void test_all_that_belongs_to_one(void **state)
{
    (void)state;
    assert_both(&(stg_command_text_options){.command = "exit 3",
                                            .before = "cd a || exit; ",
                                            .comment = "exit code 3",
                                            .apart = true,
                                            .indent = 2},
                "12                              file.c:7\n"
                "     (cd a || exit; exit 3)  # exit code 3\n");
}

static staged_status draw(void *context)
{
    (void)context;
    staged_console *console =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 40,
                                          .log_time = STAGED_NO, .environment = no_variable));
    staged_renderable *text = stg_command_text_new(&(stg_command_text_options){
        .command = "make 'one\ttwo' three\nfour", .lead = "Run:  ", .apart = true});
    staged_status status = STAGED_NO_MEMORY;
    if (console != NULL)
        status = staged_console_log_renderable(console, NULL, text);
    staged_renderable_free(text);
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(draw, NULL) > 5);
}

TEST_GROUP(command_text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_ones_are_as_other_lines), cmocka_unit_test(test_long_ones),
        cmocka_unit_test(test_words_are_never_broken),        cmocka_unit_test(test_several_lines),
        cmocka_unit_test(test_all_that_belongs_to_one),       cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
