/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/unicode/unicode.h"

#include <string.h>

#include "base/unicode/unicode_tables.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_printable(void **state)
{
    (void)state;
    static const uint32_t shown[] = {' ', '~', 0xA1, 0xE9, 0x4E2D, 0x1F600, 0xE0100};
    static const uint32_t hidden[] = {0,      '\n',   0x1F,   0x7F,    0xA0,
                                      0xAD,   0x378,  0x200B, 0x2028,  0x3000,
                                      0xD800, 0xE000, 0xFFFF, 0xE0001, 0x10FFFF};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        assert_true(stg_is_printable(shown[i]));
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        assert_false(stg_is_printable(hidden[i]));
}

static void test_words_and_spaces(void **state)
{
    (void)state;
    static const uint32_t word[] = {'a', 'Z', '0', '_', 0xB2, 0xE9, 0x663, 0x4E2D};
    static const uint32_t space[] = {' ',  '\t',   '\r',   0x1C,   0x1F,   0x85,
                                     0xA0, 0x1680, 0x2000, 0x200A, 0x2029, 0x3000};
    static const uint32_t neither[] = {'-', '.', 0x7F, 0x180E, 0x200B, 0x2014, 0x20AC};
    for (size_t i = 0; i < sizeof word / sizeof word[0]; i++)
        assert_true(stg_is_word(word[i]) && !stg_is_space(word[i]));
    for (size_t i = 0; i < sizeof space / sizeof space[0]; i++)
        assert_true(stg_is_space(space[i]) && !stg_is_word(space[i]));
    for (size_t i = 0; i < sizeof neither / sizeof neither[0]; i++)
        assert_false(stg_is_space(neither[i]) || stg_is_word(neither[i]));
}

static void test_ends_of_lines(void **state)
{
    (void)state;
    static const uint32_t ends[] = {'\n', '\v', '\f', '\r', 0x1C, 0x1E, 0x85, 0x2028, 0x2029};
    static const uint32_t others[] = {'\t', ' ', 0xE, 0x1F, 0xA0, 0x2027, 0x202A, 'n'};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        assert_true(stg_ends_line(ends[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(stg_ends_line(others[i]));
}

static void test_digits(void **state)
{
    (void)state;
    assert_int_equal(stg_digit_value('0'), 0);
    assert_int_equal(stg_digit_value('9'), 9);
    assert_int_equal(stg_digit_value('/'), -1);
    assert_int_equal(stg_digit_value(':'), -1);
    assert_int_equal(stg_digit_value(0x663), 3);
    assert_int_equal(stg_digit_value(0xFF19), 9);
    assert_int_equal(stg_digit_value(0x1D7F5), 9); /* five sets of ten stand side by side */
    assert_int_equal(stg_digit_value(0x1D7F6), 0);
    assert_int_equal(stg_digit_value(0xB2), -1);
    assert_int_equal(stg_digit_value(0x2460), -1);
}

static void assert_added(stg_buf *out, const char *expected)
{
    assert_int_equal(stg_buf_status(out), STAGED_OK);
    assert_string_equal(stg_buf_text(out), expected);
    stg_buf_free(out);
}

static void assert_ascending(const stg_char_range *ranges, size_t count)
{
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(ranges[i].first <= ranges[i].last);
        assert_true(i == 0 || ranges[i - 1].last < ranges[i].first);
    }
}

static void test_tables_can_be_searched(void **state)
{
    (void)state;
    assert_ascending(stg_hidden_ranges, stg_hidden_range_count);
    assert_ascending(stg_word_ranges, stg_word_range_count);
    assert_ascending(stg_digit_ranges, stg_digit_range_count);
    for (size_t i = 0; i < stg_digit_range_count; i++)
        assert_int_equal((stg_digit_ranges[i].last - stg_digit_ranges[i].first + 1) % 10, 0);
    for (size_t i = 0; i < stg_upper_run_count; i++) {
        const stg_upper_run *run = &stg_upper_runs[i];
        assert_true(run->step > 0 && run->range.first <= run->range.last);
        assert_true(i == 0 || run[-1].range.last < run->range.first);
    }
    for (size_t i = 1; i < stg_upper_special_count; i++)
        assert_true(stg_upper_specials[i - 1].character < stg_upper_specials[i].character);
}

static void assert_upper(const char *text, const char *expected)
{
    stg_buf out = {0};
    stg_add_upper(&out, text);
    assert_added(&out, expected);
}

static void test_upper(void **state)
{
    (void)state;
    assert_upper("", "");
    assert_upper("some_File-1", "SOME_FILE-1");
    assert_upper("stra\xc3\x9f"
                 "e",
                 "STRASSE");
    assert_upper("\xc3\xa9\xc3\xbf", "\xc3\x89\xc5\xb8"); /* e acute, y diaeresis */
    assert_upper("\xef\xac\x83", "FFI");                  /* a ligature of three */
    assert_upper("\xce\x90", "\xce\x99\xcc\x88\xcc\x81"); /* iota with marks */
    assert_upper("\xc4\x81\xc4\x82", "\xc4\x80\xc4\x82"); /* every second one */
    assert_upper("\xe4\xb8\xad\xf0\x90\x90\xa8", "\xe4\xb8\xad\xf0\x90\x90\x80");
    assert_upper("a\xff\xc3", "A\xff\xc3");
}

static void assert_stripped(const char *text, const char *expected)
{
    size_t length = strlen(text);
    stg_strip(&text, &length);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(text, expected, length);
}

static void test_strip(void **state)
{
    (void)state;
    assert_stripped("", "");
    assert_stripped(" \t\n", "");
    assert_stripped(" a b\n", "a b");
    assert_stripped("ab", "ab");
    assert_stripped("\xe3\x80\x80\xc3\xa9\xc2\xa0", "\xc3\xa9");
    assert_stripped("\x1f\xff\x1c", "\xff");
}

static void assert_repr(const char *text, const char *expected)
{
    stg_buf out = {0};
    stg_add_repr(&out, text, strlen(text));
    assert_added(&out, expected);
}

static void test_repr(void **state)
{
    (void)state;
    assert_repr("", "''");
    assert_repr("a b", "'a b'");
    assert_repr("it's", "\"it's\"");
    assert_repr("\"a\"", "'\"a\"'");
    assert_repr("it's \"a\"", "'it\\'s \"a\"'");
    assert_repr("\\", "'\\\\'");
    assert_repr("\t\n\r\x01\x7f", "'\\t\\n\\r\\x01\\x7f'");
    assert_repr("\xc3\xa9", "'\xc3\xa9'");
    assert_repr("\xc2\xad\xe2\x80\x8b\xf3\xa0\x80\x81", "'\\xad\\u200b\\U000e0001'");
    assert_repr("\xff\xc3", "'\\udcff\\udcc3'");
    stg_buf out = {0};
    stg_add_repr(&out, "a\0b", 3);
    assert_added(&out, "'a\\x00b'");
}

static staged_status use(void *context)
{
    (void)context;
    stg_buf out = {0};
    stg_add_upper(&out, "some text that is longer than what a new buffer has room for, surely");
    stg_add_repr(&out, "\n\n\n\n", 4);
    const staged_status status = stg_buf_status(&out);
    stg_buf_free(&out);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 1, 8);
}

TEST_GROUP(unicode)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printable),
        cmocka_unit_test(test_words_and_spaces),
        cmocka_unit_test(test_ends_of_lines),
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_tables_can_be_searched),
        cmocka_unit_test(test_upper),
        cmocka_unit_test(test_strip),
        cmocka_unit_test(test_repr),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("base unicode", tests, NULL, NULL);
}
