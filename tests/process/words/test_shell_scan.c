/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_scan.h"

#include <string.h>

#include "support/cmocka_all.h"

/* The place of each byte: a letter each; a step of several bytes repeats its own. */
static void assert_places(const char *text, const char *expected)
{
    static const char letters[] = {'.', 's', 'd', '#', 'h'};
    char places[128];
    stg_shell_scan scan = stg_shell_scan_begin(text);
    size_t count = 0;
    while (stg_shell_scan_length(&scan) > 0) {
        const char *at = scan.at;
        const char letter = letters[scan.place];
        stg_shell_scan_step(&scan);
        for (; at < scan.at; at++)
            places[count++] = letter;
    }
    places[count] = '\0';
    assert_string_equal(places, expected);
}

static stg_shell_scan scan_all(const char *text)
{
    stg_shell_scan scan = stg_shell_scan_begin(text);
    while (stg_shell_scan_length(&scan) > 0)
        stg_shell_scan_step(&scan);
    return scan;
}

static void test_places(void **state)
{
    (void)state;
    assert_places("a 'b' c", "...ss..");
    assert_places("\"a\\\"b\" c", ".ddddd..");
    assert_places("a\\'b 'c", "......s");
    assert_places("a # 'b\nc", "...####.");
    assert_places("a#b;#c", ".....#");
    assert_places("a \\\n#b", ".....#");
    assert_places("a\\\n#b", ".....");
    assert_places("x <<E 'a'\nb'\nE\nc", ".......ss.hhhh..");
    assert_places("x <<-'E'\n\tE\n'", "......ss."
                                      "hh"
                                      "..");
    assert_places("a $((1<<2)) 'b'", ".............ss");
    assert_places("x <<< 'a' b", ".......ss..");
}

static void test_beyond_quoting(void **state)
{
    (void)state;
    assert_false(scan_all("a $(b 'c d') $d \"$e\" ${f} \"${#g}\"").beyond);
    assert_true(scan_all("\"$(a)\"").beyond);
    assert_true(scan_all("`a`").beyond);
    assert_true(scan_all("\"`a`\"").beyond);
    assert_true(scan_all("$'a'").beyond);
    assert_true(scan_all("${a:-b c}").beyond);
    assert_true(scan_all("a <<E\nE").beyond);
    assert_false(scan_all("a <<< b").open);
    assert_false(scan_all("'$(a) `b` <<E'").beyond);
}

static void test_ends(void **state)
{
    (void)state;
    assert_int_equal(scan_all("'a").place, STG_SHELL_SINGLE);
    assert_int_equal(scan_all("a 'b' \"c").place, STG_SHELL_DOUBLE);
    assert_true(scan_all("a \\").open);
    assert_false(scan_all("a \\\\").open);
    assert_non_null(scan_all("a <<E\nb").delimiter);
    assert_null(scan_all("a <<E\nb\nE").delimiter);
    assert_true(scan_all("a <<E <<F\nb\nE\nF").open);
    assert_true(scan_all("a <<E\nb\nE").after_document);
    assert_false(scan_all("a <<E\nb\nE\nc").after_document);
}

TEST_GROUP(shell_scan)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_beyond_quoting),
        cmocka_unit_test(test_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
