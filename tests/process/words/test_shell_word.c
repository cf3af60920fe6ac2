/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_word.h"

#include <string.h>

#include "support/cmocka_all.h"

static stg_shell_word word_of(const char *text, stg_shell_reader reader)
{
    stg_shell_word word = {.reader = reader, .begun = true, .is_command = true};
    word.length = strlen(text);
    assert_true(word.length < STG_SHELL_KEYWORD);
    memcpy(word.head, text, word.length);
    for (size_t i = 0; i < word.length; i++)
        stg_shell_word_name(&word, text[i]);
    return word;
}

static void test_words(void **state)
{
    (void)state;
    const stg_shell_word two = word_of("2", STG_READER_NONE), name = word_of("a2", STG_READER_NONE);
    const stg_shell_word quoted = {.begun = true, .length = STG_SHELL_KEYWORD};
    assert_true(stg_shell_word_is_number(&two));
    assert_false(stg_shell_word_is_number(&name));
    assert_false(stg_shell_word_is_number(&quoted));
    assert_true(stg_shell_word_is(&name, "a2"));
    assert_false(stg_shell_word_is(&name, "a"));
    assert_false(stg_shell_word_is(&quoted, "a"));
    assert_true(stg_shell_is_keyword("esac", 4));
    assert_false(stg_shell_is_keyword("esa", 3));
}

static void test_readers_of_the_next_word(void **state)
{
    (void)state;
    static const struct {
        stg_shell_reader reader;
        const char *word;
        stg_shell_reader next;
    } cases[] = {
        {STG_READER_NONE, "ls", STG_READER_NONE},
        {STG_READER_NONE, "bash", STG_READER_SHELL},
        {STG_READER_NONE, "/bin/sh", STG_READER_SHELL},
        {STG_READER_NONE, "/bin/sh.txt", STG_READER_NONE},
        {STG_READER_NONE, "/bin/su", STG_READER_SU},
        {STG_READER_NONE, "eval", STG_READER_EVAL},
        {STG_READER_SHELL, "-x", STG_READER_SHELL},
        {STG_READER_SHELL, "-lc", STG_READER_ONE},
        {STG_READER_SHELL, "--norc", STG_READER_SHELL},
        {STG_READER_SHELL, "-eo", STG_READER_VALUE},
        {STG_READER_VALUE, "pipefail", STG_READER_SHELL},
        {STG_READER_SHELL, "file", STG_READER_NONE},
        {STG_READER_SU, "root", STG_READER_SU},
        {STG_READER_SU, "-c", STG_READER_ONE},
        {STG_READER_ONE, "x", STG_READER_NONE},
        {STG_READER_EVAL, "x", STG_READER_MORE},
        {STG_READER_NONE, "[", STG_READER_TEST},
        {STG_READER_TEST, "x", STG_READER_TEST},
        {STG_READER_TEST, "-eq", STG_READER_OPERAND},
        {STG_READER_OPERAND, "x", STG_READER_TEST},
        {STG_READER_NONE, "command", STG_READER_PREFIX},
        {STG_READER_PREFIX, "-p", STG_READER_PREFIX},
        {STG_READER_PREFIX, "eval", STG_READER_EVAL},
        {STG_READER_ONE, "--", STG_READER_ONE},
        {STG_READER_NONE, "printf", STG_READER_PRINTF},
        {STG_READER_PRINTF, "-v", STG_READER_NAME},
        {STG_READER_PRINTF, "-n", STG_READER_PRINTF},
        {STG_READER_PRINTF, "%s", STG_READER_NONE},
        {STG_READER_NONE, "unset", STG_READER_NAMES},
        {STG_READER_NAMES, "-v", STG_READER_NAMES},
        {STG_READER_NONE, "declare", STG_READER_DECLARE},
        {STG_READER_DECLARE, "-r", STG_READER_DECLARE},
        {STG_READER_DECLARE, "-ri", STG_READER_LET},
        {STG_READER_NONE, "let", STG_READER_LET},
        {STG_READER_LET, "x", STG_READER_LET},
        {STG_READER_NONE, "trap", STG_READER_ONE},
        {STG_READER_MORE, "x", STG_READER_MORE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const stg_shell_word word = word_of(cases[i].word, cases[i].reader);
        assert_int_equal(stg_shell_reader_behind(&word), cases[i].next);
    }
}

TEST_GROUP(shell_word)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_readers_of_the_next_word),
    };
    return cmocka_run_group_tests_name("process shell word", tests, NULL, NULL);
}
