/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include <stdlib.h>

#include "parsing.h"

/* A parser with a bit of everything. */
static staged_parser *new_parent(void)
{
    staged_parser *parent = bare_parser();
    staged_argument_group *retry = staged_parser_add_group(parent, "retry", "How to try again.");
    staged_argument_group *how = staged_argument_group_add_exclusive(retry, false);
    staged_parser_add_argument(parent, "source", .type = STAGED_ARG_PATH, .help = "What to copy.");
    staged_argument_group_add_argument(retry, "--tries", .type = STAGED_ARG_INT,
                                       .default_text = "3", .help = "How often (%(default)s).");
    staged_argument_group_add_argument(how, "--fast", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(how, "--careful", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parent, "--colour", .choices = STAGED_TEXTS("red", "green"));
    staged_parser_add_argument(parent, "--pair", .nargs = 2, .metavars = STAGED_TEXTS("K", "V"));
    staged_parser_set_default_text(parent, "level", "5");
    return parent;
}

static void test_all_is_there(void **state)
{
    (void)state;
    staged_parser *parent = new_parent();
    const staged_parser *const parents[] = {parent, NULL};
    staged_parser *parser =
        staged_parser_new(STAGED_OPTIONS(staged_parser_options, .parents = parents));
    staged_argument *tries = staged_parser_find(parser, "--tries");
    staged_argument_set_help(staged_parser_find(parent, "--colour"), "Of the parent alone.");
    staged_parser_free(parent);
    staged_parser_add_argument(parser, "--mine");
    staged_parser_add_argument(parser, "--level", .type = STAGED_ARG_INT);
    staged_argument_set_default_text(tries, "4");
    assert_text(staged_parser_help(parser, 80),
                "usage: prog [-h] [--tries TRIES] [--fast | --careful] [--colour {red,green}]\n"
                "            [--pair K V] [--mine MINE] [--level LEVEL]\n"
                "            source\n"
                "\n"
                "positional arguments:\n"
                "  source                What to copy.\n"
                "\n"
                "options:\n"
                "  -h, --help            show this help message and exit\n"
                "  --colour {red,green}\n"
                "  --pair K V\n"
                "  --mine MINE\n"
                "  --level LEVEL\n"
                "\n"
                "retry:\n"
                "  How to try again.\n"
                "\n"
                "  --tries TRIES         How often (4).\n"
                "  --fast\n"
                "  --careful\n");
    staged_namespace *ns = assert_parsed(parser, (const char *const[]){"a//b", "--fast", NULL});
    assert_value(ns, "source", "PosixPath('a/b')");
    assert_value(ns, "tries", "4");
    assert_value(ns, "level", "5");
    staged_namespace_free(ns);
    assert_refused(parser, (const char *const[]){"x", "--fast", "--careful", NULL},
                   "argument --careful: not allowed with argument --fast\n");
    assert_refused(parser, (const char *const[]){"x", "--colour", "blue", NULL},
                   "argument --colour: invalid choice: 'blue' (choose from red, green)\n");
    staged_parser_free(parser);
}

static void test_groups_with_the_same_title_are_one(void **state)
{
    (void)state;
    staged_parser *parent = new_parent();
    staged_parser *parser = bare_parser();
    staged_argument_group *retry = staged_parser_add_group(parser, "retry", "Mine.");
    staged_argument_group_add_argument(retry, "--delay");
    staged_parser_add_parent(parser, parent);
    staged_parser_free(parent);
    assert_ptr_equal(staged_parser_find_group(parser, "retry"), retry);
    assert_ptr_equal(staged_parser_find(parser, "--tries")->group, retry);
    assert_string_equal(retry->description.text, "Mine.");
    staged_parser_free(parser);
}

static void test_flags_in_the_way(void **state)
{
    (void)state;
    staged_parser *parent = staged_parser_new(NULL);
    staged_parser *parser = staged_parser_new(NULL);
    staged_parser_add_parent(parser, parent);
    assert_bugs(
        parser,
        "prog: a parent has a help option, too; create the parent with `.add_help = STAGED_NO`\n");
    staged_parser_free(parser);

    parser = staged_parser_new(STAGED_OPTIONS(staged_parser_options, .replace_flags = STAGED_YES));
    staged_parser_add_parent(parser, parent);
    assert_bugs(parser, "");
    assert_text(staged_parser_usage(parser, 80), "usage: prog [-h]\n");
    staged_parser_free(parser);
    staged_parser_free(parent);

    parent = bare_parser();
    const staged_argument_options theirs = {
        .size = sizeof theirs, .flags = "--all", .where = {"parent.c", 4}};
    const staged_argument_options mine = {
        .size = sizeof mine, .flags = "--all", .where = {"mine.c", 5}};
    staged_parser_add_argument_with(parent, &theirs);
    parser = bare_parser();
    staged_parser_add_argument_with(parser, &mine);
    staged_parser_add_parent(parser, parent);
    staged_parser_add_parent(parser, parser);
    assert_bugs(parser, "parent.c:4: --all: mine.c:5 already has this flag; choose another\nprog: "
                        "a parser cannot be its own parent\n");
    staged_parser_free(parser);
    staged_parser_free(parent);
}

static void test_mistakes_come_along(void **state)
{
    (void)state;
    staged_parser *parent = bare_parser();
    const staged_argument_options wrong = {.size = sizeof wrong, .flags = "a b"};
    staged_parser_add_argument_with(parent, &wrong);
    staged_parser *parser = bare_parser();
    staged_parser_add_parent(parser, parent);
    assert_bugs(parser, "'a b': a positional has one name; flags begin with one of the prefix "
                        "characters\n");
    staged_parser_free(parser);
    staged_parser_free(parent);
}

static staged_parser *parent_with_commands(void)
{
    staged_parser *parent = bare_parser();
    staged_commands *commands = staged_parser_add_commands(
        parent, STAGED_OPTIONS(staged_commands_options, .dest = "command", .required = true));
    staged_parser *add = staged_commands_add(
        commands,
        STAGED_OPTIONS(staged_command_options, .help = "Adds a file.", .aliases = STAGED_TEXTS("a"),
                       .parser = STAGED_OPTIONS(staged_parser_options, .description = "Adds.",
                                                .prefix_chars = "+")),
        "add");
    staged_parser_add_argument(add, "file");
    staged_parser_add_argument(add, "++force", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_set_title(staged_parser_find_group(add, "options"), "switches");
    return parent;
}

static void test_commands(void **state)
{
    (void)state;
    staged_parser *parent = parent_with_commands();
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prog = "git"));
    staged_parser_add_parent(parser, parent);
    staged_parser_free(parent);
    assert_text(staged_parser_usage(parser, 80), "usage: git [-h] {add,a} ...\n");
    staged_namespace *ns = NULL;
    const char *const help[] = {"add", "+h", NULL};
    assert_int_equal(parse(parser, help, &ns), STAGED_EXIT);
    assert_string_equal(staged_parser_output(parser),
                        "usage: prog add [+h] [++force] file\n"
                        "\n"
                        "Adds.\n"
                        "\n"
                        "positional arguments:\n"
                        "  file\n"
                        "\n"
                        "switches:\n"
                        "  +h, ++help  show this help message and exit\n"
                        "  ++force\n");
    ns = assert_parsed(parser, (const char *const[]){"a", "x", "++force", NULL});
    assert_value(ns, "command", "'a'");
    assert_value(ns, "force", "True");
    staged_namespace_free(ns);
    parent = parent_with_commands();
    staged_parser_add_parent(parser, parent);
    staged_parser_free(parent);
    assert_bugs(parser, "a parser can have only one set of commands; its parents have others\n");
    staged_parser_free(parser);
}

static void test_nothing(void **state)
{
    (void)state;
    staged_parser_add_parent(NULL, NULL);
    staged_parser *parser = bare_parser();
    staged_parser_add_parent(parser, NULL);
    assert_int_equal(staged_parser_check(parser), STAGED_NO_MEMORY);
    staged_parser_free(parser);
}

static staged_status add_once(void *context)
{
    (void)context;
    staged_parser *parent = new_parent();
    staged_parser *commands = parent_with_commands();
    staged_parser *parser = bare_parser();
    staged_parser_add_parent(parser, parent);
    staged_parser_add_parent(parser, commands);
    staged_parser_free(commands);
    staged_parser_free(parent);
    const staged_status status = staged_parser_check(parser);
    assert_true(status == STAGED_OK || status == STAGED_NO_MEMORY);
    staged_parser_free(parser);
    return status;
}

static void test_without_memory(void **state)
{
    (void)state;
    assert_true(torture(add_once, NULL) > 50);
}

TEST_GROUP(parents)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_there),
        cmocka_unit_test(test_groups_with_the_same_title_are_one),
        cmocka_unit_test(test_flags_in_the_way),
        cmocka_unit_test(test_mistakes_come_along),
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("args parents", tests, NULL, NULL);
}
