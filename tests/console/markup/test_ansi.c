/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/ansi.h"

#include <string.h>

#include "support/cmocka_all.h"

#include "base/text/buf.h"

/* What the decoder returns, written out: "{style}" where one begins, text, and "/" for the end of a
 * line. */
static void describe(const char *text, stg_buf *out)
{
    stg_ansi ansi = {.text = text, .length = strlen(text)};
    stg_ansi_run run;
    stg_style style = {0};
    bool begins = true;
    while (stg_ansi_next(&ansi, &run)) {
        const bool goes_on = !begins && stg_style_equal(&run.style, &style);
        begins = run.length == 0;
        if (begins || goes_on) {
            stg_buf_add(out, begins ? "/" : run.text, begins ? 1 : run.length);
            continue;
        }
        style = run.style;
        char prefix[STG_STYLE_PREFIX_MAX];
        const size_t length = stg_style_prefix(&run.style, STG_COLORS_TRUE, prefix);
        stg_buf_add_char(out, '{');
        if (length > 0)
            stg_buf_add(out, prefix + 2, length - 3);
        if (run.style.link != NULL) {
            stg_buf_add_char(out, ' ');
            stg_buf_add(out, run.style.link, run.style.link_length);
        }
        stg_buf_add_char(out, '}');
        stg_buf_add(out, run.text, run.length);
    }
    assert_false(ansi.failed);
    stg_ansi_free(&ansi);
}

static void assert_decoded(const char *text, const char *expected)
{
    stg_buf out = {0};
    describe(text, &out);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_lines(void **state)
{
    (void)state;
    assert_decoded("", "");
    assert_decoded("a", "{}a");
    assert_decoded("a\n", "{}a/");
    assert_decoded("\n\na\nb", "//{}a/{}b");
    assert_decoded("a\r\nb\r\n", "{}a/{}b/");
    assert_decoded("10%\r20%\r30%\n", "{}30%/");
    assert_decoded("10%\r20%\r", "{}20%");
}

static void test_styles(void **state)
{
    (void)state;
    assert_decoded("\x1b[1ma\x1b[0mb", "{1}a{}b");
    assert_decoded("\x1b[1;31;44ma\x1b[mb", "{1;31;44}a{}b");
    assert_decoded("\x1b[1ma\x1b[31mb\n\x1b[4mc", "{1}a{1;31}b/{1;4;31}c");
    assert_decoded("\x1b[1;2;3;4;5;6;7;8;9;21;51;52;53ma", "{1;2;3;4;5;6;7;8;9;21;51;52;53}a");
    assert_decoded("\x1b[1;2;3;4;5;6;7;8;9;21;51;52;53m"
                   "\x1b[22;23;24;25;26;27;28;29;54;55ma",
                   "{}a");
    assert_decoded("\x1b[91;102ma\x1b[39;49mb", "{91;102}a{39;49}b");
    assert_decoded("\x1b[38;5;200;48;2;1;2;300ma", "{38;5;200;48;2;1;2;255}a");
    assert_decoded("\x1b[38;5;3ma", "{33}a");
}

/* A terminal ignores what it does not know, and so do we. */
static void test_odd_codes(void **state)
{
    (void)state;
    assert_decoded("\x1b[999ma", "{}a");
    assert_decoded("\x1b[38ma", "{}a");
    assert_decoded("\x1b[38;5ma", "{}a");
    assert_decoded("\x1b[38;2;1;2ma", "{}a");
    assert_decoded("\x1b[38;7;1ma", "{1}a");
    assert_decoded("\x1b[4:3;1ma", "{1}a");
    assert_decoded("\x1b[?25l\x1b[2Ka\x1b[1A\x1b[3;4Hb", "{}ab");
    assert_decoded("\x1b[>4;1ma", "{}a");
    assert_decoded("\x1b(Ba\x1b)0\x1b=b\x1b[", "{}ab");
    assert_decoded("a\x1b", "{}a");
    assert_decoded("a\x1b(", "{}a");
    assert_decoded("\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;3ma",
                   "{1}a");
}

static void test_links(void **state)
{
    (void)state;
    assert_decoded("\x1b]8;id=1;http://x\x1b\\a\x1b[1mb\x1b[0mc\x1b]8;;\x1b\\d",
                   "{ http://x}a{1 http://x}b{ http://x}c{}d");
    assert_decoded("\x1b]8;;http://x\x07"
                   "a\x1b]8;;\x07"
                   "b",
                   "{ http://x}a{}b");
    assert_decoded("\x1b]0;title\x07"
                   "a\x1b]8\x07"
                   "b\x1b]8;x\x07"
                   "c",
                   "{}abc");
    assert_decoded("\x1b]8;;http://x\xc2\x9c"
                   "a",
                   "{ http://x}a");
}

/* Progress, as tools draw it. */
static void test_overwriting(void **state)
{
    (void)state;
    assert_decoded("50%\r\x1b[32m", "{}50%");
    assert_decoded("50%\r\x1b[32m\n", "{}50%/");
    assert_decoded("working...\rdone", "{}done");
    assert_decoded("working...\r\x1b[Kdone\r", "{}done");
    assert_decoded("working...\r\x1b[K", "");
    assert_decoded("working...\x1b[2K\rdone", "{}done");
    assert_decoded("[    ] start\r\x1b[C\x1b[1m ok \x1b[m", "{}[{1} ok {}] start");
    assert_decoded("[    ] start\x1b"
                   "7\r[ ok \x1b"
                   "8ed",
                   "{}[ ok ] started");
    assert_decoded("ab\tc\r1\t23", "{}1\t23");
    assert_decoded("Solving: |\b/\b-\b\\\b|\bdone", "{}Solving: done");
    assert_decoded("12 %\b\b\b\b99 %", "{}99 %");
    assert_decoded("\b\ba\bb", "{}b");
    assert_decoded("N\bNA\bA _\bu", "{}NA u");
    assert_decoded("abc\r\b\x1b[m", "{}abc");
}

static void test_movements(void **state)
{
    (void)state;
    assert_decoded("a\x1b[3Cb", "{}a   b");
    assert_decoded("abcdef\x1b[4DX\x1b[6GY", "{}abXdeY");
    assert_decoded("abcdef\x1b[3G\x1b[K", "{}ab");
    assert_decoded("abcdef\x1b[3G\x1b[1Kx", "{}  xdef");
    assert_decoded("abcdef\x1b[2K\x1b[1Gx", "{}x");
    assert_decoded("abcdef\x1b[2Kx", "{}      x");
    assert_decoded("abcdef\x1b[2G\x1b[3Xx", "{}ax  ef");
    assert_decoded("abc\x1b[s\x1b[1GX\x1b[ud", "{}Xbcd");
    assert_decoded("a\x1b[255;99Hb\x1b[Jc", "{}abc");
    /* No screen is that wide. */
    assert_decoded("abc\x1b[999D\x1b[999;1mX", "{1}X{}bc");
    /* A wide character of which a half is overwritten is gone. */
    assert_decoded("日本\bx", "{}日 x");
    assert_decoded("日本\b\b\b\by", "{}y 本");
    assert_decoded("日本\x1b[2G\x1b[K", "{} ");
    assert_decoded("a\tb\b\b\bc", "{}a     c b");
    assert_decoded("e\x1b[1m\u0301\n\u0301x\n\u0301", "{}e\u0301/{1}\u0301x/{1}\u0301");
    assert_decoded("a\x1b[3C\u0301b", "{}a   \u0301b");
}

static void test_broken_off(void **state)
{
    (void)state;
    assert_decoded("\x1b[31\x1b[32mX", "{32}X");
    assert_decoded("\x1b\x1b[32mX", "{32}X");
    assert_decoded("\x1b\u00e9t\u00e9", "{}\u00e9t\u00e9");
    assert_decoded("\x1b[3\u00e9", "{}\u00e9");
    assert_decoded("\x1b(\u00e9", "{}\u00e9");
    assert_decoded("\x1b[3\x18mX", "{}mX");
    /* A control in a sequence is obeyed, as if it had come before. */
    assert_decoded("ab\x1b[3\r1mX", "{31}X");
    assert_decoded("ab\x1b[3\n1mX", "{}ab/{31}X");
    assert_decoded("ab\x1b\ncd", "{}ab/{}cd");
    assert_decoded("a\x1b[", "{}a");
    assert_decoded("a\x1b[31", "{}a");
    assert_decoded("\x1b[1 qa\x1b[1$mb\x1b[=1mc\x1b[?2Kd\x1b#8e\x1b%Gf\x1b$(Bg", "{}abcdefg");
}

static void test_strings(void **state)
{
    (void)state;
    assert_decoded("x\x1b_Gf=100;AAAA\x1b\\y\x1bPtmux;zz\x1b\\z\x1b^pm\x1b\\\x1bXsos\x1b\\|",
                   "{}xyz|");
    assert_decoded("\x1bPq#0\n#1\x07\x1b\\a\x1bktitle\x1b\\b", "{}ab");
    assert_decoded("a\x1b]0;no end", "{}a");
    assert_decoded("a\x1b]0;no end\nb\x1bPno end", "{}a/{}b");
    assert_decoded("a\x1b]0;no\x1b[1mb", "{}a{1}b");
    assert_decoded("a\x1b]8;;http://x\nb", "{}a/{}b");
    assert_decoded("\x1b]8;;http://x\x1b[1mb", "{1}b");
}

static void test_controls(void **state)
{
    (void)state;
    assert_decoded("a\x07\x0e\x0f\v\f"
                   "b",
                   "{}ab");
    assert_decoded("\x01\x1a\x1c\x1f\x7f", "{}\u2401\u241a\u241c\u241f\u2421");
    assert_decoded("\xc2\x9b"
                   "31m\x9b"
                   "31m\xc2\x85",
                   "{}\uFFFD31m\uFFFD31m\uFFFD");
    assert_decoded("\xe2\x82\n\xf0", "{}\uFFFD\uFFFD/{}\uFFFD");
}

TEST_GROUP(ansi)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),       cmocka_unit_test(test_styles),
        cmocka_unit_test(test_odd_codes),   cmocka_unit_test(test_links),
        cmocka_unit_test(test_overwriting), cmocka_unit_test(test_movements),
        cmocka_unit_test(test_broken_off),  cmocka_unit_test(test_strings),
        cmocka_unit_test(test_controls),
    };
    return cmocka_run_group_tests_name("console ansi", tests, NULL, NULL);
}
