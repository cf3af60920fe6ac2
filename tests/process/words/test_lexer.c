/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/lexer.h"

#include <string.h>

#include "support/cmocka_all.h"

static void assert_token(const char *text, stg_quotes quotes, stg_token_kind kind, size_t length)
{
    const stg_token token = stg_shell_token(text, text + strlen(text), quotes);
    assert_int_equal(token.kind, kind);
    assert_int_equal(token.length, length);
}

static void test_outside_of_quotes(void **state)
{
    (void)state;
    assert_token("", STG_UNQUOTED, STG_TOKEN_END, 0);
    assert_token("word", STG_UNQUOTED, STG_TOKEN_CHARACTER, 1);
    assert_token("\t", STG_UNQUOTED, STG_TOKEN_BLANK, 1);
    assert_token("\nx", STG_UNQUOTED, STG_TOKEN_NEWLINE, 1);
    assert_token("&&", STG_UNQUOTED, STG_TOKEN_SEPARATOR, 1);
    assert_token("((", STG_UNQUOTED, STG_TOKEN_OPENING, 1);
    assert_token(")", STG_UNQUOTED, STG_TOKEN_CLOSING, 1);
    assert_token(">>", STG_UNQUOTED, STG_TOKEN_REDIRECTION, 1);
    assert_token("<>", STG_UNQUOTED, STG_TOKEN_REDIRECTION, 1);
    assert_token("<<E", STG_UNQUOTED, STG_TOKEN_HERE_DOCUMENT, 2);
    assert_token("<<<", STG_UNQUOTED, STG_TOKEN_HERE_STRING, 3);
    assert_token("#", STG_UNQUOTED, STG_TOKEN_COMMENT, 1);
    assert_token("'", STG_UNQUOTED, STG_TOKEN_SINGLE_QUOTE, 1);
    assert_token("\"", STG_UNQUOTED, STG_TOKEN_DOUBLE_QUOTE, 1);
    assert_token("`", STG_UNQUOTED, STG_TOKEN_BACKQUOTE, 1);
}

static void test_backslashes(void **state)
{
    (void)state;
    for (stg_quotes quotes = STG_UNQUOTED; quotes <= STG_DOUBLE_QUOTED;
         quotes = quotes == STG_UNQUOTED ? STG_DOUBLE_QUOTED : STG_DOUBLE_QUOTED + 1) {
        assert_token("\\a", quotes, STG_TOKEN_ESCAPE, 2);
        assert_token("\\\na", quotes, STG_TOKEN_CONTINUATION, 2);
        assert_token("\\", quotes, STG_TOKEN_OPEN_ESCAPE, 1);
    }
    assert_token("\\'", STG_SINGLE_QUOTED, STG_TOKEN_CHARACTER, 1);
}

static void test_dollars(void **state)
{
    (void)state;
    assert_token("$(a", STG_DOUBLE_QUOTED, STG_TOKEN_SUBSTITUTION, 2);
    assert_token("$((", STG_DOUBLE_QUOTED, STG_TOKEN_ARITHMETIC, 3);
    assert_token("${a", STG_UNQUOTED, STG_TOKEN_BRACES, 2);
    assert_token("$[1", STG_UNQUOTED, STG_TOKEN_BRACKET, 2);
    assert_token("$'", STG_UNQUOTED, STG_TOKEN_ANSI_QUOTES, 2);
    assert_token("$'", STG_DOUBLE_QUOTED, STG_TOKEN_DOLLAR, 1);
    assert_token("$name", STG_UNQUOTED, STG_TOKEN_PARAMETER, 2);
    assert_token("$?", STG_DOUBLE_QUOTED, STG_TOKEN_PARAMETER, 2);
    assert_token("$", STG_UNQUOTED, STG_TOKEN_DOLLAR, 1);
    assert_token("$ ", STG_UNQUOTED, STG_TOKEN_DOLLAR, 1);
    assert_token("$a", STG_SINGLE_QUOTED, STG_TOKEN_CHARACTER, 1);
}

static void test_quotes_end_themselves_alone(void **state)
{
    (void)state;
    assert_token("'", STG_SINGLE_QUOTED, STG_TOKEN_SINGLE_QUOTE, 1);
    assert_token("\"", STG_SINGLE_QUOTED, STG_TOKEN_CHARACTER, 1);
    assert_token("'", STG_DOUBLE_QUOTED, STG_TOKEN_CHARACTER, 1);
    assert_token("\"", STG_DOUBLE_QUOTED, STG_TOKEN_DOUBLE_QUOTE, 1);
    assert_token("<<", STG_DOUBLE_QUOTED, STG_TOKEN_CHARACTER, 1);
    assert_token("", STG_DOUBLE_QUOTED, STG_TOKEN_END, 0);
}

/* What stands behind `end` is not there yet. */
static void test_the_end_cuts(void **state)
{
    (void)state;
    static const char text[] = "$((<<<\\\n";
    assert_int_equal(stg_shell_token(text, text + 1, STG_UNQUOTED).kind, STG_TOKEN_DOLLAR);
    assert_int_equal(stg_shell_token(text, text + 2, STG_UNQUOTED).kind, STG_TOKEN_SUBSTITUTION);
    assert_int_equal(stg_shell_token(text + 3, text + 4, STG_UNQUOTED).kind, STG_TOKEN_REDIRECTION);
    assert_int_equal(stg_shell_token(text + 3, text + 5, STG_UNQUOTED).kind,
                     STG_TOKEN_HERE_DOCUMENT);
    assert_int_equal(stg_shell_token(text + 6, text + 7, STG_UNQUOTED).kind, STG_TOKEN_OPEN_ESCAPE);
}

static void test_ends_of_words(void **state)
{
    (void)state;
    assert_int_equal(stg_shell_bare_length("a'b c'"), 3);
    assert_int_equal(stg_shell_bare_length("a"), 1);
    for (const char *c = " \t\n;&|()<>a\"'`$\\#"; *c != '\0'; c++) {
        const char text[] = {*c, 'x', '\0'};
        const stg_token token = stg_shell_token(text, text + 2, STG_UNQUOTED);
        assert_int_equal(stg_token_ends_word(token.kind), stg_shell_bare_length(text) == 0);
    }
}

static void test_names(void **state)
{
    (void)state;
    for (const char *c = "azAZ09_"; *c != '\0'; c++)
        assert_true(stg_shell_is_name_character(*c));
    for (const char *c = "-+ =$[@`{/:"; *c != '\0'; c++)
        assert_false(stg_shell_is_name_character(*c));
    assert_false(stg_shell_is_name_character('\0'));
}

TEST_GROUP(lexer)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outside_of_quotes),
        cmocka_unit_test(test_backslashes),
        cmocka_unit_test(test_dollars),
        cmocka_unit_test(test_quotes_end_themselves_alone),
        cmocka_unit_test(test_the_end_cuts),
        cmocka_unit_test(test_ends_of_words),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("process lexer", tests, NULL, NULL);
}
