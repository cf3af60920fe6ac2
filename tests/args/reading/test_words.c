/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/words.h"

#include "parsing.h"

/* What a word is: "plain", "ambiguous: names", or the argument's destination ("?" when there is
 * none) and the flag, with "=WORD" or, where that follows without an equals sign, "+WORD". */
static void describe(const staged_parser *parser, const char *word, stg_buf *out)
{
    stg_sorted_flags sorted = {0};
    stg_option option = {0};
    const stg_word_kind kind = stg_classify_word(parser, &sorted, word, &option);
    if (kind == STG_WORD_PLAIN) {
        stg_buf_add_text(out, "plain");
    } else if (kind == STG_WORD_NO_MEMORY) {
        stg_buf_add_text(out, "no memory");
    } else if (option.ambiguous) {
        assert_null(option.argument);
        stg_buf_add_text(out, "ambiguous: ");
        stg_add_matches(out, parser, word);
    } else {
        stg_buf_addf(out, "%s %s", option.argument == NULL ? "?" : option.argument->dest,
                     option.flag);
        if (option.explicit_word != NULL)
            stg_buf_addf(out, "%c%s", option.equals ? '=' : '+', option.explicit_word);
    }
    free(sorted.flags);
}

static void assert_word(const staged_parser *parser, const char *word, const char *expected)
{
    stg_buf out = {0};
    describe(parser, word, &out);
    assert_added(&out, expected);
}

static staged_parser *new_parser(const staged_parser_options *options)
{
    staged_parser *parser = staged_parser_new(options);
    staged_parser_add_argument(parser, "--verbose");
    staged_parser_add_argument(parser, "--version");
    staged_parser_add_argument(parser, "-o --output");
    staged_parser_add_argument(parser, "-of", .dest = "of");
    staged_parser_add_argument(parser, "--with=equals", .dest = "equals");
    return parser;
}

static void test_words(void **state)
{
    (void)state;
    staged_parser *parser =
        new_parser(STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO));
    assert_word(parser, "", "plain");
    assert_word(parser, "word", "plain");
    assert_word(parser, "-", "plain");
    assert_word(parser, "--verbose", "verbose --verbose");
    assert_word(parser, "--verbose=", "verbose --verbose=");
    assert_word(parser, "--verbose=a=b", "verbose --verbose=a=b");
    assert_word(parser, "--with=equals", "equals --with=equals");
    /* The flag ends at the first "=": this is an abbreviation, as argparse has it. */
    assert_word(parser, "--with=equals=x", "equals --with=equals=equals=x");
    assert_word(parser, "--nothing", "? --nothing");
    assert_word(parser, "-x", "? -x");
    assert_word(parser, "--nothing here", "plain");
    assert_word(parser, "-1", "plain");
    assert_word(parser, "-.5", "plain");
    assert_word(parser, "-1x", "plain");
    assert_word(parser, "-1e5", "plain");
    assert_word(parser, "-1_000", "plain");
    assert_word(parser, "-.5.5", "plain");
    assert_word(parser, "-..5", "? -..5");
    assert_word(parser, "-e5", "? -e5");
    staged_parser_free(parser);
}

static void test_abbreviations(void **state)
{
    (void)state;
    staged_parser *parser =
        new_parser(STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO));
    assert_word(parser, "--verb", "verbose --verbose");
    assert_word(parser, "--verb=x", "verbose --verbose=x");
    assert_word(parser, "--ver", "ambiguous: --verbose, --version");
    assert_word(parser, "--ver=x", "ambiguous: --verbose, --version");
    assert_word(parser, "--verbosely", "? --verbosely");
    assert_word(parser, "--", "ambiguous: --verbose, --version, --output, --with=equals");
    staged_parser_free(parser);

    parser = new_parser(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .allow_abbrev = STAGED_NO));
    assert_word(parser, "--verb", "? --verb");
    assert_word(parser, "--verbose=x", "verbose --verbose=x");
    assert_word(parser, "-oFILE", "output -o+FILE");
    assert_word(parser, "-outp", "output -o+utp");
    staged_parser_free(parser);
}

static void test_joined_words(void **state)
{
    (void)state;
    staged_parser *parser =
        new_parser(STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO));
    assert_word(parser, "-oFILE", "output -o+FILE");
    assert_word(parser, "-o=FILE", "output -o=FILE");
    assert_word(parser, "-of", "of -of");
    assert_word(parser, "-off", "output -o+ff");
    staged_parser_add_argument(parser, "-offer", .dest = "offer");
    assert_word(parser, "-off", "ambiguous: -o, -offer");
    assert_word(parser, "-offe=x", "ambiguous: -o, -offer");
    /* A flag of one dash is abbreviated like others, also before an equals sign. */
    staged_parser_add_argument(parser, "-name", .dest = "name");
    assert_word(parser, "-na", "name -name");
    assert_word(parser, "-na=x", "name -name=x");
    staged_parser_free(parser);
}

static void test_negative_numbers_among_flags(void **state)
{
    (void)state;
    staged_parser *parser =
        new_parser(STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO));
    staged_parser_add_argument(parser, "-1", .dest = "one");
    assert_word(parser, "-1", "one -1");
    assert_word(parser, "-2", "? -2");
    staged_parser_free(parser);
}

static void test_other_prefixes(void **state)
{
    (void)state;
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .add_help = STAGED_NO, .prefix_chars = "+\xc3\xa9"));
    staged_parser_add_argument(parser, "+x ++extra");
    staged_parser_add_argument(parser, "\xc3\xa9y", .dest = "y");
    assert_word(parser, "-x", "plain");
    assert_word(parser, "+x", "extra +x");
    assert_word(parser, "++ex=1", "extra ++extra=1");
    assert_word(parser, "\xc3\xa9y", "y \xc3\xa9y");
    assert_word(parser, "\xc3\xa9ywords", "y \xc3\xa9y+words");
    assert_word(parser, "\xc3\xa8y", "plain");
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    stg_sorted_flags sorted = {0};
    stg_option option;
    stg_buf names = {0};
    stg_word_kind kind = stg_classify_word(context, &sorted, "--v", &option);
    if (kind != STG_WORD_NO_MEMORY) {
        assert_true(option.ambiguous);
        stg_add_matches(&names, context, "--v");
        kind = stg_classify_word(context, &sorted, "-oFILE", &option);
    }
    const bool no_memory = kind == STG_WORD_NO_MEMORY || stg_buf_status(&names) != STAGED_OK;
    stg_buf_free(&names);
    free(sorted.flags);
    return no_memory ? STAGED_NO_MEMORY : STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_parser *parser = new_parser(NULL);
    assert_in_range(torture(use, parser), 3, 12);
    staged_parser_free(parser);
}

TEST_GROUP(words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),          cmocka_unit_test(test_abbreviations),
        cmocka_unit_test(test_joined_words),   cmocka_unit_test(test_negative_numbers_among_flags),
        cmocka_unit_test(test_other_prefixes), cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args words", tests, NULL, NULL);
}
