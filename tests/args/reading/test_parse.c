/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/parse.h"

#include "parsing.h"

static staged_parser *letters(void)
{
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "-b", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "-o");
    staged_parser_add_argument(parser, "-n", .nargs = STAGED_NARGS_OPTIONAL, .const_text = "C");
    staged_parser_add_argument(parser, "x");
    staged_parser_add_argument(parser, "y", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    return parser;
}

/* What all arguments became, in the order of their declaration. */
static void assert_letters(const char *const *words, const char *expected)
{
    staged_parser *parser = letters();
    staged_namespace *ns = assert_parsed(parser, words);
    stg_buf text = {0};
    const char *name;
    for (size_t i = 0; (name = staged_namespace_name(ns, i)) != NULL; i++) {
        stg_buf_addf(&text, "%s%s=", i == 0 ? "" : " ", name);
        stg_add_value_repr(&text, staged_namespace_value(ns, name));
    }
    assert_added(&text, expected);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_options_and_positionals(void **state)
{
    (void)state;
    assert_letters(STAGED_TEXTS("1"), "a=False b=False o=None n=None x='1' y=[]");
    assert_letters(STAGED_TEXTS("-a", "1", "2", "3"),
                   "a=True b=False o=None n=None x='1' y=['2', '3']");
    assert_letters(STAGED_TEXTS("1", "2", "3", "-a"),
                   "a=True b=False o=None n=None x='1' y=['2', '3']");
    /* Those that are not given yet wait for words behind the option. */
    assert_letters(STAGED_TEXTS("1", "-a", "2", "3"),
                   "a=True b=False o=None n=None x='1' y=['2', '3']");
    assert_letters(STAGED_TEXTS("1", "-n"), "a=False b=False o=None n='C' x='1' y=[]");
    assert_letters(STAGED_TEXTS("1", "-n", "-a"), "a=True b=False o=None n='C' x='1' y=[]");
    assert_letters(STAGED_TEXTS("-o", "1", "-o", "2", "3"),
                   "a=False b=False o='2' n=None x='3' y=[]");
}

static void test_joined_letters(void **state)
{
    (void)state;
    assert_letters(STAGED_TEXTS("-ab", "1"), "a=True b=True o=None n=None x='1' y=[]");
    assert_letters(STAGED_TEXTS("-abo", "F", "1"), "a=True b=True o='F' n=None x='1' y=[]");
    assert_letters(STAGED_TEXTS("-aboF", "1"), "a=True b=True o='F' n=None x='1' y=[]");
    assert_letters(STAGED_TEXTS("-ao=F", "1"), "a=True b=False o='F' n=None x='1' y=[]");
    assert_letters(STAGED_TEXTS("-nX", "1"), "a=False b=False o=None n='X' x='1' y=[]");
}

static void test_end_of_options(void **state)
{
    (void)state;
    assert_letters(STAGED_TEXTS("--", "-a", "b"), "a=False b=False o=None n=None x='-a' y=['b']");
    assert_letters(STAGED_TEXTS("1", "--", "-a", "--"),
                   "a=False b=False o=None n=None x='1' y=['-a', '--']");
}

static void test_mistakes(void **state)
{
    (void)state;
    staged_parser *parser = letters();
    assert_refused(parser, STAGED_TEXTS("-n", "1"), "the following arguments are required: x\n");
    assert_refused(parser, STAGED_TEXTS("-a=1", "1"),
                   "argument -a: ignored explicit argument '1'\n");
    assert_refused(parser, STAGED_TEXTS("-a=", "1"), "argument -a: ignored explicit argument ''\n");
    assert_refused(parser, STAGED_TEXTS("-abx", "1"), "unrecognized arguments: -x\n");
    assert_refused(parser, STAGED_TEXTS("-ab=x", "1"),
                   "argument -b: ignored explicit argument 'x'\n");
    assert_refused(parser, STAGED_TEXTS("-a-b", "1"),
                   "argument -a: ignored explicit argument '-b'\n");
    assert_refused(parser, STAGED_TEXTS("-o"), "argument -o: expected one argument\n");
    assert_refused(parser, STAGED_TEXTS("-o", "-a", "1"), "argument -o: expected one argument\n");
    assert_refused(parser, STAGED_TEXTS("-o", "--", "1"), "argument -o: expected one argument\n");
    assert_refused(parser, STAGED_TEXTS("1", "2", "-a", "3"), "unrecognized arguments: 3\n");
    assert_refused(parser, STAGED_TEXTS("1", "-z", "--zz", "-a"),
                   "unrecognized arguments: -z --zz\n");
    staged_parser_free(parser);
}

static void test_ambiguous_option(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--foo");
    staged_parser_add_argument(parser, "--food");
    assert_refused(parser, STAGED_TEXTS("--fo", "1"),
                   "ambiguous option: --fo could match --foo, --food\n");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--foo", "1"));
    assert_value(ns, "foo", "'1'");
    staged_namespace_free(ns);
    /* What an option takes is no option of its own. */
    staged_parser_add_argument(parser, "--two", .nargs = 2);
    ns = assert_parsed(parser, STAGED_TEXTS("--two", "--fo", "--foo"));
    assert_value(ns, "two", "['--fo', '--foo']");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_required_arguments(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--foo", .required = true);
    staged_parser_add_argument(parser, "x");
    staged_parser_add_argument(parser, "y", .nargs = STAGED_NARGS_ONE_OR_MORE, .metavar = "YY");
    assert_refused(parser, NOTHING, "the following arguments are required: --foo, x, YY\n");
    assert_refused(parser, STAGED_TEXTS("1"), "the following arguments are required: --foo, YY\n");
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("--foo=", "1", "2")));
    staged_parser_free(parser);
}

static void test_sets(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_argument_group *free_set = staged_parser_add_exclusive(parser, false);
    staged_argument_group *required = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(free_set, "-a");
    staged_argument_group_add_argument(required, "-b");
    staged_argument_group_add_argument(required, "-c", .help = STAGED_ARG_SUPPRESS);
    staged_argument_group_add_argument(required, "d", .nargs = STAGED_NARGS_OPTIONAL);
    assert_refused(parser, NOTHING, "one of the arguments -b d is required\n");
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("-c", "1")));
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("1")));
    staged_parser_free(parser);
}

static void test_too_few_words(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--one", .nargs = 1);
    staged_parser_add_argument(parser, "--two", .nargs = 2);
    staged_parser_add_argument(parser, "--some", .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "--command", .nargs = STAGED_NARGS_COMMAND_AND_REST);
    assert_refused(parser, STAGED_TEXTS("--one"), "argument --one: expected 1 argument\n");
    assert_refused(parser, STAGED_TEXTS("--two", "1"), "argument --two: expected 2 arguments\n");
    assert_refused(parser, STAGED_TEXTS("--two=1", "2"), "argument --two: expected 2 arguments\n");
    assert_refused(parser, STAGED_TEXTS("--some"),
                   "argument --some: expected at least one argument\n");
    assert_refused(parser, STAGED_TEXTS("--command"),
                   "argument --command: expected A... arguments\n");
    assert_refused(parser, STAGED_TEXTS("--some=a", "b"), "unrecognized arguments: b\n");
    staged_parser_free(parser);
}

static void test_negative_numbers(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "n", .nargs = STAGED_NARGS_OPTIONAL, .type = STAGED_ARG_INT);
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("-2"));
    assert_value(ns, "n", "-2");
    staged_namespace_free(ns);
    staged_parser_add_argument(parser, "-x -1", .dest = "one");
    assert_refused(parser, STAGED_TEXTS("-2"), "unrecognized arguments: -2\n");
    assert_refused(parser, STAGED_TEXTS("-1", "-2"), "argument -x/-1: expected one argument\n");
    staged_parser_free(parser);
}

/* What nothing took, in the outer parser and in the command's. */
static void test_extras_of_commands(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_commands_add(commands, NULL, "run");
    assert_refused(parser, STAGED_TEXTS("--z", "run", "b"), "unrecognized arguments: --z b\n");
    assert_refused(parser, STAGED_TEXTS("run", "a", "--z"), "unrecognized arguments: a --z\n");
    staged_parser_free(parser);
}

static void test_parser_is_used_again(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--list", .action = STAGED_ARG_APPEND,
                               .default_list = STAGED_TEXTS("d"));
    for (int i = 0; i < 2; i++) {
        staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--list", "x"));
        assert_value(ns, "list", "['d', 'x']");
        staged_namespace_free(ns);
        assert_refused(parser, STAGED_TEXTS("y"), "unrecognized arguments: y\n");
    }
    staged_parser_free(parser);
}

static void test_namespace_outlives_the_parser(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--text", .default_text = "standard");
    staged_parser_add_argument(parser, "word");
    char word[] = "abc";
    char *argv[] = {word};
    staged_namespace *ns = NULL;
    assert_int_equal(staged_parser_parse(parser, 1, argv, &ns), STAGED_OK);
    staged_parser_free(parser);
    word[0] = 'X';
    assert_value(ns, "text", "'standard'");
    assert_value(ns, "word", "'abc'");
    staged_namespace_free(ns);
}

static void test_no_words(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_namespace *ns = NULL;
    assert_int_equal(staged_parser_parse(parser, 0, NULL, &ns), STAGED_OK);
    staged_namespace_free(ns);
    assert_int_equal(staged_parser_parse(parser, -1, NULL, &ns), STAGED_OK);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* ---- Words that nothing takes ---- */

static void assert_unknown(const staged_namespace *ns, const char *const *words)
{
    const char *const *unknown = staged_namespace_unknown(ns);
    size_t i = 0;
    for (; words[i] != NULL && unknown[i] != NULL; i++)
        assert_string_equal(unknown[i], words[i]);
    assert_null(words[i]);
    assert_null(unknown[i]);
}

static void test_unknown_words_are_kept(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_set_keep_unknown(parser, true);
    staged_parser_add_argument(parser, "--jobs", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "target", .nargs = STAGED_NARGS_OPTIONAL);
    staged_namespace *ns = assert_parsed(
        parser, STAGED_TEXTS("-x", "all", "--jo", "2", "more", "--deep=1", "--", "-y"));
    assert_value(ns, "jobs", "2");
    assert_value(ns, "target", "'all'");
    assert_unknown(ns, STAGED_TEXTS("-x", "more", "--deep=1", "--", "-y"));
    staged_namespace_free(ns);
    ns = assert_parsed(parser, STAGED_TEXTS("--jobs", "1"));
    assert_unknown(ns, NOTHING);
    staged_namespace_free(ns);
    assert_unknown(NULL, NOTHING);
    /* What is wrong stays wrong. */
    assert_refused(parser, STAGED_TEXTS("--jobs", "x", "-y"),
                   "argument --jobs: invalid int value: 'x'\n");
    staged_parser_set_keep_unknown(parser, false);
    assert_refused(parser, STAGED_TEXTS("a", "-y"), "unrecognized arguments: -y\n");
    staged_parser_free(parser);
    staged_parser_set_keep_unknown(NULL, true);
}

/* Those of the outer parser come first. */
static void test_unknown_words_of_commands(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .keep_unknown = STAGED_YES));
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *run = staged_commands_add(commands, NULL, "run");
    staged_parser_add_argument(run, "--fast", .action = STAGED_ARG_STORE_TRUE);
    staged_namespace *ns =
        assert_parsed(parser, STAGED_TEXTS("-a", "run", "-b", "--fast", "c", "-d"));
    assert_value(ns, "fast", "True");
    assert_unknown(ns, STAGED_TEXTS("-a", "-b", "c", "-d"));
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* ---- Positionals between options ---- */

static staged_parser *intermixed_parser(void)
{
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .intermixed = STAGED_YES));
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "--name", .required = true);
    staged_parser_add_argument(parser, "command");
    staged_parser_add_argument(parser, "rest", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .type = STAGED_ARG_INT);
    return parser;
}

static void test_intermixed(void **state)
{
    (void)state;
    staged_parser *parser = intermixed_parser();
    staged_namespace *ns =
        assert_parsed(parser, STAGED_TEXTS("do", "1", "--flag", "2", "--name", "n", "3"));
    assert_value(ns, "command", "'do'");
    assert_value(ns, "rest", "[1, 2, 3]");
    assert_value(ns, "flag", "True");
    staged_namespace_free(ns);
    /* Without it, what comes after the option is left over. */
    staged_parser_set_intermixed(parser, false);
    assert_refused(parser, STAGED_TEXTS("do", "1", "--flag", "2", "--name", "n", "3"),
                   "unrecognized arguments: 2 3\n");
    staged_parser_free(parser);
    staged_parser_set_intermixed(NULL, true);
}

static void test_mistakes_in_intermixed_words(void **state)
{
    (void)state;
    staged_parser *parser = intermixed_parser();
    staged_namespace *ns = NULL;
    assert_int_equal(parse(parser, STAGED_TEXTS("do"), &ns), STAGED_BAD_INPUT);
    assert_string_equal(staged_parser_error(parser),
                        "usage: prog [--flag] --name NAME command [rest ...]\n"
                        "prog: error: the following arguments are required: --name\n");
    assert_refused(parser, STAGED_TEXTS("--name", "n"),
                   "the following arguments are required: command\n");
    assert_refused(parser, STAGED_TEXTS("do", "--name", "n", "x"),
                   "argument rest: invalid int value: 'x'\n");
    assert_refused(parser, STAGED_TEXTS("--other", "do", "--name", "n"),
                   "unrecognized arguments: --other\n");
    staged_parser_set_keep_unknown(parser, true);
    ns = assert_parsed(parser, STAGED_TEXTS("--other", "do", "--name", "n", "--", "-5"));
    assert_value(ns, "rest", "[-5]");
    assert_unknown(ns, STAGED_TEXTS("--other"));
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_sets_in_intermixed_words(void **state)
{
    (void)state;
    staged_parser *parser = intermixed_parser();
    staged_argument_group *set = staged_parser_add_exclusive(parser, true);
    staged_argument_group_add_argument(set, "-a", .action = STAGED_ARG_STORE_TRUE);
    staged_argument_group_add_argument(set, "-b", .action = STAGED_ARG_STORE_TRUE);
    assert_refused(parser, STAGED_TEXTS("do", "--name", "n"),
                   "one of the arguments -a -b is required\n");
    assert_refused(parser, STAGED_TEXTS("do", "-a", "--name", "n", "-b"),
                   "argument -b: not allowed with argument -a\n");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("do", "-a", "1", "--name", "n"));
    assert_value(ns, "rest", "[1]");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    staged_namespace *ns = NULL;
    staged_status status =
        parse(context, STAGED_TEXTS("-abn", "x", "-oF", "1", "2", "3", "--", "-4"), &ns);
    assert_true((ns != NULL) == (status == STAGED_OK));
    staged_namespace_free(ns);
    if (status != STAGED_OK) {
        assert_string_not_equal(staged_parser_error(context), "");
        return status;
    }
    status = parse(context, STAGED_TEXTS("1", "--unknown", "-z"), &ns);
    assert_null(ns);
    if (status == STAGED_BAD_INPUT)
        assert_non_null(strstr(staged_parser_error(context), "arguments: --unknown -z\n"));
    return status == STAGED_BAD_INPUT ? STAGED_OK : status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = letters();
    assert_in_range(torture(use, parser), 15, 200);
    staged_parser_free(parser);
}

static staged_status use_twice(void *context)
{
    staged_namespace *ns = NULL;
    const staged_status status =
        parse(context, STAGED_TEXTS("do", "-x", "1", "--name", "n", "2"), &ns);
    assert_true((ns != NULL) == (status == STAGED_OK));
    staged_namespace_free(ns);
    return status;
}

static void test_intermixed_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = intermixed_parser();
    staged_parser_set_keep_unknown(parser, true);
    assert_in_range(torture(use_twice, parser), 10, 200);
    staged_parser_free(parser);
}

TEST_GROUP(parse)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_and_positionals),
        cmocka_unit_test(test_joined_letters),
        cmocka_unit_test(test_end_of_options),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_ambiguous_option),
        cmocka_unit_test(test_required_arguments),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_too_few_words),
        cmocka_unit_test(test_negative_numbers),
        cmocka_unit_test(test_extras_of_commands),
        cmocka_unit_test(test_parser_is_used_again),
        cmocka_unit_test(test_namespace_outlives_the_parser),
        cmocka_unit_test(test_no_words),
        cmocka_unit_test(test_unknown_words_are_kept),
        cmocka_unit_test(test_unknown_words_of_commands),
        cmocka_unit_test(test_intermixed),
        cmocka_unit_test(test_mistakes_in_intermixed_words),
        cmocka_unit_test(test_sets_in_intermixed_words),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_intermixed_out_of_memory),
    };
    return cmocka_run_group_tests_name("args parse", tests, NULL, NULL);
}
