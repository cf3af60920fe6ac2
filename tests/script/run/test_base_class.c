/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status retry_always(staged_call *c)
{
    virtual_clock_pass(staged_script_clock(c->script)->context, 1.25);
    return STAGED_RETRY;
}

static const staged_class flaky = {
    STAGED_CLASS("Flaky"),
    .methods = STAGED_METHODS(STAGED_STAGE("flaky", "Trying [i]hard[/] 100%", retry_always))};

/* The text of a line without blanks at its end. */
static char *squeezed(const char *text)
{
    stg_buf out = {0};
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        size_t end = length;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        stg_buf_add(&out, text, end);
        stg_buf_add_char(&out, '\n');
        text += length + (text[length] == '\n');
    }
    return stg_buf_take(&out);
}

static void assert_shows(staged_script *script, const char *expected)
{
    char *text = squeezed(fixture_output(script));
    if (strstr(text, expected) == NULL)
        print_message("%s", text);
    assert_non_null(strstr(text, expected));
    free(text);
}

static void test_a_spent_retry(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&flaky, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "flaky", "--flaky-retry-attempts",
                                                      "1", "--flaky-retry-delay", "2")),
                     1);
    assert_shows(script, "│ Trying hard 100%");
    assert_shows(script, "`flaky` stage duration:  0:00:01.250000");
    assert_shows(script, "Preparing to retry the 'flaky' stage...");
    assert_shows(script, "Attempt 1 of 2 failed; the next begins in 2 s.");
    assert_shows(script, "│ Abandoning retrying the 'flaky' stage.");
    assert_shows(script, "│ Total attempts:  2.  Total time:");
    assert_shows(script, "0:00:04.500000.");
    assert_null(strstr(fixture_output(script), "None"));
    assert_shows(script, "               │ Total │ 0:00:04.500000 │\n");
    assert_shows(script, "               Failure\n");
    assert_int_equal(staged_stage_outcome(script, "flaky"), STAGED_OUTCOME_ABANDONED);
    staged_script_free(script);
}

static void test_a_stage_that_may_not_retry(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&flaky, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "flaky")), 1);
    assert_null(strstr(fixture_output(script), "Abandoning"));
    assert_null(strstr(fixture_output(script), "Preparing"));
    staged_script_free(script);
}

static void test_a_skipped_stage(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&flaky, NULL, NULL);
    assert_int_equal(fixture_run(script, (const char *const[]){NULL}), 0);
    assert_shows(script, "Skipping this stage.");
    assert_int_equal(staged_stage_outcome(script, "flaky"), STAGED_OUTCOME_SKIPPED);
    staged_script_free(script);
}

TEST_GROUP(base_class)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_spent_retry),
        cmocka_unit_test(test_a_stage_that_may_not_retry),
        cmocka_unit_test(test_a_skipped_stage),
    };
    return cmocka_run_group_tests_name("script base_class", tests, NULL, NULL);
}
