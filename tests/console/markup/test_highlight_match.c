/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "console/markup/highlight_match.h"
#include "support/cmocka_all.h"

typedef size_t match(const stg_subject *s, size_t at);

/* Tries at the place that "|" marks, which is taken out; returns what is matched from there on. */
static const char *matched(match *function, const char *marked)
{
    static char result[128];
    char text[128];
    const size_t at = strcspn(marked, "|");
    memcpy(text, marked, at);
    strcpy(text + at, marked + at + 1);
    const stg_subject subject = {text, strlen(text)};
    const size_t end = function(&subject, at);
    if (end == 0)
        return "no";
    memcpy(result, text + at, end - at);
    result[end - at] = '\0';
    return result;
}

#define MATCHES(function, marked, expected) assert_string_equal(matched(function, marked), expected)

static void test_addresses(void **state)
{
    (void)state;
    MATCHES(stg_match_ipv4, "|10.0.0.1234", "10.0.0.123");
    MATCHES(stg_match_ipv4, "|1.2.3", "no");
    MATCHES(stg_match_ipv4, "|1234.1.1.1", "no");
    MATCHES(stg_match_ipv6, "|fe80::1", "fe80::1");
    MATCHES(stg_match_ipv6, "|12:34:56", "12:34:56");
    MATCHES(stg_match_ipv6, "|12:34:", "12:34");
    MATCHES(stg_match_ipv6, "|12:", "no");
    MATCHES(stg_match_ipv6, "|a:b::", "a:b");
    MATCHES(stg_match_ipv6, "|12345:1", "no");
    MATCHES(stg_match_ipv6, "|1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8");
    MATCHES(stg_match_eui64, "|01-02-03-04-05-06-07-08", "01-02-03-04-05-06-07-08");
    MATCHES(stg_match_eui64, "|0102.0304.0506.0708", "0102.0304.0506.0708");
    MATCHES(stg_match_eui64, "|01-02-03-04-05-06", "no");
    MATCHES(stg_match_eui48, "|1-2-3-4-5-6", "1-2-3-4-5-6");
    MATCHES(stg_match_eui48, "|01:02:03:04:05:06", "01:02:03:04:05:06");
    MATCHES(stg_match_eui48, "|0102.0304.0506", "0102.0304.0506");
    MATCHES(stg_match_uuid, "|123e4567-e89b-12d3-a456-426614174000x",
            "123e4567-e89b-12d3-a456-426614174000");
    MATCHES(stg_match_uuid, "|123e4567-e89b-12d3-a456-42661417400", "no");
}

static void test_numbers(void **state)
{
    (void)state;
    MATCHES(stg_match_number, "|12", "12");
    MATCHES(stg_match_number, "|-12.5e-3 ", "-12.5e-3");
    MATCHES(stg_match_number, "x|12", "no");
    MATCHES(stg_match_number, "x|-12", "no");
    MATCHES(stg_match_number, "|12x", "no");
    MATCHES(stg_match_number, "|12.", "12");
    MATCHES(stg_match_number, "|12.x", "12.");
    MATCHES(stg_match_number, "|1.55x", "1.");
    MATCHES(stg_match_number, "|1e35", "1e35");
    MATCHES(stg_match_number, "|1.5e", "1.");
    MATCHES(stg_match_number, "|1e\xd9\xa3", "1e\xd9\xa3");
    MATCHES(stg_match_number, "|0x1Fg", "0x1F");
    MATCHES(stg_match_number, "a|0x", "0x");
    MATCHES(stg_match_number, "é|5", "no");
    MATCHES(stg_match_complex, "|3j", "3j");
    MATCHES(stg_match_complex, "|-1.5e2+3.j", "-1.5e2+3.j");
    MATCHES(stg_match_complex, "|1+2", "no");
    MATCHES(stg_match_complex, "a|1j", "no");
}

static void test_paths_and_addresses_of_the_web(void **state)
{
    (void)state;
    MATCHES(stg_match_path, "|/usr/lib/x", "/usr/lib/");
    MATCHES(stg_match_path, "a|/b", "no");
    MATCHES(stg_match_path, ".|/b/c", "/b/");
    MATCHES(stg_match_path, "|//", "/");
    MATCHES(stg_match_filename, "/|file-1.txt:3", "file-1.txt");
    MATCHES(stg_match_url, "|https://a.b/c d", "https://a.b/c");
    MATCHES(stg_match_url, "|wss://x", "wss://x");
    MATCHES(stg_match_url, "|ftp://x", "no");
    MATCHES(stg_match_url, "|http:/x", "no");
}

static void test_quoted(void **state)
{
    (void)state;
    MATCHES(stg_match_string, "|'a b' c'", "'a b'");
    MATCHES(stg_match_string, "|\"a\\\"b\"", "\"a\\\"b\"");
    MATCHES(stg_match_string, "|b'x'", "b'x'");
    MATCHES(stg_match_string, "|'''a'b'''", "'''a'b'''");
    MATCHES(stg_match_string, "|'''a", "''");
    MATCHES(stg_match_string, "don|'t'", "no");
    MATCHES(stg_match_string, "\\|'t'", "no");
    MATCHES(stg_match_string, "|'a\nb'", "no");
    MATCHES(stg_match_string, "|'a", "no");
}

static size_t match_true(const stg_subject *s, size_t at)
{
    return stg_match_name(s, at, "True");
}

static void test_words(void **state)
{
    (void)state;
    MATCHES(match_true, "|True.", "True");
    MATCHES(match_true, "|Truely", "no");
    MATCHES(match_true, "un|True", "no");
    MATCHES(match_true, "|Tru", "no");
    MATCHES(stg_match_word, "|añb-c", "añb");
    const stg_subject subject = {"aé-", 4};
    assert_true(stg_word_before(&subject, 3));
    assert_false(stg_word_before(&subject, 4));
    assert_false(stg_word_before(&subject, 0));
    assert_true(stg_word_at(&subject, 1));
    assert_false(stg_word_at(&subject, 4));
    assert_int_equal(stg_match_hex(&subject, 0, 5), 1);
}

TEST_GROUP(highlight_match)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_paths_and_addresses_of_the_web),
        cmocka_unit_test(test_quoted),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
