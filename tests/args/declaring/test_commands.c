/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include "parsing.h"

static void test_names_and_aliases(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command", .required = true));
    staged_parser *run =
        staged_commands_add(commands,
                            STAGED_OPTIONS(staged_command_options,
                                           .aliases = STAGED_TEXTS("r", "go"), .help = "Run it."),
                            "run");
    staged_parser *stop = staged_commands_add(commands, NULL, "stop");
    staged_parser_add_argument(run, "--fast", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(stop, "when");

    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("go", "--fast"));
    assert_value(ns, "command", "'go'");
    assert_value(ns, "fast", "True");
    assert_null(staged_namespace_value(ns, "when"));
    staged_namespace_free(ns);
    ns = assert_parsed(parser, STAGED_TEXTS("stop", "now"));
    assert_value(ns, "command", "'stop'");
    assert_value(ns, "when", "'now'");
    staged_namespace_free(ns);
    assert_refused(parser, NOTHING, "the following arguments are required: command\n");
    assert_refused(parser, STAGED_TEXTS("walk"),
                   "argument command: invalid choice: 'walk' (choose from run, r, go, stop)\n");
    assert_refused(parser, STAGED_TEXTS("stop"), "the following arguments are required: when\n");
    staged_parser_free(parser);
}

static void test_optional_command(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command"));
    staged_commands_add(commands, NULL, "run");
    staged_namespace *ns = assert_parsed(parser, NOTHING);
    assert_value(ns, "command", "None");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_help(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .description = "What to do.",
                               .metavar = "COMMAND"));
    staged_commands_add(commands,
                        STAGED_OPTIONS(staged_command_options, .aliases = STAGED_TEXTS("r"),
                                       .help = "Run %(prog)s."),
                        "run");
    staged_commands_add(commands, NULL, "unlisted");
    staged_commands_add(commands,
                        STAGED_OPTIONS(staged_command_options, .aliases = STAGED_TEXTS("s", "t"),
                                       .help = "%(dest)s %(metavar)s %(default)s %(required)s%%"),
                        "stop");
    assert_text(staged_parser_help(parser, 80), "usage: prog COMMAND ...\n"
                                                "\n"
                                                "subcommands:\n"
                                                "  What to do.\n"
                                                "\n"
                                                "  COMMAND\n"
                                                "    run (r)      Run prog.\n"
                                                "    stop (s, t)  stop stop (s, t) None False%\n");
    staged_parser_free(parser);
}

/* The author's usage is for people; what commands are called follows from the arguments. */
static void test_mistakes(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .where = {"a.c", 1}));
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser *again = staged_commands_add(
        commands, STAGED_OPTIONS(staged_command_options, .aliases = STAGED_TEXTS("r", "r")), "run");
    assert_non_null(again);
    assert_ptr_not_equal(again, run);
    assert_ptr_equal(staged_parser_add_commands(
                         parser, STAGED_OPTIONS(staged_commands_options, .where = {"b.c", 2})),
                     commands);
    assert_bugs(parser, "a.c:1: command 'run' already exists; choose another name\na.c:1: command "
                        "'r' already exists; choose another name\nb.c:2: a parser can have only "
                        "one set of commands; add these to the first\n");
    assert_null(staged_commands_add(NULL, NULL, "run"));
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .title = "commands", .dest = "command"));
    staged_parser *run = staged_commands_add(
        commands,
        STAGED_OPTIONS(staged_command_options, .aliases = STAGED_TEXTS("r"), .help = "Run."),
        "run");
    if (run != NULL)
        staged_parser_add_argument(run, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_namespace *ns = NULL;
    const staged_status status = parse(parser, STAGED_TEXTS("r", "a", "b"), &ns);
    if (status == STAGED_OK)
        assert_int_equal(staged_namespace_value(ns, "words")->count, 2);
    staged_namespace_free(ns);
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 20, 200);
}

TEST_GROUP(commands)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_and_aliases),
        cmocka_unit_test(test_optional_command),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args commands", tests, NULL, NULL);
}
