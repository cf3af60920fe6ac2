/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/parse.h"

#include <stdio.h>
#include <unistd.h>

#include "parsing.h"

static char folder[] = "/tmp/staged-args-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : chdir(folder);
}

static int leave_folder(void **state)
{
    (void)state;
    unlink("args");
    unlink("more");
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void write_file(const char *name, const char *bytes, size_t length)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static staged_parser *parser_with(const char *prefixes)
{
    const staged_parser_options options = {
        .size = sizeof options, .add_help = STAGED_NO, .file_prefix_chars = prefixes};
    staged_parser *parser = staged_parser_new(&options);
    if (parser == NULL)
        return NULL;
    staged_parser_add_argument(parser, "--flag", .action = STAGED_ARG_STORE_TRUE);
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    return parser;
}

static void assert_words(const char *prefixes, const char *const *given, const char *expected)
{
    staged_parser *parser = parser_with(prefixes);
    staged_namespace *ns = assert_parsed(parser, given);
    assert_value(ns, "words", expected);
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_words_of_a_file(void **state)
{
    (void)state;
    write_text("args", "one\ntwo words\r\n\nlast");
    assert_words("@", STAGED_TEXTS("a", "@args", "b"),
                 "['a', 'one', 'two words', '', 'last', 'b']");
    write_text("args", "");
    assert_words("@", STAGED_TEXTS("a", "@args"), "['a']");
    staged_parser *parser = parser_with("@");
    write_text("args", "--flag");
    staged_namespace *ns = assert_parsed(parser, STAGED_TEXTS("@args"));
    assert_value(ns, "flag", "True");
    staged_namespace_free(ns);
    staged_parser_free(parser);
}

static void test_prefixes(void **state)
{
    (void)state;
    write_text("args", "x");
    assert_words(NULL, STAGED_TEXTS("@args"), "['@args']");
    assert_words("+\xc3\xa9",
                 STAGED_TEXTS("+args",
                              "\xc3\xa9"
                              "args",
                              "@args"),
                 "['x', 'x', '@args']");
    assert_words("@", STAGED_TEXTS("a@args", ""), "['a@args', '']");
}

static void test_files_within_files(void **state)
{
    (void)state;
    write_text("args", "a\n@more\nb\n");
    write_text("more", "1\n2\n");
    assert_words("@", STAGED_TEXTS("@args", "@more"), "['a', '1', '2', 'b', '1', '2']");
}

static void test_what_cannot_be_read(void **state)
{
    (void)state;
    staged_parser *parser = parser_with("@");
    assert_refused(parser, STAGED_TEXTS("@no-such"),
                   "[Errno 2] No such file or directory: 'no-such'\n");
    assert_refused(parser, STAGED_TEXTS("@"), "[Errno 2] No such file or directory: ''\n");
    assert_refused(parser, STAGED_TEXTS("@."), "[Errno 21] Is a directory: '.'\n");
    write_file("args", "a\0b", 3);
    assert_refused(parser, STAGED_TEXTS("@args"),
                   "the file contains a NUL byte, which an argument cannot: 'args'\n");
    staged_parser_free(parser);
}

static void test_unterminated(void **state)
{
    (void)state;
    staged_parser *parser = parser_with("@");
    write_text("args", "x\n@args\n");
    assert_refused(parser, STAGED_TEXTS("@args"), "argument files nest too deeply: 'args'\n");
    /* Two at each level, with words in each. */
    stg_buf many = {0};
    stg_buf_add_repeated(&many, '\n', 600000);
    write_file("more", many.data, many.length);
    stg_buf_free(&many);
    write_text("args", "@more\n@more\n");
    assert_refused(parser, STAGED_TEXTS("@args"), "the files contain too many arguments: ''\n");
    staged_parser_free(parser);
}

static staged_status use(void *context)
{
    (void)context;
    staged_parser *parser = parser_with("@");
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    staged_namespace *ns = NULL;
    staged_status status = parse(parser, STAGED_TEXTS("@args"), &ns);
    if (status == STAGED_OK)
        assert_int_equal(staged_namespace_value(ns, "words")->count, 2);
    staged_namespace_free(ns);
    if (status == STAGED_OK) {
        status = parse(parser, STAGED_TEXTS("@no-such"), &ns);
        assert_true(status == STAGED_BAD_INPUT || status == STAGED_NO_MEMORY);
        status = status == STAGED_BAD_INPUT ? STAGED_OK : status;
    }
    staged_parser_free(parser);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    write_text("args", "a\n@more\n");
    write_text("more", "b\n");
    assert_in_range(torture(use, NULL), 20, 200);
}

TEST_GROUP(files)
{
    setenv("COLUMNS", "80", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_a_file),    cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_files_within_files), cmocka_unit_test(test_what_cannot_be_read),
        cmocka_unit_test(test_unterminated),       cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args files", tests, enter_folder, leave_folder);
}
