/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/quote.h"

#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void assert_quoted(const char *word, const char *expected)
{
    stg_buf out = {0};
    stg_quote_word(&out, word, strlen(word));
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_safe_words_stay_as_they_are(void **state)
{
    (void)state;
    assert_quoted("azAZ09_@%+=:,./-", "azAZ09_@%+=:,./-");
    assert_true(stg_word_is_safe("a b", 1));
    assert_false(stg_word_is_safe("a b", 3));
    assert_false(stg_word_is_safe("", 0));
}

static void test_all_others_are_put_between_quotes(void **state)
{
    (void)state;
    assert_quoted("", "''");
    assert_quoted("two words", "'two words'");
    assert_quoted("$HOME", "'$HOME'");
    assert_quoted("~", "'~'");
    assert_quoted("a\nb", "'a\nb'");
    assert_quoted("caf\u00e9", "'caf\u00e9'");
}

static void test_single_quotes(void **state)
{
    (void)state;
    assert_quoted("it's", "'it'\"'\"'s'");
    assert_quoted("'", "''\"'\"''");
}

static void test_a_nul_is_not_safe(void **state)
{
    (void)state;
    assert_false(stg_word_is_safe("a\0b", 3));
}

static staged_status use(void *context)
{
    (void)context;
    stg_buf out = {0};
    stg_quote_word(&out, "it's a word", 11);
    const staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 0);
}

TEST_GROUP(quote)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_safe_words_stay_as_they_are),
        cmocka_unit_test(test_all_others_are_put_between_quotes),
        cmocka_unit_test(test_single_quotes),
        cmocka_unit_test(test_a_nul_is_not_safe),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("base quote", tests, NULL, NULL);
}
