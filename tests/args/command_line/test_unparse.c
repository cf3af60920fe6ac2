/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/command_line/unparse.h"

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
static void test_count_beside_another_flag(void **state)
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

/* ---- The questions that others ask ---- */

typedef struct asking {
    staged_parser *parser;
    staged_namespace *ns;
    stg_arena arena;
    stg_unparse u;
} asking;

static void ask(asking *a)
{
    *a = (asking){.parser = bare_parser(), .ns = stg_namespace_new()};
    a->u = (stg_unparse){.parser = a->parser, .ns = a->ns, .arena = &a->arena, .depth = 1};
}

static void stop_asking(asking *a)
{
    assert_false(a->u.failed);
    free(a->u.sorted.flags);
    free(a->u.items.items);
    stg_arena_free(&a->arena);
    staged_namespace_free(a->ns);
    staged_parser_free(a->parser);
}

static void test_letters(void **state)
{
    (void)state;
    asking a;
    ask(&a);
    staged_parser_add_argument(a.parser, "--one");
    staged_parser_add_argument(a.parser, "--once");
    assert_int_equal(stg_letter_of(&a.u, "word"), 'A');
    assert_int_equal(stg_letter_of(&a.u, "-1"), 'A');
    assert_int_equal(stg_letter_of(&a.u, "-x y"), 'A');
    assert_int_equal(stg_letter_of(&a.u, "-x"), 'O');
    assert_int_equal(stg_letter_of(&a.u, "--one=x"), 'O');
    assert_int_equal(stg_letter_of(&a.u, "--on"), 'O');
    assert_int_equal(stg_letter_of(&a.u, "--"), '-');
    assert_false(stg_looks_like_option(&a.u, ""));
    assert_true(stg_looks_like_option(&a.u, "--"));
    assert_true(stg_looks_like_option(&a.u, "--on"));
    stop_asking(&a);
}

static void test_what_words_can_say(void **state)
{
    (void)state;
    asking a;
    ask(&a);
    const staged_argument *integer =
        staged_parser_add_argument(a.parser, "--int", .type = STAGED_ARG_INT);
    const staged_argument *choice =
        staged_parser_add_argument(a.parser, "--choice", .choices = STAGED_TEXTS("x"));
    const staged_argument *pair = staged_parser_add_argument(a.parser, "--pair", .nargs = 2);
    const staged_argument *some =
        staged_parser_add_argument(a.parser, "--some", .nargs = STAGED_NARGS_ONE_OR_MORE);
    const staged_argument *word = staged_parser_add_argument(a.parser, "word");
    const staged_value seven = staged_value_int(7);
    const staged_value half = staged_value_float(0.5);
    const staged_value x = staged_value_text("x");
    const staged_value y = staged_value_text("y");
    const staged_value dashes = staged_value_text("--");
    const staged_value two[] = {x, y};
    const staged_value options[] = {x, staged_value_text("--int")};
    const staged_value list = staged_value_list(two, 2);
    const staged_value one = staged_value_list(two, 1);
    const staged_value like_options = staged_value_list(options, 2);
    const staged_value more[] = {dashes, x};
    const staged_value with_dashes = staged_value_list(more, 2);
    const staged_value only_dashes = staged_value_list(more, 1);
    assert_true(stg_can_say(&a.u, integer, &seven));
    assert_false(stg_can_say(&a.u, integer, &half));
    assert_false(stg_can_say(&a.u, integer, &x));
    assert_true(stg_can_say(&a.u, choice, &x));
    assert_false(stg_can_say(&a.u, choice, &y));
    assert_false(stg_can_say(&a.u, choice, &seven));
    assert_false(stg_can_say(&a.u, choice, &one));
    assert_true(stg_can_say(&a.u, pair, &list));
    assert_false(stg_can_say(&a.u, pair, &one));
    assert_false(stg_can_say(&a.u, pair, &x));
    /* A number of words is taken whatever they look like; any number is ended by an option. */
    assert_true(stg_can_say(&a.u, pair, &like_options));
    assert_false(stg_can_say(&a.u, some, &like_options));
    assert_true(stg_can_say(&a.u, some, &only_dashes));
    assert_false(stg_can_say(&a.u, pair, &with_dashes));
    assert_true(stg_can_say(&a.u, word, &dashes));
    stop_asking(&a);
}

static void test_constants_and_defaults(void **state)
{
    (void)state;
    asking a;
    ask(&a);
    const staged_argument *maybe = staged_parser_add_argument(
        a.parser, "--maybe", .nargs = STAGED_NARGS_OPTIONAL, .const_text = "C",
        .default_value = staged_value_text("7"), .type = STAGED_ARG_TEXT);
    const staged_argument *number = staged_parser_add_argument(
        a.parser, "--number", .type = STAGED_ARG_INT, .default_value = staged_value_text("7"));
    const staged_argument *needed =
        staged_parser_add_argument(a.parser, "--needed", .required = true, .default_text = "C");
    const staged_argument *left_out =
        staged_parser_add_argument(a.parser, "--left-out", .default_text = STAGED_ARG_SUPPRESS);
    const staged_value constant = staged_value_text("C");
    const staged_value seven = staged_value_int(7);
    const staged_value text = staged_value_text("7");
    const staged_value suppress = staged_value_text(STAGED_ARG_SUPPRESS);
    assert_true(stg_is_constant(&a.u, maybe, &constant));
    const staged_argument *read =
        staged_parser_add_argument(a.parser, "--read", .nargs = STAGED_NARGS_OPTIONAL,
                                   .type = STAGED_ARG_INT, .const_value = staged_value_text("7"));
    assert_true(stg_is_constant(&a.u, read, &seven));
    assert_false(stg_is_constant(&a.u, maybe, &text));
    assert_false(stg_is_constant(&a.u, number, &constant));
    assert_true(stg_is_default(maybe, &text));
    assert_false(stg_is_default(maybe, &seven));
    assert_false(stg_is_default(left_out, &suppress));
    /* Text is read with the type. */
    assert_true(stg_comes_by_itself(&a.u, number, &seven));
    assert_true(stg_comes_by_itself(&a.u, maybe, &text));
    assert_false(stg_comes_by_itself(&a.u, maybe, &constant));
    assert_false(stg_comes_by_itself(&a.u, needed, &constant));
    assert_string_equal(stg_word_of(&a.u, &seven), "7");
    assert_ptr_equal(stg_word_of(&a.u, &constant), constant.as.text);
    staged_value given = staged_value_int(3);
    given.given = "three";
    assert_string_equal(stg_word_of(&a.u, &given), "three");
    stop_asking(&a);
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

TEST_GROUP(unparse)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_count_beside_another_flag),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_words_like_options),
        cmocka_unit_test(test_defaults_that_are_text),
        cmocka_unit_test(test_type_of_the_author),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_what_words_can_say),
        cmocka_unit_test(test_constants_and_defaults),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args unparse", tests, NULL, NULL);
}
