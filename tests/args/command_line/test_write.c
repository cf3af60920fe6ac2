/* SPDX-License-Identifier: BSD-3-Clause */
#include "lines.h"

static void test_flags(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-l --long");
    staged_parser_add_argument(parser, "-s");
    staged_parser_add_argument(parser, "-on --of --off", .action = STAGED_ARG_STORE_FALSE);
    staged_parser_add_argument(parser, "-v --verbose", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "--quiet", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "--cache", .action = STAGED_ARG_BOOLEAN);
    staged_parser_add_argument(parser, "--seven", .action = STAGED_ARG_STORE_CONST,
                               .const_text = "7");
    assert_line(parser, STAGED_TEXTS("-lx", "-s", "y"), "--long x -s y");
    assert_line(parser, STAGED_TEXTS("-on"), "--of");
    assert_line(parser, STAGED_TEXTS("--verbose", "-vv"), "-vvv");
    assert_line(parser, STAGED_TEXTS("--quiet", "--quiet"), "--quiet --quiet");
    assert_line(parser, STAGED_TEXTS("--cache"), "--cache");
    assert_line(parser, STAGED_TEXTS("--no-cache"), "--no-cache");
    assert_line(parser, STAGED_TEXTS("--seven"), "--seven");
    assert_line(parser, NOTHING, "");
    staged_parser_free(parser);
}

/* "-vv" is a flag of its own here. */
static void test_count_with_another_flag(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-v", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "-vv", .dest = "other", .action = STAGED_ARG_STORE_TRUE);
    assert_line(parser, STAGED_TEXTS("-v", "-v"), "-v -v");
    assert_line(parser, STAGED_TEXTS("-vv"), "-vv");
    staged_parser_free(parser);
}

static void test_values(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--int", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "--float", .type = STAGED_ARG_FLOAT, .default_text = "2");
    staged_parser_add_argument(parser, "--path", .type = STAGED_ARG_PATH);
    staged_parser_add_argument(parser, "--pair", .nargs = 2);
    staged_parser_add_argument(parser, "--maybe", .nargs = STAGED_NARGS_OPTIONAL,
                               .const_text = "C");
    staged_parser_add_argument(parser, "--hidden", .help = STAGED_ARG_SUPPRESS,
                               .default_text = "h");
    assert_line(parser, NOTHING, "--float 2.0");
    assert_line(parser, STAGED_TEXTS("--int", "007", "--float=1e3"), "--int 7 --float 1000.0");
    assert_line(parser, STAGED_TEXTS("--int", "-7", "--float=-.5"), "--int -7 --float -0.5");
    assert_line(parser, STAGED_TEXTS("--path", "a//b/"), "--float 2.0 --path a/b");
    assert_line(parser, STAGED_TEXTS("--pair", "", "a b"), "--float 2.0 --pair '' 'a b'");
    assert_line(parser, STAGED_TEXTS("--maybe"), "--float 2.0 --maybe C");
    assert_line(parser, STAGED_TEXTS("--hidden", "x"), "--float 2.0 --hidden x");
    staged_parser_free(parser);
}

static void test_words_like_options(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--text");
    staged_parser_add_argument(parser, "-o");
    staged_parser_add_argument(parser, "--list", .nargs = STAGED_NARGS_ONE_OR_MORE);
    assert_line(parser, STAGED_TEXTS("--text=-x"), "--text=-x");
    assert_line(parser, STAGED_TEXTS("--text=--text"), "--text=--text");
    assert_line(parser, STAGED_TEXTS("--text=-1"), "--text -1");
    assert_line(parser, STAGED_TEXTS("--text=-"), "--text -");
    assert_line(parser, STAGED_TEXTS("--text=-x y"), "--text '-x y'");
    assert_line(parser, STAGED_TEXTS("-o=-x"), "-o=-x");
    assert_line(parser, STAGED_TEXTS("--list=-x"), "--list=-x");
    staged_parser_free(parser);
}

static void test_defaults_that_are_text(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--suppressed", .default_text = STAGED_ARG_SUPPRESS);
    staged_parser_add_argument(parser, "--needed", .required = true, .default_text = "n");
    staged_parser_add_argument(parser, "pos", .nargs = STAGED_NARGS_OPTIONAL, .default_text = "p");
    assert_line(parser, STAGED_TEXTS("--needed", "n"), "--needed n p");
    assert_line(parser, STAGED_TEXTS("--needed", "x", "--suppressed", "s", "q"),
                "--suppressed s --needed x q");
    staged_parser_free(parser);
}

/* A value keeps the word that the author's function read. */
static staged_status read_length(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    return staged_conversion_set(conversion, staged_value_int((int64_t)strlen(text)));
}

static void test_type_of_the_author(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--length", .convert = read_length);
    staged_parser_add_argument(parser, "lengths", .convert = read_length,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE);
    assert_line(parser, STAGED_TEXTS("--length", "abc", "a", "bcd"), "--length abc a bcd");
    staged_parser_free(parser);
}

/* ---- Actions of the author's ---- */

/* Keeps how many letters all words have: nothing that could be written as words again. */
static staged_status count_letters(staged_occurrence *occurrence, void *context)
{
    (void)context;
    staged_namespace *ns = staged_occurrence_namespace(occurrence);
    const staged_value *value = staged_occurrence_value(occurrence);
    const bool list = value->kind == STAGED_VALUE_LIST;
    int64_t letters = staged_namespace_int(ns, "letters");
    for (size_t i = 0; i < (list ? value->count : 1); i++) {
        const staged_value *word = list ? &value->as.items[i] : value;
        letters += word->kind == STAGED_VALUE_TEXT ? (int64_t)strlen(word->as.text) : 0;
    }
    return staged_namespace_set(ns, "letters", staged_value_int(letters));
}

static staged_parser *counting_parser(void)
{
    staged_parser *parser = bare_parser();
    staged_parser_set_default(parser, "letters", staged_value_int(0));
    staged_argument_group *set = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(set, "-c --count", .act = count_letters);
    staged_argument_group_add_argument(set, "--cache", .action = STAGED_ARG_BOOLEAN,
                                       .act = count_letters);
    staged_parser_add_argument(parser, "-m --many", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .act = count_letters);
    staged_parser_add_argument(parser, "--plain", .default_text = "p");
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .act = count_letters);
    return parser;
}

static void test_words_are_shown_as_given(void **state)
{
    (void)state;
    staged_parser *parser = counting_parser();
    assert_line(parser, NOTHING, "--plain p");
    assert_line(parser, STAGED_TEXTS("-c", "two words", "--count", ""),
                "-c 'two words' --count '' --plain p");
    assert_line(parser, STAGED_TEXTS("-c=-x"), "-c=-x --plain p");
    assert_line(parser, STAGED_TEXTS("--no-cache", "--cache", "--no-cache"),
                "--no-cache --cache --no-cache --plain p");
    staged_parser_free(parser);
}

static void test_positionals(void **state)
{
    (void)state;
    staged_parser *parser = counting_parser();
    assert_line(parser, STAGED_TEXTS("a", "b"), "--plain p a b");
    assert_line(parser, STAGED_TEXTS("--", "-a", "b"), "--plain p -- -a b");
    assert_line(parser, STAGED_TEXTS("w", "--", "-a", "--", "b"), "--plain p -- w -a -- b");
    assert_line(parser, STAGED_TEXTS("w", "-m", "a", "b", "-m", "c"), "-m a b -m c --plain p w");
    staged_parser_free(parser);
}

static void test_without_memory(void **state)
{
    (void)state;
    staged_parser *parser = counting_parser();
    torture_line(parser, STAGED_TEXTS("-c=-x", "-m", "a", "b", "--plain", "q", "w", "--", "-x"), 5);
    staged_parser_free(parser);
}

/* What the program set is shown in place of what was given; what it left alone, as it was given. */
static void test_values_of_the_program(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-j --jobs", .type = STAGED_ARG_INT, .default_text = "2");
    staged_parser_add_argument(parser, "--text");
    staged_parser_add_argument(parser, "--tag", .action = STAGED_ARG_APPEND,
                               .default_list = STAGED_TEXTS("base"));
    staged_parser_add_argument(parser, "--word", .action = STAGED_ARG_EXTEND,
                               .nargs = STAGED_NARGS_ONE_OR_MORE);
    staged_parser_add_argument(parser, "file", .nargs = STAGED_NARGS_OPTIONAL);
    staged_namespace *ns =
        assert_parsed(parser, STAGED_TEXTS("-j", "007", "--text=-x", "--tag", "a", "f"));
    assert_text(staged_parser_command_line(parser, ns, -1), "prog --jobs 007 --text=-x --tag a f");
    assert_int_equal(staged_namespace_set(ns, "jobs", staged_value_int(3)), STAGED_OK);
    assert_int_equal(staged_namespace_set_list(ns, "tag", STAGED_TEXTS("base", "b", "-c")),
                     STAGED_OK);
    assert_int_equal(staged_namespace_set_list(ns, "word", STAGED_TEXTS("x", "y z")), STAGED_OK);
    assert_text(staged_parser_command_line(parser, ns, -1),
                "prog --jobs 3 --text=-x --tag b --tag=-c --word x 'y z' -- f");
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

/* Where the order of declaration does not read back, the words stay as they were typed. */
static void test_words_as_typed(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "-b", .action = STAGED_ARG_APPEND);
    staged_parser_add_argument(parser, "-a", .action = STAGED_ARG_APPEND, .dest = "b");
    staged_parser_add_argument(parser, "--text", .default_text = "t");
    assert_line(parser, STAGED_TEXTS("-b", "2"), "-b 2 --text t");
    assert_line(parser, STAGED_TEXTS("-b", "2", "-a1"), "-b 2 -a 1 --text t");
    assert_line(parser, STAGED_TEXTS("-a1", "-b", "2"), "-a1 -b 2");
    staged_parser_free(parser);
}

/* Which parser read the words does not matter, nor whether it is still there. */
static void test_another_parser(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--text");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("--text=-x"));
    staged_parser_free(parser);
    parser = bare_parser();
    staged_parser_add_argument(parser, "-t --text");
    assert_text(staged_parser_command_line(parser, ns, -1), "prog --text=-x");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = bare_parser();
    staged_parser_add_argument(parser, "--int", .type = STAGED_ARG_INT);
    staged_parser_add_argument(parser, "-v", .action = STAGED_ARG_COUNT);
    staged_parser_add_argument(parser, "--pair", .nargs = 2, .type = STAGED_ARG_PATH);
    staged_parser_add_argument(parser, "--text");
    torture_line(parser, STAGED_TEXTS("--int", "3", "-vvv", "--pair", "a", "b", "--text=--text"),
                 8);
    staged_parser_free(parser);
}

TEST_GROUP(write)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_count_with_another_flag),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_words_like_options),
        cmocka_unit_test(test_defaults_that_are_text),
        cmocka_unit_test(test_type_of_the_author),
        cmocka_unit_test(test_words_are_shown_as_given),
        cmocka_unit_test(test_positionals),
        cmocka_unit_test(test_without_memory),
        cmocka_unit_test(test_values_of_the_program),
        cmocka_unit_test(test_words_as_typed),
        cmocka_unit_test(test_another_parser),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args write", tests, NULL, NULL);
}
