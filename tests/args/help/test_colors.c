/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/help/colors.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "args/help/help.h"
#include "random_parser.h"
#include "support.h"

/* Square brackets stand for the escape codes' own. */
#define E "\x1b["

static staged_parser *example(staged_color_when when, const staged_help_colors *colors)
{
    staged_parser *parser =
        staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prog = "deploy",
                                         .description = "Deploys it.", .suggest = STAGED_YES));
    staged_parser_add_argument(parser, "target", .help = "Where to.");
    staged_parser_add_argument(parser, "-n --name", .help = "What.");
    staged_parser_add_argument(parser, "-q", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--wait", .action = STAGED_ARG_BOOLEAN);
    staged_parser_set_colors(parser, when, colors);
    return parser;
}

static char *help_of(staged_parser *parser)
{
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, &ns, "--help"), STAGED_EXIT);
    return strcpy(test_malloc(strlen(staged_parser_output(parser)) + 1),
                  staged_parser_output(parser));
}

static int set_up(void **state)
{
    (void)state;
    setenv("COLUMNS", "80", 1);
    unsetenv("NO_COLOR");
    unsetenv("FORCE_COLOR");
    unsetenv("STAGED_COLORS");
    return 0;
}

static void test_each_part_has_its_look(void **state)
{
    (void)state;
    staged_parser *parser = example(STAGED_COLOR_ALWAYS, NULL);
    char *help = help_of(parser);
    assert_string_equal(
        help,
        E "1;34musage: " E "0m" E "1;35mdeploy" E "0m [" E "32m-h" E "0m] [" E "32m-n" E "0m " E
          "33mNAME" E "0m] [" E "32m-q" E "0m] [" E "36m--wait" E "0m | " E "36m--no-wait" E
          "0m] " E "32mtarget" E "0m\n\n"
          "Deploys it.\n\n" E "1;34mpositional arguments:" E "0m\n"
          "  " E "1;32mtarget" E "0m             Where to.\n\n" E "1;34moptions:" E "0m\n"
          "  " E "1;32m-h" E "0m, " E "1;36m--help" E "0m         show this help message and exit\n"
          "  " E "1;32m-n" E "0m, " E "1;36m--name" E "0m " E "1;33mNAME" E "0m    What.\n"
          "  " E "1;32m-q" E "0m\n"
          "  " E "1;36m--wait" E "0m, " E "1;36m--no-wait" E "0m\n");
    test_free(help);
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, &ns, "a", "--nam=x", "b"), STAGED_BAD_INPUT);
    assert_contains(staged_parser_error(parser), E "1;34musage: " E "0m" E "1;35mdeploy" E "0m [");
    assert_ends_with(staged_parser_error(parser), "\ndeploy: error: unrecognized arguments: b\n");
    staged_parser_free(parser);
}

static void test_a_usage_of_ones_own(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .prog = "x", .usage = "\n%(prog)s it\n"));
    staged_parser_set_colors(parser, STAGED_COLOR_ALWAYS, NULL);
    const stg_colors colors = stg_colors_for(parser, STDOUT_FILENO);
    assert_owned_text(stg_usage(parser, 80, &colors),
                      E "1;34musage: " E "0m" E "35m\nx it" E "0m\n");
    staged_parser_free(parser);
}

static void assert_colored(staged_color_when when, bool expected)
{
    staged_parser *parser = example(when, NULL);
    char *help = help_of(parser);
    assert_int_equal(strchr(help, '\x1b') != NULL, expected);
    test_free(help);
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, &ns, "--nope"), STAGED_BAD_INPUT);
    assert_int_equal(strchr(staged_parser_error(parser), '\x1b') != NULL, expected);
    /* These are for whatever the author likes. */
    help = staged_parser_help(parser, 80);
    assert_null(strchr(help, '\x1b'));
    free(help);
    help = staged_parser_man_page(parser);
    assert_null(strchr(help, '\x1b'));
    free(help);
    staged_parser_free(parser);
}

/* The tests' own output is no terminal; tests/terminal has one. */
static void test_environment_colors(void **state)
{
    (void)state;
    const int output = dup(STDOUT_FILENO), error_output = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    assert_non_null(file);
    (void)fflush(stdout);
    dup2(fileno(file), STDOUT_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    assert_colored(STAGED_COLOR_NEVER, false);
    assert_colored(STAGED_COLOR_ON_TERMINAL, false);
    setenv("FORCE_COLOR", "", 1);
    assert_colored(STAGED_COLOR_ON_TERMINAL, false);
    setenv("FORCE_COLOR", "1", 1);
    assert_colored(STAGED_COLOR_ON_TERMINAL, true);
    assert_colored(STAGED_COLOR_NEVER, false);
    setenv("NO_COLOR", "1", 1);
    assert_colored(STAGED_COLOR_ON_TERMINAL, false);
    assert_colored(STAGED_COLOR_ALWAYS, true);
    dup2(output, STDOUT_FILENO);
    dup2(error_output, STDERR_FILENO);
    close(output);
    close(error_output);
    (void)fclose(file);
}

static void test_themes_of_author_and_user(void **state)
{
    (void)state;
    const staged_help_colors colors = {
        .size = sizeof colors, .usage = "", .heading = "4", .prog = "31\x1b]0;"};
    staged_parser *parser = example(STAGED_COLOR_ALWAYS, &colors);
    char *help = help_of(parser);
    assert_int_equal(strncmp(help, "usage: " E "31mdeploy" E "0m [", 21), 0);
    assert_contains(help, "\n" E "4moptions:" E "0m\n");
    assert_contains(help, E "1;32m-q" E "0m\n");
    test_free(help);
    setenv("STAGED_COLORS",
           "heading=1;33:::prog=:nonsense=5:label:action=7\x1b:short_option=38;5;9", 1);
    help = help_of(parser);
    assert_int_equal(strncmp(help, "usage: deploy [", 15), 0);
    assert_contains(help, "\n" E "1;33moptions:" E "0m\n");
    assert_contains(help, "  " E "1;32mtarget" E "0m ");
    assert_contains(help, "  " E "38;5;9m-q" E "0m\n");
    test_free(help);
    staged_parser_free(parser);
}

static void test_a_command_has_the_colors_of_the_program(void **state)
{
    (void)state;
    staged_parser *parser = example(STAGED_COLOR_ALWAYS, NULL);
    staged_commands *commands = staged_parser_add_commands(
        parser, &(staged_commands_options){.size = sizeof(staged_commands_options)});
    staged_commands_add(commands, STAGED_OPTIONS(staged_command_options, .help = "Adds."), "add");
    char *help = help_of(parser);
    assert_contains(help, "    " E "1;32madd" E "0m              Adds.\n");
    test_free(help);
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, &ns, "here", "add", "-h"), STAGED_EXIT);
    assert_contains(staged_parser_output(parser), E "1;35mdeploy target add" E "0m [");
    staged_parser_free(parser);
}

static void drop_escapes(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        const size_t escape = stg_escape_length(from, strlen(from));
        if (escape > 0)
            from += escape;
        else
            *to++ = *from++;
    }
    *to = '\0';
}

static void test_the_layout_is_the_same(void **state)
{
    (void)state;
    int colored = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        random_source source = {seed * 1000003};
        staged_parser *parser = random_parser(&source, seed % 2 == 0 ? RANDOM_SANE : RANDOM_WILD);
        staged_parser_set_colors(parser, STAGED_COLOR_ALWAYS, NULL);
        const stg_colors colors = stg_colors_for(parser, STDOUT_FILENO);
        const int columns = 20 + (int)random_below(&source, 100);
        char *plain = staged_parser_help(parser, columns);
        char *help = stg_help(parser, columns, &colors);
        colored += strchr(help, '\x1b') != NULL;
        drop_escapes(help);
        assert_string_equal(help, plain);
        free(help);
        free(plain);
        staged_parser_free(parser);
    }
    assert_true(colored > 500);
}

static staged_status make_help(void *context)
{
    (void)context;
    const staged_help_colors authors = {.size = sizeof authors, .usage = "1", .label = "2"};
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prog = "x"));
    staged_parser_set_colors(parser, STAGED_COLOR_ALWAYS, &authors);
    staged_namespace *ns = NULL;
    const staged_status status = parser == NULL ? STAGED_NO_MEMORY : parse(parser, &ns, "--help");
    staged_parser_free(parser);
    return status == STAGED_EXIT ? STAGED_OK : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(make_help, NULL) > 5);
}

TEST_GROUP(colors)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each_part_has_its_look, set_up),
        cmocka_unit_test_setup(test_a_usage_of_ones_own, set_up),
        cmocka_unit_test_setup(test_environment_colors, set_up),
        cmocka_unit_test_setup(test_themes_of_author_and_user, set_up),
        cmocka_unit_test_setup(test_a_command_has_the_colors_of_the_program, set_up),
        cmocka_unit_test_setup(test_the_layout_is_the_same, set_up),
        cmocka_unit_test_setup(test_out_of_memory, set_up),
    };
    return cmocka_run_group_tests_name("args colors", tests, NULL, NULL);
}
