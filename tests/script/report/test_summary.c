/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/report/summary.h"
#include "support/cmocka_all.h"

static staged_status nothing(staged_call *call)
{
    (void)call;
    return STAGED_OK;
}

static const staged_class plain = {
    STAGED_CLASS("Plain"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "The first", nothing),
                              STAGED_STAGE("two", "The second", nothing)),
};

static staged_status add_sections(staged_call *c)
{
    STAGED_TRY(staged_summary_set_section(c->script, "Commands executed", "[bold]None[/] of %s",
                                          "[yours]"));
    STAGED_TRY(staged_summary_set_section(c->script, "Machine", "early words"));
    STAGED_TRY(staged_super(c));
    STAGED_TRY(staged_summary_set_section(c->script, "Last", "last"));
    STAGED_TRY(staged_summary_set_section(c->script, "Machine", "second"));
    return staged_summary_set_section_take(c->script, "Script result",
                                           staged_markup_new("Marvellous"));
}

static const staged_class sections = {
    STAGED_CLASS("Sections"), .bases = STAGED_BASES(&plain),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_SUMMARY, add_sections))};

static void assert_in_order(const char *text, const char *const *parts)
{
    const char *whole = text;
    for (; *parts != NULL; parts++) {
        const char *found = strstr(text, *parts);
        if (found == NULL)
            print_message("no %s in\n%s", *parts, whole);
        assert_non_null(found);
        text = found;
    }
}

static void test_sections_keep_their_order(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&sections, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    assert_in_order(fixture_output(script),
                    STAGED_TEXTS("── test Script Execution Summary ──", "➤ Ran the following:",
                                 "➤ Timing results:", "➤ Script result:", "Marvellous",
                                 "➤ Commands executed:", "None of [yours]", "➤ Machine:", "second",
                                 "➤ Last:", "last", "── End test Script Execution Summary ──"));
    assert_null(strstr(fixture_output(script), "early words "));
    assert_null(strstr(fixture_output(script), "Success"));
    staged_script_free(script);
}

static staged_status fails(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    STAGED_TRY(staged_summary_set_section(c->script, "Machine", "as it was"));
    return staged_fail(c->script, "no details");
}

static staged_status has_bad_markup(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    STAGED_TRY(staged_summary_set_section(c->script, "Bad", "[red]x[/blue]"));
    return staged_summary_set_section(c->script, "Machine", "as it was");
}

static const staged_class failing = {STAGED_CLASS("Failing"), .bases = STAGED_BASES(&plain),
                                     .methods =
                                         STAGED_METHODS(STAGED_ON(STAGED_HOOK_SUMMARY, fails))};
static const staged_class badly_marked = {
    STAGED_CLASS("BadlyMarked"), .bases = STAGED_BASES(&plain),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_SUMMARY, has_bad_markup))};

static void test_a_bad_hook_hides_nothing(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&failing, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 1);
    assert_in_order(
        fixture_output(script),
        STAGED_TEXTS("The summary failed:", "➤ Ran the following:", "➤ Commands executed:",
                     "➤ Timing results:", "➤ Machine:", "as it was", "➤ Script result:", "Failure",
                     "── End test Script Execution Summary ──"));
    assert_null(strstr(fixture_output(script), "Success"));
    staged_script_free(script);
}

static void test_a_bad_section_hides_nothing(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&badly_marked, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 1);
    assert_in_order(
        fixture_output(script),
        STAGED_TEXTS("➤ Ran the following:", "➤ Commands executed:", "➤ Timing results:",
                     "The section 'Bad' of the summary failed:", "closing tag '[/blue]'",
                     "➤ Machine:", "as it was", "➤ Script result:", "Failure",
                     "── End test Script Execution Summary ──"));
    assert_null(strstr(fixture_output(script), "Success"));
    staged_script_free(script);
}

static staged_status print_early(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_script_print_summary(c->script);
}

static const staged_class early = {STAGED_CLASS("Early"), .bases = STAGED_BASES(&plain),
                                   .methods =
                                       STAGED_METHODS(STAGED_ON(STAGED_HOOK_MAIN, print_early))};

static void test_it_is_printed_once(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&early, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    const char *first = strstr(fixture_output(script), "── End test");
    assert_non_null(first);
    assert_null(strstr(first + 1, "── End test"));
    staged_script_free(script);
}

/* A list that lacks a command must not pass for the whole, nor hide the rest. */
static void test_a_list_with_gaps(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    script->history.failed = true;
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 1);
    assert_in_order(
        fixture_output(script),
        STAGED_TEXTS("➤ Commands executed:", "# Some commands are missing: out of memory.",
                     "➤ Script result:", "Failure", "── End test"));
    staged_script_free(script);
}

TEST_GROUP(summary)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections_keep_their_order),
        cmocka_unit_test(test_a_bad_hook_hides_nothing),
        cmocka_unit_test(test_a_bad_section_hides_nothing),
        cmocka_unit_test(test_it_is_printed_once),
        cmocka_unit_test(test_a_list_with_gaps),
    };
    return cmocka_run_group_tests_name("script summary", tests, NULL, NULL);
}
