/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "console/device/console_impl.h"
#include "support/consoles.h"
#include "support/torture.h"

static void assert_prints(const staged_console_options *options, const char *expected)
{
    staged_console *console = staged_console_new(options);
    assert_non_null(console);
    assert_int_equal(staged_console_print(console, "[red]text[/] … 42"), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_console_free(console);
}

static void test_options_decide(void **state)
{
    (void)state;
    staged_console_options options = {.size = sizeof options,
                                      .to_text = true,
                                      .color_system = STAGED_COLOR_SYSTEM_STANDARD,
                                      .ascii = STAGED_NO,
                                      .environment = empty_environment};
    assert_prints(&options, "\x1b[31mtext\x1b[0m … \x1b[1;36m42\x1b[0m\n");
    options.highlight = STAGED_NO;
    assert_prints(&options, "\x1b[31mtext\x1b[0m … 42\n");
    options.no_color = STAGED_YES;
    assert_prints(&options, "text … 42\n");
    options.markup = STAGED_NO;
    assert_prints(&options, "[red]text[/] … 42\n");
    options.ascii = STAGED_YES;
    assert_prints(&options, "[red]text[/] ? 42\n");
    options.width = 5;
    options.soft_wrap = true;
    assert_prints(&options, "[red]text[/] ? 42\n");
    options.soft_wrap = false;
    options.markup = STAGED_YES;
    assert_prints(&options, "text \n? 42\n");
}

static const char *environment_of_a_terminal(void *context, const char *name)
{
    (void)context;
    static const char *const variables[][2] = {{"FORCE_COLOR", "1"},
                                               {"COLORTERM", "truecolor"},
                                               {"COLUMNS", "33"},
                                               {"LINES", "7"},
                                               {"LANG", "de_DE.UTF-8"}};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        if (strcmp(variables[i][0], name) == 0)
            return variables[i][1];
    }
    return NULL;
}

static void test_the_rest_is_found_out(void **state)
{
    (void)state;
    const staged_console_options options = {
        .size = sizeof options, .to_text = true, .environment = environment_of_a_terminal};
    staged_console *console = staged_console_new(&options);
    assert_true(staged_console_is_terminal(console));
    assert_int_equal(staged_console_width(console), 33);
    assert_int_equal(staged_console_height(console), 7);
    assert_int_equal(console->colors, STG_COLORS_TRUE);
    assert_false(console->ascii);
    staged_console_free(console);
    const staged_console_options bare = {
        .size = sizeof bare, .to_text = true, .environment = empty_environment};
    console = staged_console_new(&bare);
    assert_false(staged_console_is_terminal(console));
    assert_int_equal(console->colors, STG_COLORS_NONE);
    assert_true(console->ascii);
    staged_console_free(console);
}

static void test_writes_to_streams_and_descriptors(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    staged_console_options options = {
        .size = sizeof options, .file = file, .width = 20, .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    fputs("before ", file);
    assert_int_equal(staged_console_print(console, "middle"), STAGED_OK);
    fputs("after", file);
    staged_console_free(console);
    options = (staged_console_options){.size = sizeof(staged_console_options),
                                       .fd = fileno(file),
                                       .width = 20,
                                       .environment = empty_environment};
    fflush(file);
    console = staged_console_new(&options);
    assert_int_equal(staged_console_print(console, " end"), STAGED_OK);
    staged_console_free(console);
    char text[64] = "";
    rewind(file);
    assert_int_equal(fread(text, 1, sizeof text - 1, file), strlen("before middle\nafter end\n"));
    assert_string_equal(text, "before middle\nafter end\n");
    fclose(file);
}

static void test_writes_to_streams_without_a_descriptor(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    const staged_console_options options = {
        .size = sizeof options, .file = file, .width = 20, .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    assert_int_equal(staged_console_print(console, "kept"), STAGED_OK);
    staged_console_free(console);
    fclose(file);
    assert_string_equal(text, "kept\n");
    free(text);
}

static void test_all_defaults(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(NULL);
    assert_non_null(console);
    assert_true(staged_console_width(console) > 0);
    assert_string_equal(staged_console_text(console), "");
    staged_console_free(console);
    staged_console_free(NULL);
}

static staged_status use_console(void *context)
{
    const staged_console_options options = {.size = sizeof options,
                                            .to_text = true,
                                            .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR,
                                            .record = true,
                                            .log_time_format = "[%H]",
                                            .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    if (console == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = staged_console_set_style(console, "mine", "bold red");
    if (status == STAGED_OK)
        status = staged_console_log_with(console, context, "[mine]number[/] %d of '%s'", 12, "[c]");
    if (status == STAGED_OK)
        status = staged_console_rule(console, NULL, "a %s", "title");
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use_console, NULL) > 10);
    /* Without memory for a link the line has none. */
    staged_log_options options = {.size = sizeof options, .where = {"/a/path", 12}};
    assert_true(torture_forgiving(use_console, &options) > 10);
}

TEST_GROUP(console)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_decide),
        cmocka_unit_test(test_the_rest_is_found_out),
        cmocka_unit_test(test_writes_to_streams_and_descriptors),
        cmocka_unit_test(test_writes_to_streams_without_a_descriptor),
        cmocka_unit_test(test_all_defaults),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
