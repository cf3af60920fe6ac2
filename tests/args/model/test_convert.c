/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/convert.h"

#include "args/model/choices.h"
#include "parsing.h"

static void assert_converted(const staged_argument *argument, const char *word,
                             const char *expected)
{
    stg_arena arena = {0};
    stg_buf message = {0};
    stg_buf text = {0};
    staged_value value;
    assert_int_equal(stg_convert(argument, &arena, word, &value, &message), STAGED_OK);
    assert_int_equal(message.length, 0);
    stg_add_value_repr(&text, &value);
    assert_added(&text, expected);
    stg_arena_free(&arena);
}

static void assert_not_converted(const staged_argument *argument, const char *word,
                                 const char *reason)
{
    stg_arena arena = {0};
    stg_buf message = {0};
    staged_value value;
    assert_int_equal(stg_convert(argument, &arena, word, &value, &message), STAGED_BAD_INPUT);
    assert_added(&message, reason);
    stg_arena_free(&arena);
}

static void test_types(void **state)
{
    (void)state;
    const staged_argument text = {.type = STAGED_ARG_TEXT};
    const staged_argument string = {.type = STAGED_ARG_STR};
    const staged_argument integer = {.type = STAGED_ARG_INT};
    const staged_argument number = {.type = STAGED_ARG_FLOAT};
    const staged_argument path = {.type = STAGED_ARG_PATH};
    assert_converted(&text, "", "''");
    assert_converted(&text, "a b", "'a b'");
    assert_converted(&string, "7", "'7'");
    assert_converted(&integer, " 7 ", "7");
    assert_not_converted(&integer, "7.5", "invalid int value: '7.5'");
    assert_not_converted(&integer, "9223372036854775808",
                         "invalid int value: '9223372036854775808'");
    assert_converted(&number, "7", "7.0");
    assert_not_converted(&number, "it's", "invalid float value: \"it's\"");
    assert_converted(&path, "a//b/", "PosixPath('a/b')");
    assert_converted(&path, "", "PosixPath('.')");
}

/* Reads "YES" and "no", notes what it was handed. */
static staged_status read_answer(staged_conversion *conversion, const char *text, void *context)
{
    ++*(int *)context;
    if (strcmp(text, "silent") == 0)
        return STAGED_BAD_INPUT;
    if (strcmp(text, "nothing") == 0)
        return STAGED_OK;
    if (strcmp(text, "YES") != 0 && strcmp(text, "no") != 0)
        return staged_conversion_refuse(conversion, "'%s' is no answer", text);
    char copy[8];
    strcpy(copy, text);
    const staged_status status = staged_conversion_set(conversion, staged_value_text(copy));
    memset(copy, 'x', sizeof copy - 1);
    return status;
}

static void test_type_of_the_author(void **state)
{
    (void)state;
    int calls = 0;
    const staged_argument answer = {
        .convert = read_answer, .convert_context = &calls, .type_name = "answer"};
    const staged_argument nameless = {.convert = read_answer, .convert_context = &calls};
    assert_converted(&answer, "YES", "'YES'");
    assert_converted(&answer, "nothing", "None");
    assert_not_converted(&answer, "maybe", "'maybe' is no answer");
    assert_not_converted(&answer, "silent", "invalid answer value: 'silent'");
    assert_not_converted(&nameless, "silent", "invalid value value: 'silent'");
    assert_int_equal(calls, 5);
}

static staged_status read_number(staged_conversion *conversion, const char *text, void *context)
{
    (void)text;
    (void)context;
    return staged_conversion_set(conversion, staged_value_int(3));
}

static void test_word_is_kept(void **state)
{
    (void)state;
    const staged_argument argument = {.convert = read_number};
    char word[] = "three";
    stg_arena arena = {0};
    stg_buf message = {0};
    staged_value value;
    assert_int_equal(stg_convert(&argument, &arena, word, &value, &message), STAGED_OK);
    word[0] = 'X';
    assert_int_equal(value.as.integer, 3);
    assert_string_equal(value.given, "three");
    stg_arena_free(&arena);
}

static void assert_plain(const staged_argument *argument, const char *word, const char *expected)
{
    stg_arena arena = {0};
    stg_buf text = {0};
    staged_value value;
    const staged_status status = stg_convert_plainly(argument, &arena, word, &value);
    assert_int_equal(status, expected == NULL ? STAGED_BAD_INPUT : STAGED_OK);
    if (expected != NULL) {
        stg_add_value_repr(&text, &value);
        assert_added(&text, expected);
    }
    stg_arena_free(&arena);
}

static void test_plain_reading(void **state)
{
    (void)state;
    int calls = 0;
    const staged_argument own = {
        .convert = read_answer, .convert_context = &calls, .type = STAGED_ARG_INT};
    const staged_argument integer = {.type = STAGED_ARG_INT};
    const staged_argument count = {.action = STAGED_ARG_COUNT};
    const staged_argument flag = {.action = STAGED_ARG_STORE_TRUE};
    const staged_argument both = {.action = STAGED_ARG_BOOLEAN};
    assert_plain(&own, "maybe", "'maybe'");
    assert_int_equal(calls, 0);
    assert_plain(&integer, "3", "3");
    assert_plain(&integer, "x", NULL);
    assert_plain(&count, "3", "3");
    assert_plain(&count, "yes", NULL);
    static const char *const words[] = {"no", "YES", "False", "true", "off", "ON", "0", "1"};
    for (size_t i = 0; i < 8; i++)
        assert_plain(i < 4 ? &flag : &both, words[i], i % 2 == 1 ? "True" : "False");
    assert_plain(&flag, "2", NULL);
    assert_plain(&both, "", NULL);
}

/* Each word in turn, with its expected status. */
static staged_status use(void *context)
{
    (void)context;
    int calls = 0;
    const staged_value none = staged_value_list(NULL, 0);
    const staged_argument arguments[] = {
        {.type = STAGED_ARG_INT},
        {.type = STAGED_ARG_FLOAT},
        {.type = STAGED_ARG_PATH},
        {.type = STAGED_ARG_TEXT, .choices = &none},
        {.convert = read_answer, .convert_context = &calls},
        {.convert = read_answer, .convert_context = &calls},
    };
    static const char *const words[] = {"3", "x", "a/b", "t", "YES", "maybe"};
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < 6 && status != STAGED_NO_MEMORY; i++) {
        stg_arena arena = {0};
        stg_buf message = {0};
        staged_value value;
        status = stg_convert(&arguments[i], &arena, words[i], &value, &message);
        if (status == STAGED_OK)
            status = stg_check_choice(&arguments[i], &value, &message);
        if (status == STAGED_BAD_INPUT)
            assert_true(message.length > 0);
        stg_buf_free(&message);
        stg_arena_free(&arena);
    }
    return status == STAGED_NO_MEMORY ? status : STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 8, 40);
}

/* ---- Defaults that the author's function reads ---- */

static size_t calls;

static staged_status count_letters(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    calls++;
    if (strcmp(text, "bad") == 0)
        return staged_conversion_refuse(conversion, "not good");
    return staged_conversion_set(conversion, staged_value_int((int64_t)strlen(text)));
}

/* Parses, and compares what the function was called for: what is used, and once. */
static void assert_read(staged_parser *parser, const char *const *words, const char *expected,
                        size_t times, const char *line)
{
    calls = 0;
    staged_namespace *ns = assert_parsed(parser, words);
    assert_value(ns, "a", expected);
    assert_int_equal(calls, times);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    assert_text(staged_parser_command_line(parser, ns, -1), line);
    assert_int_equal(calls, times);
    staged_namespace_free(ns);
}

static staged_parser *lengths(staged_argument_options options)
{
    staged_parser *parser = bare_parser();
    options.convert = count_letters;
    assert_non_null(staged_parser_add_argument_with(parser, &options));
    return parser;
}

static void test_defaults_of_the_author(void **state)
{
    (void)state;
    staged_parser *parser = lengths((staged_argument_options){
        .size = sizeof(staged_argument_options), .flags = "-a", .default_text = "xyz"});
    assert_read(parser, NOTHING, "3", 1, "prog -a xyz");
    assert_read(parser, STAGED_TEXTS("-a", "x"), "1", 1, "prog -a x");
    staged_parser_free(parser);
    parser = lengths((staged_argument_options){.size = sizeof(staged_argument_options),
                                               .flags = "-a",
                                               .nargs = 2,
                                               .default_list = STAGED_TEXTS("x", "yy")});
    assert_read(parser, NOTHING, "[1, 2]", 2, "prog -a x yy");
    assert_read(parser, STAGED_TEXTS("-a", "xyz", ""), "[3, 0]", 2, "prog -a xyz ''");
    staged_parser_free(parser);
    parser = lengths((staged_argument_options){.size = sizeof(staged_argument_options),
                                               .flags = "-a",
                                               .action = STAGED_ARG_APPEND,
                                               .default_list = STAGED_TEXTS("x", "yy")});
    assert_read(parser, NOTHING, "[1, 2]", 2, "prog");
    assert_read(parser, STAGED_TEXTS("-a", "z", "-a", "zz"), "[1, 2, 1, 2]", 4, "prog -a z -a zz");
    staged_parser_free(parser);
    parser = lengths((staged_argument_options){.size = sizeof(staged_argument_options),
                                               .flags = "a",
                                               .nargs = STAGED_NARGS_ZERO_OR_MORE,
                                               .default_list = STAGED_TEXTS("x", "yy")});
    assert_read(parser, NOTHING, "[1, 2]", 2, "prog x yy");
    staged_parser_free(parser);
    parser = lengths((staged_argument_options){.size = sizeof(staged_argument_options),
                                               .flags = "-a",
                                               .nargs = STAGED_NARGS_OPTIONAL,
                                               .const_text = "xyz"});
    assert_read(parser, STAGED_TEXTS("-a"), "3", 1, "prog -a xyz");
    staged_parser_free(parser);
}

static void test_bad_defaults_of_the_author(void **state)
{
    (void)state;
    staged_parser *parser = lengths((staged_argument_options){
        .size = sizeof(staged_argument_options), .flags = "-a", .default_text = "bad"});
    assert_refused(parser, NOTHING, "argument -a: not good\n");
    staged_namespace_free(assert_parsed(parser, STAGED_TEXTS("-a", "x")));
    staged_parser_free(parser);
    parser = lengths((staged_argument_options){.size = sizeof(staged_argument_options),
                                               .flags = "-a",
                                               .nargs = 2,
                                               .default_list = STAGED_TEXTS("x", "bad")});
    assert_refused(parser, NOTHING, "argument -a: not good\n");
    staged_parser_free(parser);
}

/* What the program set is no word that the function has read. */
static void test_values_that_no_function_made(void **state)
{
    (void)state;
    staged_parser *parser =
        lengths((staged_argument_options){.size = sizeof(staged_argument_options), .flags = "-a"});
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("-a", "x"));
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_OK);
    assert_int_equal(staged_namespace_set(ns, "a", staged_value_text("x")), STAGED_OK);
    assert_int_equal(staged_parser_reads_back(parser, ns), STAGED_BAD_INPUT);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

TEST_GROUP(convert)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults_of_the_author),
        cmocka_unit_test(test_bad_defaults_of_the_author),
        cmocka_unit_test(test_values_that_no_function_made),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_type_of_the_author),
        cmocka_unit_test(test_word_is_kept),
        cmocka_unit_test(test_plain_reading),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args convert", tests, NULL, NULL);
}
