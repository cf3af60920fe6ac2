/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/ansi_style.h"

#include <string.h>

#include "support/cmocka_all.h"

static void assert_applied(stg_style style, const unsigned *codes, size_t count,
                           const char *expected)
{
    char prefix[STG_STYLE_PREFIX_MAX + 1];
    stg_ansi_apply_codes(&style, codes, count);
    prefix[stg_style_prefix(&style, STG_COLORS_TRUE, prefix)] = '\0';
    assert_string_equal(prefix, expected);
}

#define APPLY(style, expected, ...)                                                                \
    assert_applied(style, (const unsigned[]){__VA_ARGS__},                                         \
                   sizeof(unsigned[]){__VA_ARGS__} / sizeof(unsigned), expected)

static void test_codes(void **state)
{
    (void)state;
    const stg_style none = {0};
    const stg_style bold = {.set = STG_BOLD, .on = STG_BOLD};
    APPLY(none, "\x1b[1;4;95m", 1, 95, 4);
    APPLY(none, "\x1b[38;5;99;48;2;1;2;3m", 38, 5, 99, 48, 2, 1, 2, 3);
    APPLY(bold, "\x1b[1;3m", 3);
    APPLY(bold, "", 22);
    APPLY(bold, "\x1b[4m", 0, 4);
    /* Unknown ones, and colours that are cut short. */
    APPLY(bold, "\x1b[1m", 255, 38);
    APPLY(bold, "\x1b[1m", 48, 2, 1, 1);
    APPLY(bold, "\x1b[1;3m", 38, 9, 3);
}

static void test_links(void **state)
{
    (void)state;
    stg_style style = {0};
    stg_ansi_apply_link(&style, "id=1;http://x", 13);
    assert_int_equal(style.link_length, 8);
    assert_memory_equal(style.link, "http://x", 8);
    stg_ansi_apply_codes(&style, (const unsigned[]){0}, 1);
    assert_non_null(style.link);
    stg_ansi_apply_link(&style, "no link", 7);
    assert_non_null(style.link);
    stg_ansi_apply_link(&style, ";", 1);
    assert_null(style.link);
}

TEST_GROUP(ansi_style)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
