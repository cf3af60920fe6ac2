/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/ansi.h"

#include <string.h>

#include "support/cmocka_all.h"

#include "base/buf.h"

/* What the decoder answers, written out: "{style}text" and "/" for the end of a line. */
static void describe(const char *text, stg_buf *out)
{
    stg_ansi ansi = {.text = text, .length = strlen(text)};
    stg_ansi_run run;
    while (stg_ansi_next(&ansi, &run)) {
        if (run.length == 0) {
            stg_buf_add_char(out, '/');
            continue;
        }
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
    assert_decoded("\x1b[?25l\x1b[2Ka\x1b[1A\x1b[3;4Hb", "{}a{}b");
    assert_decoded("\x1b[>4;1ma", "{}a");
    assert_decoded("\x1b(Ba\x1b)0\x1b=b\x1b[", "{}a{}b");
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
                   "{}a{}b{}c");
    assert_decoded("\x1b]0;no end", "{}0;no end");
}

TEST_GROUP(ansi)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_odd_codes),
        cmocka_unit_test(test_links),
    };
    return cmocka_run_group_tests_name("console ansi", tests, NULL, NULL);
}
