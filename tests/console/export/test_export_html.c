/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include <staged/export.h>

#include "support/cmocka_all.h"

static char *export(const char *text, staged_export_options options)
{
    options.format = STAGED_EXPORT_HTML;
    char *page = staged_export_ansi(&options, text, strlen(text));
    assert_non_null(page);
    return page;
}

/* What stands between the two, and no more. */
static void assert_between(const char *page, const char *before, const char *after,
                           const char *expected)
{
    const char *start = strstr(page, before);
    assert_non_null(start);
    start += strlen(before);
    const char *end = strstr(start, after);
    assert_non_null(end);
    assert_int_equal(end - start, strlen(expected));
    assert_memory_equal(start, expected, strlen(expected));
}

static void assert_contents(const char *text, bool inline_styles, const char *expected)
{
    char *page = export(text, (staged_export_options){.size = sizeof(staged_export_options),
                                                      .inline_styles = inline_styles});
    assert_between(page, "<code style=\"font-family:inherit\">", "</code>", expected);
    free(page);
}

/* Rich writes the same elements for the same styles. */
static void test_inline(void **state)
{
    (void)state;
    assert_contents("plain\n<&>\n", true, "plain\n&lt;&amp;&gt;\n");
    assert_contents("\x1b[1;31ma\x1b[0m\n", true,
                    "<span style=\"color: #800000; text-decoration-color: #800000; "
                    "font-weight: bold\">a</span>\n");
    assert_contents("\x1b[3;4;44ma", true,
                    "<span style=\"background-color: #000080; font-style: italic; "
                    "text-decoration: underline\">a</span>");
    assert_contents("\x1b[2ma", true,
                    "<span style=\"color: #7f7f7f; text-decoration-color: #7f7f7f\">a</span>");
    assert_contents("\x1b[7;31;42ma", true,
                    "<span style=\"color: #008000; text-decoration-color: #008000; "
                    "background-color: #800000\">a</span>");
    assert_contents("\x1b[9;53ma", true,
                    "<span style=\"text-decoration: line-through; text-decoration: overline\">"
                    "a</span>");
    assert_contents("\x1b]8;;http://x?a&b\x1b\\\x1b[31ma\x1b[0mb", true,
                    "<span style=\"color: #800000; text-decoration-color: #800000\">"
                    "<a href=\"http://x?a&amp;b\">a</a></span><a href=\"http://x?a&amp;b\">b</a>");
    assert_contents("\x1b[5ma", true, "a");
}

static void test_equal_styles_are_one(void **state)
{
    (void)state;
    assert_contents("\x1b[3ma\x1b[0m\x1b[3mb\x1b[0mc\x1b[1m\x1b[0md\ne", true,
                    "<span style=\"font-style: italic\">ab</span>cd\ne");
}

static void test_classes(void **state)
{
    (void)state;
    const char *text = "\x1b[1ma\x1b[0mb\x1b[5mc\x1b[0m\x1b[3md\x1b[0m\n\x1b[1me\x1b[0m"
                       "\x1b]8;;http://x\x1b\\f";
    assert_contents(text, false,
                    "<span class=\"r1\">a</span>b<span class=\"r2\">c</span>"
                    "<span class=\"r3\">d</span>\n<span class=\"r1\">e</span>"
                    "<a class=\"r2\" href=\"http://x\">f</a>");
    char *page = export(text, (staged_export_options){.size = sizeof(staged_export_options)});
    assert_between(page, "<style>\n", "</style>",
                   ".r1 {font-weight: bold}\n.r3 {font-style: italic}\n"
                   "body {color: #000000; background-color: #ffffff}\n");
    assert_null(strstr(page, "<title>"));
    free(page);
}

static void test_options(void **state)
{
    (void)state;
    char *page = export("\x1b[31ma", (staged_export_options){
                                         .size = sizeof(staged_export_options),
                                         .theme = staged_terminal_theme_find("monokai"),
                                         .title = "A & B",
                                         .inline_styles = true,
                                     });
    assert_between(page, "<title>", "</title>", "A &amp; B");
    assert_between(page, "body {", "}", "color: #d9d9d9; background-color: #0c0c0c");
    assert_between(page, "<span style=\"", ";", "color: #f4005f");
    free(page);
}

TEST_GROUP(export_html)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inline),
        cmocka_unit_test(test_equal_styles_are_one),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_options),
    };
    return cmocka_run_group_tests_name("console export_html", tests, NULL, NULL);
}
