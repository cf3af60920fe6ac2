/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *c)
{
    (void)c;
    return STAGED_OK;
}

static staged_status set_styles(staged_call *c)
{
    staged_console *console = staged_script_console(c->script);
    STAGED_TRY(staged_console_set_style(console, "help.heading", "underline #ff8700"));
    return staged_console_set_style(console, "help.usage", "none");
}

static const staged_class colorful = {
    STAGED_CLASS("Colorful"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, set_styles),
                              STAGED_STAGE("work", "Working", nothing)),
};

/* The help of a script whose console is made so. */
static void check_help(staged_console_options console, const char *expected, bool colored)
{
    console.to_text = true;
    staged_script *script = staged_script_new(
        &colorful, STAGED_OPTIONS(staged_script_options, .name = "test", .console = &console));
    staged_parser *parser = staged_script_parser(script);
    char help[] = "--help";
    char *words[] = {help, NULL};
    staged_namespace *ns = NULL;
    assert_int_equal(staged_parser_parse(parser, 1, words, &ns), STAGED_EXIT);
    const char *output = staged_parser_output(parser);
    assert_non_null(strstr(output, expected));
    assert_int_equal(strchr(output, '\x1b') != NULL, colored);
    staged_script_free(script);
}

static int set_up(void **state)
{
    (void)state;
    unsetenv("NO_COLOR");
    unsetenv("STAGED_COLORS");
    setenv("FORCE_COLOR", "1", 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unsetenv("FORCE_COLOR");
    return 0;
}

static void test_the_theme_of_the_console(void **state)
{
    (void)state;
    check_help((staged_console_options){.size = sizeof(staged_console_options),
                                        .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR},
               "\n\x1b[4;38;2;255;135;0moptions:\x1b[0m\n  \x1b[1;32m-h\x1b[0m", true);
    check_help((staged_console_options){.size = sizeof(staged_console_options),
                                        .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR},
               "usage: \x1b[1;35mtest\x1b[0m [", true);
}

static void test_console_options(void **state)
{
    (void)state;
    check_help((staged_console_options){.size = sizeof(staged_console_options),
                                        .force_terminal = STAGED_NO},
               "\noptions:\n", false);
    check_help(
        (staged_console_options){.size = sizeof(staged_console_options), .no_color = STAGED_YES},
        "\noptions:\n", false);
    check_help((staged_console_options){.size = sizeof(staged_console_options),
                                        .color_system = STAGED_COLOR_SYSTEM_NONE},
               "\noptions:\n", false);
    unsetenv("FORCE_COLOR");
    check_help((staged_console_options){.size = sizeof(staged_console_options),
                                        .force_terminal = STAGED_YES,
                                        .color_system = STAGED_COLOR_SYSTEM_STANDARD},
               "usage: \x1b[1;35mtest\x1b[0m [", true);
    setenv("NO_COLOR", "1", 1);
    check_help((staged_console_options){.size = sizeof(staged_console_options),
                                        .force_terminal = STAGED_YES},
               "\noptions:\n", false);
    unsetenv("NO_COLOR");
}

TEST_GROUP(help_colors)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_theme_of_the_console, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_console_options, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("script help_colors", tests, NULL, NULL);
}
