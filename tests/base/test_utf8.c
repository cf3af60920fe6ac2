/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/utf8.h"

#include <string.h>

#include "support/cmocka_all.h"

static void test_every_scalar_value_comes_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        uint32_t back;
        const size_t length = stg_utf8_encode(c, bytes);
        assert_int_equal(stg_utf8_decode(bytes, length, &back), length);
        assert_int_equal(back, c >= 0xD800 && c <= 0xDFFF ? STG_UTF8_REPLACEMENT : c);
    }
}

static void test_broken_bytes_count_one_each(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xFF", "\xE2\x82", "\xC3"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        const size_t length = strlen(broken[i]);
        uint32_t c;
        assert_int_equal(stg_utf8_decode(broken[i], length, &c), 1);
        assert_int_equal(c, STG_UTF8_REPLACEMENT);
        assert_int_equal(stg_utf8_count(broken[i], length), length);
    }
}

static void test_counting(void **state)
{
    (void)state;
    static const char text[] = "a\u00e9\u20ac\U0001F600";
    assert_int_equal(stg_utf8_count(text, sizeof text - 1), 4);
}

TEST_GROUP(utf8)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_scalar_value_comes_back),
        cmocka_unit_test(test_broken_bytes_count_one_each),
        cmocka_unit_test(test_counting),
    };
    return cmocka_run_group_tests_name("base utf8", tests, NULL, NULL);
}
