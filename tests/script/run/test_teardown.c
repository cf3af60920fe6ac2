/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <string.h>

#include "script/fixture.h"
#include "script/run/teardown.h"
#include "support/cmocka_all.h"

/* What ran, and what each stage does the first time: fail, ask for another attempt, or be told to
 * end. */
static stg_buf ran;
static const char *fails;
static const char *retries;
static const char *is_ended;

static bool first_time(const char **stage, const char *name)
{
    const bool is = *stage != NULL && strcmp(*stage, name) == 0;
    if (is)
        *stage = NULL;
    return is;
}

static staged_status work(staged_call *c)
{
    stg_buf_addf(&ran, "%s;", c->stage);
    if (first_time(&is_ended, c->stage)) {
        (void)raise(SIGTERM);
        return staged_sleep(c->script, 100);
    }
    if (first_time(&fails, c->stage))
        return staged_fail(c->script, "'%s' is broken", c->stage);
    return first_time(&retries, c->stage) ? STAGED_RETRY : STAGED_OK;
}

static staged_status note_interrupt(staged_call *c)
{
    (void)c;
    stg_buf_add_text(&ran, "interrupt;");
    return STAGED_OK;
}

static const staged_class house = {
    STAGED_CLASS("House"),
    .methods = STAGED_METHODS(STAGED_STAGE("build", "Building", work, .needed = true),
                              STAGED_STAGE("paint", "Painting", work, .may_fail = true),
                              STAGED_STAGE("sweep", "Sweeping", work, .always = true),
                              STAGED_STAGE("live", "Living", work),
                              STAGED_STAGE("lock", "Locking", work, .always = true),
                              STAGED_ON(STAGED_HOOK_INTERRUPT, note_interrupt)),
};
static const char *const all[] = {"--stage", "build", "paint", "sweep", "live", "lock", NULL};

static staged_script *run(const char *const *words, int exit_status)
{
    stg_buf_clear(&ran);
    staged_script *script = fixture_script(&house, NULL, NULL);
    assert_int_equal(fixture_run(script, words), exit_status);
    fails = retries = is_ended = NULL;
    return script;
}

static bool shows(staged_script *script, const char *text)
{
    return strstr(fixture_output(script), text) != NULL;
}

static void test_success(void **state)
{
    (void)state;
    staged_script *script = run(all, 0);
    assert_string_equal(stg_buf_text(&ran), "build;paint;sweep;live;lock;");
    assert_false(shows(script, "Result "));
    staged_script_free(script);
}

static void test_after_a_failure(void **state)
{
    (void)state;
    fails = "build";
    staged_script *script = run(all, 1);
    assert_string_equal(stg_buf_text(&ran), "build;sweep;lock;");
    assert_true(shows(script, "'build' is broken"));
    assert_false(shows(script, "Living"));
    staged_script_free(script);
}

static void test_stages_that_ran_do_not_run_again(void **state)
{
    (void)state;
    fails = "live";
    staged_script *script = run(all, 1);
    assert_string_equal(stg_buf_text(&ran), "build;paint;sweep;live;lock;");
    staged_script_free(script);
}

static void test_one_that_fails_does_not_keep_the_next(void **state)
{
    (void)state;
    fails = "sweep";
    staged_script *script = run(all, 1);
    assert_string_equal(stg_buf_text(&ran), "build;paint;sweep;lock;");
    staged_script_free(script);
}

static void test_only_the_command_line_leaves_them_out(void **state)
{
    (void)state;
    fails = "build";
    staged_script *script = run(STAGED_TEXTS("--stage", "build", "live", "lock"), 1);
    assert_string_equal(stg_buf_text(&ran), "build;lock;");
    staged_script_free(script);
}

static void test_after_an_interrupt(void **state)
{
    (void)state;
    is_ended = "paint";
    staged_script *script = run(all, 128 + SIGTERM);
    assert_string_equal(stg_buf_text(&ran), "build;paint;interrupt;sweep;lock;");
    assert_int_equal(staged_stage_outcome(script, "sweep"), STAGED_OUTCOME_PASSED);
    assert_true(shows(script, "│ paint │ 0:00:00"));
    assert_true(shows(script, "│ interrupted │"));
    assert_true(shows(script, "│ passed      │"));
    staged_script_free(script);
}

static void test_cut_short_by_the_interrupt(void **state)
{
    (void)state;
    is_ended = "sweep";
    staged_script *script = run(all, 128 + SIGTERM);
    assert_string_equal(stg_buf_text(&ran), "build;paint;sweep;interrupt;sweep;lock;");
    staged_script_free(script);
}

static void test_interrupted_while_it_tears_down(void **state)
{
    (void)state;
    fails = "build";
    is_ended = "sweep";
    staged_script *script = run(all, 128 + SIGTERM);
    assert_string_equal(stg_buf_text(&ran), "build;sweep;sweep;lock;");
    staged_script_free(script);
}

static void test_spent_retries_of_a_needed_stage(void **state)
{
    (void)state;
    retries = "build";
    staged_script *script = run(all, 1);
    assert_string_equal(stg_buf_text(&ran), "build;sweep;lock;");
    assert_int_equal(staged_stage_outcome(script, "live"), STAGED_OUTCOME_SKIPPED);
    assert_false(staged_stage_is_selected(script, "live"));
    assert_true(shows(script, "│ abandoned │"));
    assert_true(shows(script, "│ skipped   │"));
    staged_script_free(script);
}

static void test_allowed_failure(void **state)
{
    (void)state;
    fails = "paint";
    staged_script *script = run(all, 0);
    assert_string_equal(stg_buf_text(&ran), "build;paint;sweep;live;lock;");
    assert_true(shows(script, "'paint' is broken"));
    assert_true(shows(script, "failed (may fail)"));
    assert_true(shows(script, "Success, although 'paint' failed (allowed)"));
    assert_true(staged_script_success(script));
    staged_script_free(script);
    retries = "paint";
    script = run(all, 0);
    assert_true(shows(script, "abandoned (may fail)"));
    assert_true(shows(script, "Success, although 'paint' failed (allowed)"));
    staged_script_free(script);
}

static const staged_class optional_chain = {
    STAGED_CLASS("OptionalChain"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("fetch", "Fetching", work, .needed = true, .may_fail = true),
                       STAGED_STAGE("use", "Using", work),
                       STAGED_STAGE("clean", "Cleaning", work, .always = true)),
};

static void test_needed_but_allowed_to_fail(void **state)
{
    (void)state;
    stg_buf_clear(&ran);
    fails = "fetch";
    staged_script *script = fixture_script(&optional_chain, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "fetch", "use", "clean")), 0);
    assert_string_equal(stg_buf_text(&ran), "fetch;clean;");
    staged_script_free(script);
}

static staged_status tear_down_with_a_stage(staged_call *c)
{
    return staged_stage_run(c->script, "undo");
}

static const staged_class undoing = {
    STAGED_CLASS("Undoing"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("work", "Working", work), STAGED_STAGE("undo", "Undoing", work),
                       STAGED_ON(STAGED_HOOK_INTERRUPT, tear_down_with_a_stage)),
};

/* A stage that the hook runs does its work like any other. */
static void test_a_stage_in_the_interrupt_hook(void **state)
{
    (void)state;
    stg_buf_clear(&ran);
    is_ended = "work";
    staged_script *script = fixture_script(&undoing, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work", "undo")), 128 + SIGTERM);
    assert_string_equal(stg_buf_text(&ran), "work;undo;");
    assert_int_equal(staged_stage_outcome(script, "undo"), STAGED_OUTCOME_PASSED);
    staged_script_free(script);
}

static staged_status outstay(staged_call *c)
{
    return staged_sleep(c->script, 100);
}

static const staged_class slow = {
    STAGED_CLASS("Slow"),
    .methods = STAGED_METHODS(STAGED_STAGE("work", "Working", outstay),
                              STAGED_STAGE("clean", "Cleaning", outstay, .always = true)),
};

static void test_after_the_deadline(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&slow, NULL, &clock);
    assert_int_equal(staged_script_set_deadline(script, 10), STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work", "clean")), 1);
    assert_int_equal(staged_stage_outcome(script, "work"), STAGED_OUTCOME_FAILED);
    assert_int_equal(staged_stage_outcome(script, "clean"), STAGED_OUTCOME_PASSED);
    assert_int_equal(clock.now_ns / 1000000000, 110);
    staged_script_free(script);
}

static void test_skipping_the_rest(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&house, NULL, NULL);
    assert_int_equal(staged_stage_select(script, "live", true), STAGED_OK);
    assert_int_equal(staged_stage_select(script, "lock", true), STAGED_OK);
    staged_script_skip_rest(script);
    assert_false(staged_stage_is_selected(script, "live"));
    assert_true(staged_stage_is_selected(script, "lock"));
    staged_script_free(script);
}

static int free_memory(void **state)
{
    (void)state;
    stg_buf_free(&ran);
    return 0;
}

TEST_GROUP(teardown)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_success),
        cmocka_unit_test(test_after_a_failure),
        cmocka_unit_test(test_stages_that_ran_do_not_run_again),
        cmocka_unit_test(test_one_that_fails_does_not_keep_the_next),
        cmocka_unit_test(test_only_the_command_line_leaves_them_out),
        cmocka_unit_test(test_after_an_interrupt),
        cmocka_unit_test(test_cut_short_by_the_interrupt),
        cmocka_unit_test(test_interrupted_while_it_tears_down),
        cmocka_unit_test(test_spent_retries_of_a_needed_stage),
        cmocka_unit_test(test_allowed_failure),
        cmocka_unit_test(test_needed_but_allowed_to_fail),
        cmocka_unit_test(test_a_stage_in_the_interrupt_hook),
        cmocka_unit_test(test_after_the_deadline),
        cmocka_unit_test(test_skipping_the_rest),
    };
    return cmocka_run_group_tests_name("script teardown", tests, NULL, free_memory);
}
