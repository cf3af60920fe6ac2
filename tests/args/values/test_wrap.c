/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/wrap.h"

#include "parsing.h"

static void assert_wrapped(const char *text, size_t width, const char *expected)
{
    stg_buf out = {0};
    stg_add_wrapped(&out, text, width, 0, 0);
    assert_added(&out, expected);
}

static void test_lines(void **state)
{
    (void)state;
    assert_wrapped("The quick brown fox", 10, "The quick\nbrown fox\n");
    assert_wrapped("The quick brown fox", 19, "The quick brown fox\n");
    assert_wrapped("  The \t\n quick\f", 80, "The quick\n");
    assert_wrapped("h\xc3\xa9llo w\xc3\xb6rld", 5, "h\xc3\xa9llo\nw\xc3\xb6rld\n");
    assert_wrapped("", 10, "");
    assert_wrapped(" \n ", 10, "");
}

static void test_hyphens_and_dashes(void **state)
{
    (void)state;
    assert_wrapped("a well-known state-of-the-art thing", 12,
                   "a well-known\nstate-of-\nthe-art\nthing\n");
    assert_wrapped("x-1 y2-z ab-cd", 4, "x-1\ny2-z\nab-\ncd\n");
    assert_wrapped("--option-name is long", 10, "--option-\nname is\nlong\n");
    assert_wrapped("one--two three", 6, "one--\ntwo\nthree\n");
    assert_wrapped("foo -- bar", 6, "foo --\nbar\n");
}

static void test_words_longer_than_a_line(void **state)
{
    (void)state;
    assert_wrapped("abcdefghijklmnop", 5, "abcde\nfghij\nklmno\np\n");
    assert_wrapped("abc-defghijklmnop", 6, "abc-de\nfghijk\nlmnop\n");
    assert_wrapped("ab", 1, "a\nb\n");
    /* After a hyphen, if there is one behind something else. */
    assert_wrapped("12-3456789abc", 6, "12-\n345678\n9abc\n");
    assert_wrapped("-123456789", 6, "-12345\n6789\n");
    /* A line that is full already gets nothing of it, and no blank at its end. */
    assert_wrapped("abcd efghijk", 5, "abcd\nefghi\njk\n");
}

static void test_columns(void **state)
{
    (void)state;
    assert_wrapped("\u5e45\u5e45 \u5e45\u5e45", 9, "\u5e45\u5e45 \u5e45\u5e45\n");
    assert_wrapped("\u5e45\u5e45 \u5e45\u5e45", 8, "\u5e45\u5e45\n\u5e45\u5e45\n");
    assert_wrapped("e\u0301e\u0301 e\u0301", 4, "e\u0301e\u0301 e\u0301\n");
    assert_wrapped("\u5e45\u5e45\u5e45", 5, "\u5e45\u5e45\n\u5e45\n");
    assert_wrapped("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301\ne\u0301\n");
    /* One that fits nowhere has a line of its own. */
    assert_wrapped("\u5e45\u5e45", 1, "\u5e45\n\u5e45\n");
}

static void test_indents_are_not_counted(void **state)
{
    (void)state;
    stg_buf out = {0};
    stg_buf_add_text(&out, "x:");
    stg_add_wrapped(&out, "aa bb cc", 5, 1, 3);
    assert_added(&out, "x: aa bb\n   cc\n");
}

static void assert_line(const char **text, const char *line, size_t end)
{
    size_t length;
    size_t full_length;
    const char *start = *text;
    assert_ptr_equal(stg_next_line(text, &length, &full_length), start);
    assert_int_equal(length, strlen(line));
    assert_memory_equal(start, line, length);
    assert_int_equal(full_length, length + end);
    assert_ptr_equal(*text, start + full_length);
}

static void test_next_line(void **state)
{
    (void)state;
    const char *text = "a\nb\r\nc\r\n\nd\x1c"
                       "e\xc2\x85"
                       "f\xe2\x80\xa8"
                       "g\vh";
    assert_line(&text, "a", 1);
    assert_line(&text, "b", 2);
    assert_line(&text, "c", 2);
    assert_line(&text, "", 1);
    assert_line(&text, "d", 1);
    assert_line(&text, "e", 2);
    assert_line(&text, "f", 3);
    assert_line(&text, "g", 1);
    assert_line(&text, "h", 0);
    assert_string_equal(text, "");
}

static staged_status use(void *context)
{
    (void)context;
    stg_buf out = {0};
    stg_add_wrapped(&out, "some words that need more room than a new buffer has at first", 10, 2,
                    20);
    const staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 2, 12);
}

TEST_GROUP(wrap)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_hyphens_and_dashes),
        cmocka_unit_test(test_words_longer_than_a_line),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_indents_are_not_counted),
        cmocka_unit_test(test_next_line),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("args wrap", tests, NULL, NULL);
}
