/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "console/style/style.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static stg_style parse(const char *text)
{
    stg_style style;
    assert_int_equal(stg_style_parse(text, strlen(text), &style, NULL), STAGED_OK);
    return style;
}

static void test_attributes(void **state)
{
    (void)state;
    static const char *const names[] = {"bold",   "dim",      "italic",  "underline", "blink",
                                        "blink2", "reverse",  "conceal", "strike",    "underline2",
                                        "frame",  "encircle", "overline"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(parse(names[i]).set, 1 << i);
        assert_int_equal(parse(names[i]).on, 1 << i);
    }
    assert_int_equal(parse("b d i u r c s uu o").on, 0x13CF);
    assert_int_equal(parse("BOLD not italic").set, STG_BOLD | STG_ITALIC);
    assert_int_equal(parse("BOLD not italic").on, STG_BOLD);
    assert_int_equal(parse("bold not b").on, 0);
    assert_int_equal(parse("not bold b").on, STG_BOLD);
}

static void test_colors(void **state)
{
    (void)state;
    assert_int_equal(parse("Red").color.red, 1);
    assert_int_equal(parse("red on\u3000BLUE").background.red, 4);
    assert_int_equal(parse("red green").color.red, 2);
    assert_int_equal(parse("on #010203").background.blue, 3);
    assert_int_equal(parse("on #010203").color.kind, STG_COLOR_UNSET);
}

static void test_null(void **state)
{
    (void)state;
    static const char *const nulls[] = {"", "  ", "none", " none\t"};
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
        const stg_style style = parse(nulls[i]);
        assert_true(stg_style_is_null(&style));
    }
}

static void test_link(void **state)
{
    (void)state;
    const char *text = "bold link https://example.org red";
    const stg_style style = parse(text);
    assert_ptr_equal(style.link, text + 10);
    assert_int_equal(style.link_length, 19);
    assert_int_equal(style.color.red, 1);
}

static void assert_wrong(const char *text, const char *expected)
{
    stg_style style;
    stg_error error = {0};
    assert_int_equal(stg_style_parse(text, strlen(text), &style, NULL), STAGED_BAD_MARKUP);
    assert_int_equal(stg_style_parse(text, strlen(text), &style, &error), STAGED_BAD_MARKUP);
    assert_true(stg_style_is_null(&style));
    assert_string_equal(stg_error_text(&error), expected);
    stg_error_free(&error);
}

static void test_errors(void **state)
{
    (void)state;
    assert_wrong("bold Nope", "unable to parse 'nope' as color; 'nope' is not a valid color");
    assert_wrong("on Nope",
                 "unable to parse 'Nope' as background color; 'Nope' is not a valid color");
    assert_wrong("on", "color expected after 'on'");
    assert_wrong("link", "URL expected after 'link'");
    assert_wrong("not", "expected style attribute after 'not', found ''");
    assert_wrong("not BOLD", "expected style attribute after 'not', found 'BOLD'");
    assert_wrong("none bold", "unable to parse 'none' as color; 'none' is not a valid color");
    assert_wrong("Color(300)", "unable to parse 'color(300)' as color; "
                               "color number must be <= 255 in 'color(300)'");
}

/* The reason may be lost, never the fact. */
static staged_status use(void *context)
{
    (void)context;
    stg_error error = {0};
    stg_style style;
    const staged_status status = stg_style_parse("on nope", 7, &style, &error);
    const bool complete = error.text != NULL;
    stg_error_free(&error);
    return status == STAGED_BAD_MARKUP && complete ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture_forgiving(use, NULL) > 0);
}

TEST_GROUP(style_parse)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attributes), cmocka_unit_test(test_colors),
        cmocka_unit_test(test_null),       cmocka_unit_test(test_link),
        cmocka_unit_test(test_errors),     cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console style_parse", tests, NULL, NULL);
}
