/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/scan.h"

#include <string.h>

#include "support/cmocka_all.h"

static void test_words_and_their_sources(void **state)
{
    (void)state;
    const char *text = " a \t'b c'\\ d\r\n\"e\\\"f\\g\"";
    char out[40];
    stg_scan scan = stg_scan_begin(text, strlen(text), out);
    const char *words[] = {"a", "b c d", "e\"f\\g"};
    const char *sources[] = {"a", "'b c'\\ d", "\"e\\\"f\\g\""};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(stg_scan_next(&scan), STG_SCAN_WORD);
        assert_string_equal(scan.word, words[i]);
        assert_int_equal(scan.source_end - scan.source, strlen(sources[i]));
        assert_memory_equal(scan.source, sources[i], strlen(sources[i]));
    }
    assert_int_equal(stg_scan_next(&scan), STG_SCAN_END);
}

static stg_scan_result first_result(const char *text)
{
    char out[40];
    stg_scan scan = stg_scan_begin(text, strlen(text), out);
    return stg_scan_next(&scan);
}

static void test_how_it_ends(void **state)
{
    (void)state;
    assert_int_equal(first_result(""), STG_SCAN_END);
    assert_int_equal(first_result(" \t\r\n"), STG_SCAN_END);
    assert_int_equal(first_result("''"), STG_SCAN_WORD);
    assert_int_equal(first_result("'"), STG_SCAN_OPEN_QUOTE);
    assert_int_equal(first_result("a\"b"), STG_SCAN_OPEN_QUOTE);
    assert_int_equal(first_result("'a\\"), STG_SCAN_OPEN_QUOTE);
    assert_int_equal(first_result("\"a\\"), STG_SCAN_OPEN_ESCAPE);
    assert_int_equal(first_result("\\"), STG_SCAN_OPEN_ESCAPE);
}

TEST_GROUP(scan)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_their_sources),
        cmocka_unit_test(test_how_it_ends),
    };
    return cmocka_run_group_tests_name("process scan", tests, NULL, NULL);
}
