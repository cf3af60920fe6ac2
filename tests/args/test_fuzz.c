/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Any parser, any command line: never a crash, never a leak, always a namespace or a text. */
#include "args/model/parser.h"
#include "base/text/buf.h"
#include "random_parser.h"
#include "support.h"

enum { PARSERS = 3000, LINES = 4 };

static void assert_text(const char *text)
{
    assert_non_null(text);
    assert_true(strlen(text) > 0);
    assert_int_equal(text[strlen(text) - 1], '\n');
}

static void use_namespace(const staged_parser *parser, staged_namespace *ns)
{
    const staged_status reads_back = staged_parser_reads_back(parser, ns);
    assert_true(reads_back == STAGED_OK || reads_back == STAGED_BAD_INPUT);
    char *line = staged_parser_command_line(parser, ns, 2);
    assert_non_null(line);
    assert_int_equal(strncmp(line, "prog", 4), 0);
    free(line);
    const char *name;
    for (size_t i = 0; (name = staged_namespace_name(ns, i)) != NULL; i++) {
        (void)staged_namespace_text(ns, name);
        (void)staged_namespace_int(ns, name);
        (void)staged_namespace_float(ns, name);
        (void)staged_namespace_bool(ns, name);
        const char *const *list = staged_namespace_list(ns, name);
        size_t count = 0;
        while (list[count] != NULL)
            count++;
        assert_int_equal(count, staged_namespace_count(ns, name));
    }
    const staged_status status = staged_namespace_status(ns);
    assert_true(status == STAGED_OK || status == STAGED_BAD_USE);
}

static void run_line(random_source *source, staged_parser *parser)
{
    word_list words = {0};
    if (random_one_in(source, 4)) {
        for (uint32_t left = random_below(source, 12); left > 0; left--)
            word_list_add(&words, random_word(source));
    } else {
        random_words(source, parser, &words);
    }
    staged_namespace *ns = NULL;
    const staged_status status = staged_parser_parse(parser, (int)words.count, words.items, &ns);
    switch (status) {
    case STAGED_OK:
        use_namespace(parser, ns);
        break;
    case STAGED_EXIT:
        assert_text(staged_parser_output(parser));
        assert_null(ns);
        break;
    default:
        assert_true(status == STAGED_BAD_INPUT || status == STAGED_BAD_USE);
        assert_text(staged_parser_error(parser));
        assert_null(ns);
    }
    staged_namespace_free(ns);
    word_list_free(&words);
}

static void write_texts(random_source *source, const staged_parser *parser)
{
    char *texts[] = {staged_parser_help(parser, (int)random_below(source, 120) + 1),
                     staged_parser_usage(parser, (int)random_below(source, 120) + 1),
                     staged_parser_man_page(parser),
                     staged_parser_completion(parser, "bash"),
                     staged_parser_completion(parser, "zsh"),
                     staged_parser_completion(parser, "fish")};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_text(texts[i]);
        free(texts[i]);
    }
}

static void test_any_parser_and_any_words(void **state)
{
    (void)state;
    setenv("COLUMNS", "80", 1);
    for (uint64_t seed = 1; seed <= PARSERS; seed++) {
        random_source source = {seed * 1000003};
        staged_parser *parser = random_parser(&source, seed % 3 == 0 ? RANDOM_SANE : RANDOM_WILD);
        assert_non_null(parser);
        for (int i = 0; i < LINES; i++)
            run_line(&source, parser);
        if (seed % 8 == 0)
            write_texts(&source, parser);
        staged_parser_free(parser);
    }
}

/* A copy of all its arguments is as good as the parser, and needs it no more. */
static void test_any_parent(void **state)
{
    (void)state;
    setenv("COLUMNS", "80", 1);
    for (uint64_t seed = 1; seed <= PARSERS / 4; seed++) {
        random_source source = {seed * 1000033};
        staged_parser *parent = random_parser(&source, RANDOM_WILD);
        staged_parser *parser = staged_parser_new(
            STAGED_OPTIONS(staged_parser_options, .prog = "prog",
                           .add_help = random_one_in(&source, 2) ? STAGED_YES : STAGED_NO,
                           .prefix_chars = parent->prefix_chars, .replace_flags = STAGED_YES));
        stg_parser_permit(parser);
        staged_parser_add_parent(parser, parent);
        if (random_one_in(&source, 2))
            staged_parser_add_parent(parser, parent);
        staged_parser_free(parent);
        for (int i = 0; i < LINES; i++)
            run_line(&source, parser);
        if (seed % 8 == 0)
            write_texts(&source, parser);
        staged_parser_free(parser);
    }
}

TEST_GROUP(fuzz)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_parser_and_any_words),
        cmocka_unit_test(test_any_parent),
    };
    return cmocka_run_group_tests_name("args fuzz", tests, NULL, NULL);
}
