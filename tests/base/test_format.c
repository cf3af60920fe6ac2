/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/format.h"

#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"

static void bracket(void *context, stg_buf *out, const char *text, size_t length, char conversion,
                    const char *rest)
{
    (void)context;
    (void)rest;
    stg_buf_addf(out, "<%c:", conversion);
    stg_buf_add(out, text, length);
    stg_buf_add_char(out, '>');
}

static void plain(void *context, stg_buf *out, const char *text, size_t length, char conversion,
                  const char *rest)
{
    (void)context;
    (void)conversion;
    (void)rest;
    stg_buf_add(out, text, length);
}

static staged_status format_with(stg_format_hook *hook, stg_buf *out, const char *format, ...)
    STAGED_PRINTF(3, 4);

static staged_status format_with(stg_format_hook *hook, stg_buf *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const staged_status status = stg_format(out, hook, NULL, format, arguments);
    va_end(arguments);
    return status;
}

static void test_conversions_are_handed_to_the_hook(void **state)
{
    (void)state;
    stg_buf out = {0};
    assert_int_equal(format_with(bracket, &out, "a %s %d%% %c!", "[red]", 5, 'z'), STAGED_OK);
    assert_string_equal(stg_buf_text(&out), "a <s:[red]> <d:5>% <c:z>!");
    stg_buf_free(&out);
}

#define SAME(...)                                                                                  \
    do {                                                                                           \
        char expected[256];                                                                        \
        (void)snprintf(expected, sizeof expected, __VA_ARGS__);                                    \
        stg_buf out = {0};                                                                         \
        assert_int_equal(format_with(plain, &out, __VA_ARGS__), STAGED_OK);                        \
        assert_string_equal(stg_buf_text(&out), expected);                                         \
        stg_buf_free(&out);                                                                        \
    } while (0)

static void test_the_same_as_printf(void **state)
{
    (void)state;
    SAME("%5d|%-5d|%+d|%05d|% d|%.3d", 42, 42, 42, 42, 42, 42);
    SAME("%*d|%-*d|%.*f|%*d", 6, 42, 6, 42, 2, 1.2345, -6, 42);
    SAME("%jd %jd %ju %d %u", INTMAX_MIN, INTMAX_MAX, UINTMAX_MAX, 0, 0u);
    SAME("%hhd %hd %ld %lld %jd %zd %td", (signed char)-3, (short)-4, -5L, -6LL, (intmax_t)-7,
         (ptrdiff_t)-8, (ptrdiff_t)-9);
    SAME("%hhu %hu %lu %llu %ju %zu", (unsigned char)250, (unsigned short)65000, 5UL, 6ULL,
         (uintmax_t)7, (size_t)8);
    SAME("%x %#X %o %#o", 255u, 255u, 8u, 8u);
    SAME("%f %e %g %G %a %.0f %10.3f", 1.5, 1.5, 1e-9, 1e20, 1.0, 2.5, 3.14159);
    SAME("%Lf", (long double)2.25);
    SAME("%s|%10s|%-10s|%.2s|%10.2s", "text", "text", "text", "text", "text");
    SAME("%p", (void *)state);
    SAME("%%%c%%", 'x');
}

/* The letter of the last conversion. */
static void letter(void *context, stg_buf *out, const char *text, size_t length, char conversion,
                   const char *rest)
{
    (void)rest;
    (void)context;
    stg_buf_clear(out);
    stg_buf_addf(out, "%d %.*s", conversion, (int)length, text);
}

static void test_a_missing_string_is_named(void **state)
{
    (void)state;
    stg_buf out = {0};
    const char *volatile none = NULL;
    assert_int_equal(format_with(plain, &out, "%s", none), STAGED_OK);
    assert_string_equal(stg_buf_text(&out), "(null)");
    assert_int_equal(format_with(letter, &out, "%s", none), STAGED_OK);
    assert_string_equal(stg_buf_text(&out), "0 (null)");
    assert_int_equal(format_with(letter, &out, "%s%8s", "x", none), STAGED_OK);
    assert_string_equal(stg_buf_text(&out), "0   (null)");
    assert_int_equal(format_with(letter, &out, "%s%s", none, "(null)"), STAGED_OK);
    assert_string_equal(stg_buf_text(&out), "115 (null)");
    stg_buf_free(&out);
}

static void test_unsupported_conversions_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"%n", "%ls", "%", "%y", "%5", "%lllld"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        stg_buf out = {0};
        const char *volatile format = bad[i];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
        assert_int_equal(format_with(plain, &out, format), STAGED_BAD_USE);
#pragma GCC diagnostic pop
        stg_buf_free(&out);
    }
}

TEST_GROUP(format)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conversions_are_handed_to_the_hook),
        cmocka_unit_test(test_the_same_as_printf),
        cmocka_unit_test(test_a_missing_string_is_named),
        cmocka_unit_test(test_unsupported_conversions_are_refused),
    };
    return cmocka_run_group_tests_name("base format", tests, NULL, NULL);
}
