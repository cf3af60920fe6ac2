/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "script/fixture.h"
#include "script/report/timing_table.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status nothing(staged_call *c)
{
    (void)c;
    return STAGED_OK;
}

static const staged_class plain = {
    STAGED_CLASS("Plain"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("one", "One", nothing), STAGED_STAGE("two", "Two", nothing)),
};
static const staged_class with_options = {
    STAGED_CLASS("WithOptions"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", nothing, .may_fail = true),
                              STAGED_STAGE("two", "Two", nothing)),
};

/* A script in which stage "one" ended so, and then "two" passed. */
static staged_script *after(const staged_class *script_class, staged_outcome outcome)
{
    static virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(script_class, NULL, &clock);
    virtual_clock_pass(&clock, 3);
    assert_int_equal(stg_timings_add(&script->timings, "one", 1000000000, outcome), STAGED_OK);
    assert_int_equal(stg_timings_add(&script->timings, "two", 2000000000, STAGED_OUTCOME_PASSED),
                     STAGED_OK);
    staged_renderable *table = stg_timing_table(script);
    assert_int_equal(staged_console_print_renderable(script->console, NULL, table), STAGED_OK);
    staged_renderable_free(table);
    return script;
}

static void assert_table(const staged_class *script_class, staged_outcome outcome,
                         const char *expected)
{
    staged_script *script = after(script_class, outcome);
    assert_string_equal(fixture_output(script), expected);
    staged_script_free(script);
}

static const char originals[] = "┏━━━━━━━┳━━━━━━━━━━┓\n"
                                "┃ Stage ┃ Duration ┃\n"
                                "┡━━━━━━━╇━━━━━━━━━━┩\n"
                                "│ one   │ 0:00:01  │\n"
                                "│ two   │ 0:00:02  │\n"
                                "├───────┼──────────┤\n"
                                "│ Total │ 0:00:03  │\n"
                                "└───────┴──────────┘\n";

static void test_the_originals(void **state)
{
    (void)state;
    assert_table(&plain, STAGED_OUTCOME_PASSED, originals);
    assert_table(&plain, STAGED_OUTCOME_SKIPPED, originals);
    assert_table(&plain, STAGED_OUTCOME_RETRYING, originals);
    assert_table(&plain, STAGED_OUTCOME_ABANDONED, originals);
    assert_table(&with_options, STAGED_OUTCOME_PASSED, originals);
    assert_table(&with_options, STAGED_OUTCOME_EXITED, originals);
}

static void test_with_results(void **state)
{
    (void)state;
    assert_table(&plain, STAGED_OUTCOME_FAILED,
                 "┏━━━━━━━┳━━━━━━━━━━┳━━━━━━━━┓\n"
                 "┃ Stage ┃ Duration ┃ Result ┃\n"
                 "┡━━━━━━━╇━━━━━━━━━━╇━━━━━━━━┩\n"
                 "│ one   │ 0:00:01  │ failed │\n"
                 "│ two   │ 0:00:02  │ passed │\n"
                 "├───────┼──────────┼────────┤\n"
                 "│ Total │ 0:00:03  │        │\n"
                 "└───────┴──────────┴────────┘\n");
}

static void test_each_result(void **state)
{
    (void)state;
    static const struct {
        staged_outcome outcome;
        const char *text;
    } results[] = {
        {STAGED_OUTCOME_SKIPPED, "│ skipped │"},
        {STAGED_OUTCOME_RETRYING, "│ retried │"},
        {STAGED_OUTCOME_ABANDONED, "│ abandoned (may fail) │"},
        {STAGED_OUTCOME_FAILED, "│ failed (may fail) │"},
        {STAGED_OUTCOME_INTERRUPTED, "│ interrupted │"},
    };
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        staged_script *script = after(&with_options, results[i].outcome);
        assert_non_null(strstr(fixture_output(script), results[i].text));
        staged_script_free(script);
    }
}

static void test_duration_only(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_script_add_duration(script, "no stage", 1000), STAGED_OK);
    assert_int_equal(stg_timings_add(&script->timings, "other", 1000, STAGED_OUTCOME_INTERRUPTED),
                     STAGED_OK);
    assert_int_equal(stg_timings_add(&script->timings, "left", 1000, STAGED_OUTCOME_EXITED),
                     STAGED_OK);
    staged_renderable *table = stg_timing_table(script);
    assert_int_equal(staged_console_print_renderable(script->console, NULL, table), STAGED_OK);
    staged_renderable_free(table);
    assert_non_null(strstr(fixture_output(script), "│ no stage │ 0:00:00.000001 │ passed "));
    assert_non_null(strstr(fixture_output(script), "│ left     │ 0:00:00.000001 │ exited"));
    staged_script_free(script);
}

static void test_nothing_is_cut(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&plain, NULL, NULL);
    assert_int_equal(staged_script_add_duration(script, "provisioning", 3723000004000), STAGED_OK);
    staged_renderable *table = stg_timing_table(script);
    staged_console *narrow =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true, .width = 22));
    assert_int_equal(staged_console_print_renderable(narrow, NULL, table), STAGED_OK);
    const char *text = staged_console_text(narrow);
    assert_non_null(strstr(text, "│ provisio │ 1:02:03 │\n│ ning     │ .000004 │\n"));
    assert_null(strstr(text, "…"));
    staged_renderable_free(table);
    staged_console_free(narrow);
    staged_script_free(script);
}

static staged_status draw(void *context)
{
    staged_renderable *table = stg_timing_table(context);
    staged_renderable_free(table);
    return table == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_script *script = after(&with_options, STAGED_OUTCOME_FAILED);
    assert_true(torture(draw, script) > 5);
    staged_script_free(script);
}

TEST_GROUP(timing_table)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_originals),  cmocka_unit_test(test_with_results),
        cmocka_unit_test(test_each_result),    cmocka_unit_test(test_duration_only),
        cmocka_unit_test(test_nothing_is_cut), cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script timing_table", tests, NULL, NULL);
}
