/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/export/page.h"

#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/runner.h"

static void assert_escaped(const char *text, bool keep_blanks, const char *expected)
{
    stg_buf out = {0};
    stg_export_escape(&out, text, strlen(text), keep_blanks);
    assert_string_equal(stg_buf_text(&out), expected);
    stg_buf_free(&out);
}

static void test_escape(void **state)
{
    (void)state;
    assert_escaped("a b", false, "a b");
    assert_escaped("a b", true, "a&#160;b");
    assert_escaped("<&>\"'", false, "&lt;&amp;&gt;&quot;&#x27;");
    assert_escaped("\u3042\U0001F680", false, "\u3042\U0001F680");
    assert_escaped("a\x01\x1b\t\xFF\uFFFF", false, "a\t\uFFFD\uFFFD");
}

static void test_classes(void **state)
{
    (void)state;
    stg_export_classes classes = {0};
    assert_int_equal(stg_export_class(&classes, "a"), 1);
    assert_int_equal(stg_export_class(&classes, ""), 2);
    assert_int_equal(stg_export_class(&classes, "ab"), 3);
    assert_int_equal(stg_export_class(&classes, "a"), 1);
    assert_int_equal(stg_export_class(&classes, ""), 2);
    assert_int_equal(stg_export_class(&classes, "ab"), 3);
    assert_string_equal(stg_export_rules(&classes, 3), "ab");
    for (size_t i = 0; i < 200; i++) {
        char rules[8];
        snprintf(rules, sizeof rules, "c%zu", i);
        assert_int_equal(stg_export_class(&classes, rules), 4 + i);
    }
    assert_int_equal(stg_export_class(&classes, "c7"), 11);
    assert_int_equal(stg_export_class(&classes, ""), 2);
    stg_buf whole = {0};
    stg_export_classes_free(&classes, &whole);
    assert_int_equal(whole.failure, 0);
}

TEST_GROUP(page)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
