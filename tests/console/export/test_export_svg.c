/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include <staged/export.h>

#include "support/cmocka_all.h"

static char *export(const char *text, staged_export_options options)
{
    options.format = STAGED_EXPORT_SVG;
    options.id = options.id == NULL ? "t" : options.id;
    char *picture = staged_export_ansi(&options, text, strlen(text));
    assert_non_null(picture);
    return picture;
}

static void assert_has(const char *text, int width, const char *const *expected)
{
    char *picture = export(
        text, (staged_export_options){.size = sizeof(staged_export_options), .width = width});
    for (; *expected != NULL; expected++)
        if (strstr(picture, *expected) == NULL)
            fail_msg("no %s in %s", *expected, picture);
    free(picture);
}

#define ASSERT_HAS(text, width, ...)                                                               \
    assert_has(text, width, (const char *const[]){__VA_ARGS__, NULL})

/* The figures are those of Rich's picture of the same lines. */
static void test_layout(void **state)
{
    (void)state;
    ASSERT_HAS("one\ntwo\n", 70, "viewBox=\"0 0 872 98.8\"",
               " x=\"1\" y=\"1\" width=\"870\" height=\"96.8\" rx=\"8\"/>", "translate(9, 41)",
               "<rect x=\"0\" y=\"0\" width=\"853\" height=\"50.55\"/>",
               "<clipPath id=\"t-line-1\"><rect x=\"0\" y=\"25.9\" width=\"854\" "
               "height=\"24.65\"/></clipPath>",
               "<text class=\"t-r1\" x=\"0\" y=\"20\" textLength=\"36.6\" "
               "clip-path=\"url(#t-line-0)\">one</text>",
               "<text class=\"t-r1\" x=\"0\" y=\"44.4\" textLength=\"36.6\" "
               "clip-path=\"url(#t-line-1)\">two</text>",
               ".t-r1 {fill: #c5c8c6}\n", "font-size: 20px; line-height: 24.4px");
}

static void test_styles(void **state)
{
    (void)state;
    ASSERT_HAS("\x1b[31;44ma b\x1b[0m  \x1b[7mc\x1b[0m", 9,
               "<rect fill=\"#608ab1\" x=\"0\" y=\"1.5\" width=\"36.6\" height=\"24.65\" "
               "shape-rendering=\"crispEdges\"/>",
               ".t-r1 {fill: #cc555a}\n", ">a b</text>",
               "<rect fill=\"#c5c8c6\" x=\"61\" y=\"1.5\"", ".t-r2 {fill: #292929}\n",
               "<text class=\"t-r2\" x=\"61\"");
    ASSERT_HAS("\x1b[1;2;3;4;9;53ma", 9,
               ".t-r1 {fill: #868887; font-weight: bold; font-style: italic; "
               "text-decoration: underline line-through overline}\n");
    ASSERT_HAS("\x1b[4m  \x1b[0m", 9, ">&#160;&#160;</text>");
    ASSERT_HAS("\x1b[8;44msecret", 9, ".t-r1 {fill: #608ab1}\n");
}

/* Blanks are not drawn: a word has a place of its own. */
static void test_blanks(void **state)
{
    (void)state;
    ASSERT_HAS("  a b  \u3042 c ", 20,
               "x=\"24.4\" y=\"20\" textLength=\"36.6\" clip-path=\"url(#t-line-0)\">a b</text>",
               "x=\"85.4\" y=\"20\" textLength=\"48.8\" "
               "clip-path=\"url(#t-line-0)\">\u3042 c</text>");
    char *picture =
        export("   ", (staged_export_options){.size = sizeof(staged_export_options), .width = 9});
    assert_null(strstr(picture, "<text"));
    free(picture);
}

static void test_wide_and_folded(void **state)
{
    (void)state;
    ASSERT_HAS("\u3042\u3044x", 9, "textLength=\"61\"");
    ASSERT_HAS("abc\u3042\u3044", 4, ">abc</text>", ">\u3042\u3044</text>", "t-line-1");
    ASSERT_HAS("\u3042\u3044", 1, ">\u3042</text>", ">\u3044</text>");
    ASSERT_HAS("a\tb\n", 20,
               "x=\"0\" y=\"20\" textLength=\"12.2\" clip-path=\"url(#t-line-0)\">a</text>",
               "x=\"97.6\" y=\"20\" textLength=\"12.2\" clip-path=\"url(#t-line-0)\">b</text>");
}

static void test_width_of_contents(void **state)
{
    (void)state;
    /* 16 columns: 195.2 pixels, and 16 of padding, rounded up. */
    ASSERT_HAS("ab\n0\t\u3042123456\nab", 0, "x=\"1\" y=\"1\" width=\"212\"");
    ASSERT_HAS("", 0, "viewBox=\"0 0 31 74.4\"");
}

static void test_title_and_names(void **state)
{
    (void)state;
    char *plain = export("a", (staged_export_options){.size = sizeof(staged_export_options)});
    assert_null(strstr(plain, "t-title\""));
    free(plain);
    char *titled =
        export("a", (staged_export_options){
                        .size = sizeof(staged_export_options), .title = "A & B", .width = 70});
    assert_non_null(strstr(titled,
                           "<text class=\"t-title\" fill=\"#c5c8c6\" text-anchor=\"middle\" "
                           "x=\"435\" y=\"27\">A &amp; B</text>"));
    free(titled);
    const staged_export_options options = {.size = sizeof options, .format = STAGED_EXPORT_SVG};
    char *one = staged_export_ansi(&options, "a", 1);
    char *same = staged_export_ansi(&options, "a", 1);
    char *other = staged_export_ansi(&options, "b", 1);
    assert_string_equal(one, same);
    const char *name = strstr(one, "terminal-");
    assert_non_null(name);
    char id[24] = "";
    memcpy(id, name, strcspn(name, "\" .") < 23 ? 19 : 23);
    assert_null(strstr(other, id));
    free(one);
    free(same);
    free(other);
}

TEST_GROUP(export_svg)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_wide_and_folded),
        cmocka_unit_test(test_width_of_contents),
        cmocka_unit_test(test_title_and_names),
    };
    return cmocka_run_group_tests_name("console export_svg", tests, NULL, NULL);
}
