/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/command_line/unparse.h"

#include "lines.h"
#include "parsing.h"

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

TEST_GROUP(unparse_given)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_are_shown_as_given),
        cmocka_unit_test(test_positionals),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests_name("args unparse_given", tests, NULL, NULL);
}
