/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/console.h>

#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_console *new_console(bool is_colored)
{
    return staged_console_new(STAGED_OPTIONS(
        staged_console_options, .to_text = true, .width = 12,
        .force_terminal = is_colored ? STAGED_YES : STAGED_NO,
        .color_system = is_colored ? STAGED_COLOR_SYSTEM_STANDARD : STAGED_COLOR_SYSTEM_NONE));
}

static void assert_shown(staged_renderable *item, bool is_colored, const char *expected)
{
    staged_console *console = new_console(is_colored);
    assert_int_equal(staged_console_print_renderable(console, NULL, item), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_renderable_free(item);
    staged_console_free(console);
}

static void assert_json(const char *text, const char *expected)
{
    assert_shown(staged_json_new(text), true, expected);
}

#define BRACE(text) "\x1b[1m" text "\x1b[0m"
#define KEY(text) "\x1b[1;34m" text "\x1b[0m"
#define STR(text) "\x1b[32m" text "\x1b[0m"
#define NUMBER(text) "\x1b[1;36m" text "\x1b[0m"

static void test_json(void **state)
{
    (void)state;
    assert_json("{\n  \"a\": [1, -2.5e+3],\n  \"b \\\"\": \"c\"\n}\n",
                BRACE("{") "\n  " KEY("\"a\"") ": " BRACE("[") NUMBER("1") ", " NUMBER("-2.5e+3")
                    BRACE("]") ",\n  " KEY("\"b \\\"\"") ": " STR("\"c\"") "\n" BRACE("}") "\n");
    assert_json("[true,false,null]", BRACE("[") "\x1b[3;92mtrue\x1b[0m,\x1b[3;91mfalse\x1b[0m,"
                                                "\x1b[3;35mnull\x1b[0m" BRACE("]") "\n");
    /* Several values, as jq prints them. */
    assert_json("{}\n[]\n0",
                BRACE("{") BRACE("}") "\n" BRACE("[") BRACE("]") "\n" NUMBER("0") "\n");
}

static void test_no_json(void **state)
{
    (void)state;
    static const char *const texts[] = {"error: no such pod \"x\" in \"y\"",
                                        "{\"a\": 1",
                                        "[1,]",
                                        "{\"a\" 1}",
                                        "{,}",
                                        "[1 2]",
                                        "{\"a\":}",
                                        "01",
                                        "1.",
                                        "-",
                                        "2e",
                                        "\"open",
                                        "[}",
                                        "]",
                                        "{1: 2}",
                                        "[\"a\": 1]",
                                        "{\"a\", 1}",
                                        "nul",
                                        "{\"a\": 1,}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "%s\n", texts[i]);
        assert_json(texts[i], expected);
    }
    assert_json("", "\n");
}

/* More levels than are followed. */
static void test_deep_json(void **state)
{
    (void)state;
    char text[1201] = {0}, expected[1202] = {0};
    memset(text, '[', 600);
    memset(text + 600, ']', 600);
    memcpy(expected, text, 1200);
    expected[1200] = '\n';
    assert_json(text, expected);
}

static void test_diff(void **state)
{
    (void)state;
    assert_shown(
        staged_diff_new("diff -u a b\n--- a\n+++ b\n@@ -1,3 +1,2 @@ f()\n same line\n--- a\n"
                        "-x\n+y\n\\ No newline at end of file\n--- a\nOnly in b: c\n"),
        true,
        "\x1b[1mdiff -u a b\x1b[0m\n\x1b[1m--- a\x1b[0m\n\x1b[1m+++ b\x1b[0m\n"
        "\x1b[36m@@ -1,3 +1,2 @@ f()\x1b[0m\n same line\n\x1b[31m--- a\x1b[0m\n"
        "\x1b[31m-x\x1b[0m\n\x1b[32m+y\x1b[0m\n\\ No newline at end of file\n"
        "\x1b[1m--- a\x1b[0m\nOnly in b: c\n");
    assert_shown(
        staged_diff_new("@@ -1 +1 @@\n-a\n+b\n@@ -x +1 @@\n-a"), true,
        "\x1b[36m@@ -1 +1 @@\x1b[0m\n\x1b[31m-a\x1b[0m\n\x1b[32m+b\x1b[0m\n@@ -x +1 @@\n-a\n");
}

static void test_plain(void **state)
{
    (void)state;
    assert_shown(staged_json_new("{\"name\": \"longer than the console\"}\n"), false,
                 "{\"name\": \"longer than the console\"}\n");
    assert_shown(staged_diff_new("-a  line of [b]more[/] than twelve columns\n"), false,
                 "-a  line of [b]more[/] than twelve columns\n");
}

static void test_styles(void **state)
{
    (void)state;
    staged_console *console = new_console(true);
    assert_int_equal(staged_console_set_style(console, "diff.removed", "blue"), STAGED_OK);
    staged_renderable *item = staged_diff_new("@@ -1 +0,0 @@\n-a\n");
    assert_int_equal(staged_console_print_renderable(console, NULL, item), STAGED_OK);
    assert_string_equal(staged_console_text(console),
                        "\x1b[36m@@ -1 +0,0 @@\x1b[0m\n\x1b[34m-a\x1b[0m\n");
    staged_renderable_free(item);
    staged_console_free(console);
}

static staged_status use(void *context)
{
    (void)context;
    staged_console *console = new_console(true);
    staged_renderable *item = staged_render_group_new();
    staged_status status = console == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    if (status == STAGED_OK)
        status = staged_render_group_add(item, staged_json_new("{\"a\": [1]}"));
    if (status == STAGED_OK)
        status = staged_render_group_add(item, staged_diff_new("@@ -1 +0 @@\n-a\n"));
    if (status == STAGED_OK)
        status = staged_console_print_renderable(console, NULL, item);
    staged_renderable_free(item);
    staged_console_free(console);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(use, NULL) > 2);
}

TEST_GROUP(item_data)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),          cmocka_unit_test(test_no_json),
        cmocka_unit_test(test_deep_json),     cmocka_unit_test(test_diff),
        cmocka_unit_test(test_plain),         cmocka_unit_test(test_styles),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("console item_data", tests, NULL, NULL);
}
