/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include <stdio.h>

#include "parsing.h"

/* What is said of an argument, without file and line; "" when nothing is wrong. */
static void assert_bug_of(const staged_argument_options *options, const char *bug)
{
    char line[300];
    staged_parser *parser = bare_parser();
    staged_parser_add_argument_with(parser, options);
    snprintf(line, sizeof line, "%s%s", bug, *bug == '\0' ? "" : "\n");
    assert_bugs(parser, line);
    staged_parser_free(parser);
}

#define ASSERT_BUG(bug, ...)                                                                       \
    assert_bug_of(STAGED_OPTIONS(staged_argument_options, .flags = __VA_ARGS__), bug)

static void test_flags(void **state)
{
    (void)state;
    ASSERT_BUG("'': an argument needs flags, or the name of a positional, in `flags`", NULL);
    ASSERT_BUG("'  ': an argument needs flags, or the name of a positional, in `flags`", "  ");
    ASSERT_BUG("'a b': a positional has one name; flags begin with one of the prefix characters",
               "a b");
    ASSERT_BUG("'-a b': all flags of an option begin with one of the prefix characters", "-a b");
    ASSERT_BUG("--: the flag yields no destination; name one in `dest`", "--");
    ASSERT_BUG("", "--", .dest = "rest");
}

static void test_positionals(void **state)
{
    (void)state;
    ASSERT_BUG("a: a positional's name is its destination; use `metavar` to show another", "a",
               .dest = "b");
    ASSERT_BUG("a: `required` is for options; `nargs` says whether a positional is required", "a",
               .required = true);
    ASSERT_BUG("a: a positional must take words, which this action does not; make it an option",
               "a", .action = STAGED_ARG_STORE_TRUE);
    ASSERT_BUG("", "a", .metavar = "A", .nargs = STAGED_NARGS_OPTIONAL);
}

static void test_actions_without_words(void **state)
{
    (void)state;
    ASSERT_BUG("-a: the action takes no words; remove `nargs`", "-a",
               .action = STAGED_ARG_STORE_TRUE, .nargs = 1);
    ASSERT_BUG("-a: the action takes no words; remove the choices", "-a",
               .action = STAGED_ARG_COUNT, .choices = STAGED_TEXTS("1"));
    ASSERT_BUG("-a: the action takes no words; remove the type", "-a",
               .action = STAGED_ARG_STORE_FALSE, .type = STAGED_ARG_INT);
    ASSERT_BUG("-a: STAGED_ARG_VERSION needs a `version`", "-a", .action = STAGED_ARG_VERSION);
    ASSERT_BUG("", "-a", .action = STAGED_ARG_STORE_CONST, .const_text = "x");
}

static void test_words(void **state)
{
    (void)state;
    ASSERT_BUG("-a: invalid `action`; use a value of staged_argument_action", "-a",
               .action = (staged_argument_action)99);
    ASSERT_BUG("-a: invalid `type`; use a value of staged_argument_type", "-a",
               .type = (staged_argument_type)99);
    ASSERT_BUG("-a: `environment` is not a valid variable name", "-a", .environment = "");
    ASSERT_BUG("-a: `environment` is not a valid variable name", "-a", .environment = "A=B");
    ASSERT_BUG("-a: invalid `nargs`; use a number of words, or STAGED_NARGS_OPTIONAL or another "
               "STAGED_NARGS_*",
               "-a", .nargs = -6);
    ASSERT_BUG("-a: a constant needs an action that stores it, or STAGED_NARGS_OPTIONAL words",
               "-a", .const_text = "x");
    ASSERT_BUG("", "-a", .const_text = "x", .nargs = STAGED_NARGS_OPTIONAL);
    ASSERT_BUG("", "-a", .const_value = {.kind = STAGED_VALUE_NONE});
    ASSERT_BUG("-a: STAGED_ARG_EXTEND adds lists; set `nargs`, or use STAGED_ARG_APPEND", "-a",
               .action = STAGED_ARG_EXTEND);
    ASSERT_BUG("", "-a", .action = STAGED_ARG_EXTEND, .nargs = STAGED_NARGS_ONE_OR_MORE);
}

static void test_metavars(void **state)
{
    (void)state;
    const char *bug = "-a: the number of `metavars` does not match `nargs`";
    ASSERT_BUG(bug, "-a", .metavars = STAGED_TEXTS("A", "B"));
    ASSERT_BUG("", "-a", .metavars = STAGED_TEXTS("A"));
    ASSERT_BUG(bug, "-a", .metavars = STAGED_TEXTS("A", "B"), .nargs = 3);
    ASSERT_BUG("", "-a", .metavars = STAGED_TEXTS("A", "B"), .nargs = 2);
    ASSERT_BUG(bug, "-a", .metavars = STAGED_TEXTS("A", "B"), .nargs = STAGED_NARGS_OPTIONAL);
    ASSERT_BUG("", "-a", .metavars = STAGED_TEXTS("A", "B"), .nargs = STAGED_NARGS_ZERO_OR_MORE);
    ASSERT_BUG("", "-a", .metavars = STAGED_TEXTS("A"), .nargs = STAGED_NARGS_ZERO_OR_MORE);
    ASSERT_BUG(bug, "-a", .metavars = STAGED_TEXTS("A"), .nargs = STAGED_NARGS_ONE_OR_MORE);
    ASSERT_BUG("", "-a", .metavars = STAGED_TEXTS("A", "B", "C"), .nargs = STAGED_NARGS_REMAINDER);
}

static void test_one_of_several(void **state)
{
    (void)state;
    ASSERT_BUG("-a: several defaults are set; keep one", "-a", .default_text = "x",
               .default_value = {.kind = STAGED_VALUE_NONE});
    ASSERT_BUG("-a: two lists of choices are set; keep one", "-a", .choices = STAGED_TEXTS("x"),
               .choice_values = {.kind = STAGED_VALUE_LIST});
}

static void test_values(void **state)
{
    (void)state;
    ASSERT_BUG("-a: the default is an invalid int value: 'x'; correct one of the two", "-a",
               .type = STAGED_ARG_INT, .default_text = "x");
    ASSERT_BUG("-a: the default is an invalid choice: 'x' (choose from y); "
               "correct one of the two",
               "-a", .choices = STAGED_TEXTS("y"), .default_text = "x");
    ASSERT_BUG("-a: the default is an invalid int value: 'x'; correct one of the two", "-a",
               .type = STAGED_ARG_INT, .nargs = 2, .default_list = STAGED_TEXTS("1", "x"));
    ASSERT_BUG("-a: the constant is an invalid float value: 'x'; correct one of the two", "-a",
               .type = STAGED_ARG_FLOAT, .nargs = STAGED_NARGS_OPTIONAL, .const_text = "x");
    ASSERT_BUG("-a: the action adds to a list, but the default is not a list; use `default_list`",
               "-a", .action = STAGED_ARG_APPEND, .default_value = {.kind = STAGED_VALUE_BOOL});
    ASSERT_BUG("", "-a", .choices = STAGED_TEXTS("y"), .default_text = STAGED_ARG_SUPPRESS);
    ASSERT_BUG("", "-a", .choices = STAGED_TEXTS("1"), .default_text = "1", .type = STAGED_ARG_INT);
}

static void test_help(void **state)
{
    (void)state;
    ASSERT_BUG("-a: in the help text, unknown name after %", "-a", .help = "%(defualt)s");
    ASSERT_BUG("", "-a", .help = "100%% of %(default)s");
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command", .where = {"a.c", 1}));
    staged_commands_add(commands, STAGED_OPTIONS(staged_command_options, .help = "%(dest)s"),
                        "run");
    staged_commands_add(commands, STAGED_OPTIONS(staged_command_options, .help = "100%"), "stop");
    assert_bugs(parser, "a.c:1: command: in the help text of stop, nothing follows the %; write "
                        "%% for a percent sign\n");
    staged_parser_free(parser);
}

static void test_variables(void **state)
{
    (void)state;
    int integer;
    int64_t integer64;
    bool boolean;
    double number;
    const char *text;
    const char *const *list;
    const char *other = "-a: its value does not fit the type of the variable";
    ASSERT_BUG("-a: `store` has several variables; keep one", "-a",
               .store = {.integer = &integer, .text = &text});
    ASSERT_BUG("-a: its value is a list; store it in `list`", "-a", .nargs = 2,
               .store = {.text = &text});
    ASSERT_BUG("-a: its value is not a list; do not store it in `list`", "-a",
               .store = {.list = &list});
    ASSERT_BUG(other, "-a", .store = {.integer = &integer});
    ASSERT_BUG(other, "-a", .type = STAGED_ARG_INT, .store = {.text = &text});
    ASSERT_BUG(other, "-a", .type = STAGED_ARG_FLOAT, .store = {.integer64 = &integer64});
    ASSERT_BUG(other, "-a", .type = STAGED_ARG_PATH, .store = {.number = &number});
    ASSERT_BUG(other, "-a", .store = {.boolean = &boolean});
    ASSERT_BUG(other, "-a", .action = STAGED_ARG_STORE_TRUE, .store = {.integer = &integer});
    ASSERT_BUG("", "-a", .action = STAGED_ARG_STORE_TRUE, .store = {.boolean = &boolean});
    ASSERT_BUG("", "-a", .action = STAGED_ARG_COUNT, .store = {.integer = &integer});
    ASSERT_BUG("", "-a", .type = STAGED_ARG_INT, .store = {.number = &number});
    ASSERT_BUG("", "-a", .type = STAGED_ARG_PATH, .store = {.text = &text});
    ASSERT_BUG("", "-a", .action = STAGED_ARG_APPEND, .store = {.list = &list});
}

static void test_exclusive_sets(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, true);
    assert_bugs(parser, "prog: an exclusive set is empty; add its arguments\n");
    const staged_argument_options good[] = {
        {.size = sizeof(staged_argument_options), .flags = "-a"},
        {.size = sizeof(staged_argument_options), .flags = "b", .nargs = STAGED_NARGS_OPTIONAL},
        {.size = sizeof(staged_argument_options),
         .flags = "c",
         .nargs = STAGED_NARGS_ZERO_OR_MORE}};
    for (size_t i = 0; i < 3; i++)
        staged_argument_group_add_argument_with(set, &good[i]);
    assert_bugs(parser, "");
    const staged_argument_options bad[] = {
        {.size = sizeof(staged_argument_options), .flags = "-d", .required = true},
        {.size = sizeof(staged_argument_options), .flags = "e"},
        {.size = sizeof(staged_argument_options), .flags = "f", .nargs = STAGED_NARGS_ONE_OR_MORE}};
    for (size_t i = 0; i < 3; i++)
        staged_argument_group_add_argument_with(set, &bad[i]);
    assert_bugs(parser, "-d: a member of an exclusive set cannot be required; require the set\n"
                        "e: a member of an exclusive set cannot be required; require the set\n"
                        "f: a member of an exclusive set cannot be required; require the set\n");
    staged_parser_free(parser);
}

static void test_all_are_reported(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *inner = staged_commands_add(commands, NULL, "run");
    const staged_argument_options first = {.size = sizeof first,
                                           .flags = "-a",
                                           .type = STAGED_ARG_INT,
                                           .default_text = "x",
                                           .where = {"one.c", 7}};
    const staged_argument_options second = {
        .size = sizeof second, .flags = "a b", .where = {"two.c", 8}};
    staged_parser_add_argument_with(inner, &first);
    staged_parser_add_argument_with(parser, &second);
    const char *bugs =
        "two.c:8: 'a b': a positional has one name; flags begin with one of the prefix "
        "characters\n"
        "one.c:7: -a: the default is an invalid int value: 'x'; correct one of the two\n";
    assert_bugs(parser, bugs);
    staged_namespace *ns;
    assert_int_equal(parse(parser, NOTHING, &ns), STAGED_BAD_USE);
    assert_null(ns);
    assert_string_equal(staged_parser_error(parser), bugs);
    staged_parser_free(parser);
}

/* What argparse lets pass. */
static void test_permissive(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    stg_parser_permit(parser);
    staged_parser_add_argument(parser, "-a", .type = STAGED_ARG_INT, .default_text = "x",
                               .help = "%(no)s");
    staged_parser_add_argument(parser, "-b", .choices = STAGED_TEXTS("y"), .default_text = "x");
    staged_parser_add_argument(parser, "-c", .action = STAGED_ARG_EXTEND);
    assert_bugs(parser, "");
    staged_parser_add_argument(parser, "-a");
    assert_int_equal(staged_parser_check(parser), STAGED_BAD_USE);
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = bare_parser();
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_parser_add_argument(parser, "a b c");
    staged_parser_add_argument(parser, "-a", .type = STAGED_ARG_INT, .default_text = "x",
                               .help = "%(y)s");
    staged_parser_add_argument(parser, "-b", .choices = STAGED_TEXTS("y"), .default_text = "x");
    staged_status status = staged_parser_check(parser);
    if (status == STAGED_BAD_USE) {
        /* The author can always be told that something is wrong. */
        assert_string_not_equal(staged_parser_error(parser), "");
        status = parser->error.text == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    }
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 15, 200);
}

static staged_status accept(staged_occurrence *occurrence, void *context)
{
    (void)occurrence;
    (void)context;
    return STAGED_OK;
}

static void test_own_actions(void **state)
{
    (void)state;
    ASSERT_BUG("", "-a", .act = accept);
    ASSERT_BUG("-a: an environment variable cannot run `act`; remove one of the two", "-a",
               .act = accept, .environment = "A");
}

static void test_intermixed(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .intermixed = STAGED_YES));
    staged_argument_group *set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "--option");
    const staged_argument_options one = {
        .size = sizeof one, .flags = "one", .nargs = STAGED_NARGS_OPTIONAL};
    const staged_argument_options rest = {
        .size = sizeof rest, .flags = "rest", .nargs = STAGED_NARGS_REMAINDER};
    staged_argument_group_add_argument_with(set, &one);
    staged_parser_add_argument_with(parser, &rest);
    assert_bugs(
        parser,
        "rest: it takes options, too, which conflicts with `intermixed`; set one of the two\n");
    staged_parser_set_intermixed(parser, false);
    assert_bugs(parser, "");
    staged_parser_free(parser);
}

TEST_GROUP(check)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_positionals),
        cmocka_unit_test(test_actions_without_words),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_metavars),
        cmocka_unit_test(test_one_of_several),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_exclusive_sets),
        cmocka_unit_test(test_all_are_reported),
        cmocka_unit_test(test_permissive),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_intermixed),
        cmocka_unit_test(test_own_actions),
    };
    return cmocka_run_group_tests_name("args check", tests, NULL, NULL);
}
