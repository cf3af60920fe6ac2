/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/words.h>

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_split(void **state)
{
    (void)state;
    const char *command = "kubectl get pods -l 'app in (a, b)' \"\" \\$x | wc -l";
    const char *expected[] = {"kubectl", "get", "pods", "-l", "app in (a, b)",
                              "",        "$x",  "|",    "wc", "-l"};
    staged_words words;
    assert_int_equal(staged_words_split(command, strlen(command), &words), STAGED_OK);
    assert_int_equal(words.count, 10);
    for (size_t i = 0; i < words.count; i++)
        assert_string_equal(words.items[i], expected[i]);
    assert_null(words.items[words.count]);
    assert_null(words.error);
    staged_words_free(&words);
    assert_null(words.items);
}

static void test_no_words(void **state)
{
    (void)state;
    staged_words words;
    assert_int_equal(staged_words_split(NULL, 0, &words), STAGED_OK);
    assert_int_equal(words.count, 0);
    assert_non_null(words.items);
    assert_null(words.items[0]);
    staged_words_free(&words);
}

static void assert_refused(const char *command, size_t length, const char *error)
{
    staged_words words;
    assert_int_equal(staged_words_split(command, length, &words), STAGED_BAD_INPUT);
    assert_string_equal(words.error, error);
    assert_null(words.items);
    assert_int_equal(words.count, 0);
    staged_words_free(&words);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    assert_refused("a 'b", 4, "No closing quotation");
    assert_refused("a \\", 3, "No escaped character");
    assert_refused("a\0b", 3, "embedded null byte");
}

static void assert_text(char *text, const char *expected)
{
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void test_quote_and_join(void **state)
{
    (void)state;
    assert_text(staged_word_quote("a"), "a");
    assert_text(staged_word_quote("it's"), "'it'\"'\"'s'");
    const char *words[] = {"echo", "", "a b", "--x=y"};
    assert_text(staged_words_join(words, 4), "echo '' 'a b' --x=y");
    assert_text(staged_words_join(NULL, 0), "");
}

/* Any bytes come back as they were. */
static void test_what_is_joined_splits_again(void **state)
{
    (void)state;
    const char alphabet[] = "a \t\n\r'\"\\$#-=\xc3";
    unsigned seed = 1;
    for (int round = 0; round < 2000; round++) {
        char texts[4][8];
        const char *words[4];
        for (size_t i = 0; i < 4; i++) {
            seed = seed * 1103515245 + 12345;
            const size_t length = (seed >> 16) % 8;
            for (size_t k = 0; k < length; k++) {
                seed = seed * 1103515245 + 12345;
                texts[i][k] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
            }
            texts[i][length] = '\0';
            words[i] = texts[i];
        }
        char *command = staged_words_join(words, 4);
        staged_words again;
        assert_int_equal(staged_words_split(command, strlen(command), &again), STAGED_OK);
        assert_int_equal(again.count, 4);
        for (size_t i = 0; i < 4; i++)
            assert_string_equal(again.items[i], words[i]);
        staged_words_free(&again);
        free(command);
    }
}

static staged_status use(void *context)
{
    (void)context;
    const char *command = "a b c d e f g h i j k l m n o p";
    staged_words words;
    staged_status status = staged_words_split(command, strlen(command), &words);
    if (status == STAGED_OK) {
        char *joined = staged_words_join((const char *const *)words.items, words.count);
        status = joined == NULL ? STAGED_NO_MEMORY : STAGED_OK;
        free(joined);
    }
    staged_words_free(&words);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 3, 20);
}

TEST_GROUP(words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_no_words),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_quote_and_join),
        cmocka_unit_test(test_what_is_joined_splits_again),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process words", tests, NULL, NULL);
}
