/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "console/text/chars.h"
#include "support/cmocka_all.h"

static void assert_clean(const char *text, size_t length, const char *expected, bool plain)
{
    char out[128];
    bool is_plain;
    const size_t written = stg_chars_clean(text, length, out, &is_plain);
    assert_int_equal(written, strlen(expected));
    assert_memory_equal(out, expected, written);
    assert_int_equal(is_plain, plain);
    assert_true(written <= length * STG_CHARS_CLEAN_MAX);
}

static void test_controls_do_not_get_through(void **state)
{
    (void)state;
    assert_clean("plain text ~", 12, "plain text ~", true);
    assert_clean("", 0, "", true);
    assert_clean("a\ab\bc\vd\fe\rf", 11, "abcdef", false);
    assert_clean("a\tb\nc", 5, "a\tb\nc", false);
    assert_clean("\x1b[31mred\x1b]0;title\x07", 18, "␛[31mred␛]0;title", false);
    assert_clean("\x00\x01\x7f", 3, "␀␁␡", false);
    assert_clean("\xc2\x9b", 2, "\xef\xbf\xbd", false);
    assert_clean("\x1c\x1f", 2, "\x1c\x1f", false);
    assert_clean("日本", 6, "日本", false);
    assert_clean("a\xff\xe6\x97", 4, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", false);
}

static void test_blanks_at_the_end(void **state)
{
    (void)state;
    assert_int_equal(stg_chars_trimmed("ab  \t", 5), 2);
    assert_int_equal(stg_chars_trimmed("ab\xe3\x80\x80 ", 6), 2);
    assert_int_equal(stg_chars_trimmed("   ", 3), 0);
    assert_int_equal(stg_chars_trimmed("", 0), 0);
    assert_int_equal(stg_chars_trimmed("日", 3), 3);
}

TEST_GROUP(chars)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_controls_do_not_get_through),
        cmocka_unit_test(test_blanks_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
