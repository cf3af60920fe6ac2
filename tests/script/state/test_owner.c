/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Whose failure is whose, when several threads have one. */
#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#include "script/fixture.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "support/cmocka_all.h"

static staged_script *shared; /* what works and threads use; set by the body that begins them */

/* ---- Work beside a stage ---- */

static staged_status fail_and_recover(staged_background *background, void *context)
{
    (void)background;
    (void)context;
    if (staged_fail(shared, "the work's own trouble") != STAGED_FAILED ||
        strcmp(staged_script_error(shared), "the work's own trouble") != 0)
        return STAGED_FAILED;
    return STAGED_OK;
}

static staged_status keep_own_failure(staged_call *c)
{
    shared = c->script;
    stg_ignore(staged_fail(c->script, "the stage's trouble"));
    staged_background *background =
        staged_background_start(c->script, "recovering", fail_and_recover, NULL);
    assert_non_null(background);
    assert_int_equal(staged_background_join(background), STAGED_OK);
    assert_string_equal(staged_script_error(c->script), "the stage's trouble");
    return STAGED_FAILED;
}

static staged_status fail_with_words(staged_background *background, void *context)
{
    (void)background;
    (void)context;
    return staged_fail(shared, "no room for %d logs", 3);
}

static staged_status begin_failing_work(staged_call *c)
{
    shared = c->script;
    assert_non_null(staged_background_start(c->script, "saving", fail_with_words, NULL));
    return STAGED_OK;
}

static staged_status call_what_is_not_for_it(staged_background *background, void *context)
{
    (void)background;
    (void)context;
    return staged_stage_run(shared, "own");
}

static staged_status begin_nested_stage(staged_call *c)
{
    shared = c->script;
    assert_non_null(staged_background_start(c->script, "meddling", call_what_is_not_for_it, NULL));
    return STAGED_OK;
}

/* ---- A thread that the author made ---- */

static void *fail_in_a_thread(void *context)
{
    stg_ignore(staged_fail(context, "the thread's trouble"));
    return NULL;
}

static staged_status join_a_thread(staged_call *c)
{
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, fail_in_a_thread, c->script), 0);
    (void)pthread_join(thread, NULL);
    return STAGED_FAILED;
}

static staged_status join_and_fail(staged_call *c)
{
    stg_ignore(join_a_thread(c));
    return staged_fail(c->script, "the stage knows better");
}

static const staged_class several = {
    STAGED_CLASS("Several"),
    .methods = STAGED_METHODS(STAGED_STAGE("own", "Own", keep_own_failure),
                              STAGED_STAGE("work", "Work", begin_failing_work),
                              STAGED_STAGE("nested", "Nested", begin_nested_stage),
                              STAGED_STAGE("thread", "Thread", join_a_thread),
                              STAGED_STAGE("both", "Both", join_and_fail))};

static void expect_failure(const char *stage, const char *reason)
{
    staged_script *script = fixture_script(&several, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", stage)), 1);
    assert_string_equal(staged_script_error(script), reason);
    staged_script_free(script);
}

static void test_works_failure_is_its_own(void **state)
{
    (void)state;
    expect_failure("own", "the stage's trouble");
}

static void test_work_may_fail_as_stages_do(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&several, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work")), 1);
    assert_string_equal(staged_script_error(script), "saving: no room for 3 logs");
    assert_non_null(strstr(script->failure.where.file, "test_owner.c"));
    staged_script_free(script);
}

static void test_calls_not_for_background_work_fail(void **state)
{
    (void)state;
    expect_failure("nested", "meddling: only the thread that runs the script may call "
                             "staged_stage_run, not background work");
}

static void test_threads_reason_counts_where_there_is_no_other(void **state)
{
    (void)state;
    expect_failure("thread", "the thread's trouble");
    expect_failure("both", "the stage knows better");
}

TEST_GROUP(owner)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_works_failure_is_its_own),
        cmocka_unit_test(test_work_may_fail_as_stages_do),
        cmocka_unit_test(test_calls_not_for_background_work_fail),
        cmocka_unit_test(test_threads_reason_counts_where_there_is_no_other),
    };
    return cmocka_run_group_tests_name("script owner", tests, NULL, NULL);
}
