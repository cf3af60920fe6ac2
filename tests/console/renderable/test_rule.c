/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/rule.h"
#include "support/consoles.h"
#include "support/torture.h"

static void assert_rule(int width, const char *characters, staged_align align, const char *title,
                        const char *expected)
{
    const staged_rule_options options = {
        .size = sizeof options, .characters = characters, .align = align};
    assert_drawn(staged_rule_new(&options, "%s", title), width, expected);
}

static void test_titles(void **state)
{
    (void)state;
    assert_rule(10, NULL, STAGED_ALIGN_DEFAULT, "", "──────────\n");
    assert_rule(10, NULL, STAGED_ALIGN_DEFAULT, "ab", "─── ab ───\n");
    assert_rule(11, NULL, STAGED_ALIGN_CENTER, "ab", "─── ab ────\n");
    assert_rule(10, NULL, STAGED_ALIGN_LEFT, "ab", "ab ───────\n");
    assert_rule(10, NULL, STAGED_ALIGN_RIGHT, "ab", "─────── ab\n");
    assert_rule(10, NULL, STAGED_ALIGN_DEFAULT, "far too long", "─ far t… ─\n");
    assert_rule(4, NULL, STAGED_ALIGN_DEFAULT, "ab", "────\n");
    assert_rule(12, NULL, STAGED_ALIGN_DEFAULT, "a\nb", "─── a b ────\n");
    assert_rule(3, NULL, STAGED_ALIGN_LEFT, "\u200D", "\u200D ───\n");
}

static void test_characters(void **state)
{
    (void)state;
    assert_rule(7, "+-", STAGED_ALIGN_DEFAULT, "", "+-+-+-+\n");
    assert_rule(7, "日", STAGED_ALIGN_DEFAULT, "", "日日日 \n");
    assert_rule(10, "+-", STAGED_ALIGN_DEFAULT, "ab", "+-+ ab +-+\n");
}

static void test_only_ascii(void **state)
{
    (void)state;
    const staged_console_options options = {
        .size = sizeof options, .to_text = true, .width = 12, .environment = empty_environment};
    staged_console *console = staged_console_new(&options);
    staged_console_rule(console, NULL, "title that is long");
    assert_string_equal(staged_console_text(console), "- title... -\n");
    staged_console_free(console);
}

static void test_styles(void **state)
{
    (void)state;
    const staged_rule_options options = {.size = sizeof options, .style = "red"};
    assert_drawn_in(staged_rule_new(&options, "[bold]t[/] 1"), 9, STAGED_COLOR_SYSTEM_STANDARD,
                    "\x1b[31m── \x1b[0m\x1b[1mt\x1b[0m \x1b[1;36m1\x1b[0m\x1b[31m ──\x1b[0m\n");
    const staged_rule_options bad = {.size = sizeof bad, .style = "nonsense"};
    assert_drawn_in(staged_rule_new(&bad, "%s", ""), 3, STAGED_COLOR_SYSTEM_STANDARD, "───\n");
}

static void test_characters_without_width(void **state)
{
    (void)state;
    const staged_rule_options options = {.size = sizeof options, .characters = "\xcc\x81"};
    staged_renderable *rule = staged_rule_new(&options, "x");
    staged_console *console = text_console(9, STAGED_COLOR_SYSTEM_NONE);
    assert_int_equal(staged_console_print_renderable(console, NULL, rule), STAGED_BAD_USE);
    staged_console_free(console);
    staged_renderable_free(rule);
}

static void test_all_of_a_title_may_be_markup(void **state)
{
    (void)state;
    assert_drawn(staged_rule_new(NULL, "[b]%%d[/]"), 8, "── %d ──\n");
}

static staged_renderable *make(void)
{
    const staged_rule_options options = {
        .size = sizeof options, .characters = "+-", .style = "red"};
    return staged_rule_new(&options, "[b]%s[/]", "title");
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_renderable *(*made)(void) = make;
    assert_true(torture(print_made, &made) > 5);
}

TEST_GROUP(rule)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_only_ascii),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_characters_without_width),
        cmocka_unit_test(test_all_of_a_title_may_be_markup),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
