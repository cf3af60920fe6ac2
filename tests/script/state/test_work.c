/* SPDX-License-Identifier: BSD-3-Clause */
#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#include "base/text/buf.h"
#include "script/fixture.h"
#include "script/state/work.h"
#include "support/cmocka_all.h"

/* ---- The stage that events tell ---- */

typedef struct gate {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool open;
} gate;

static gate in_stage = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};

static void open_gate(gate *g)
{
    (void)pthread_mutex_lock(&g->lock);
    g->open = true;
    (void)pthread_cond_broadcast(&g->changed);
    (void)pthread_mutex_unlock(&g->lock);
}

static void wait_at(gate *g)
{
    (void)pthread_mutex_lock(&g->lock);
    while (!g->open)
        (void)pthread_cond_wait(&g->changed, &g->lock);
    (void)pthread_mutex_unlock(&g->lock);
}

static staged_status log_during_the_stage(staged_background *background, void *context)
{
    (void)background;
    wait_at(&in_stage);
    return staged_log(context, "from the work");
}

static staged_background *older_work;

static staged_status begin_before_the_stage(staged_call *c)
{
    older_work = staged_background_start(c->script, "logging", log_during_the_stage, c->script);
    assert_non_null(older_work);
    return staged_super(c);
}

static staged_status log_after_the_work(staged_call *c)
{
    open_gate(&in_stage);
    STAGED_TRY(staged_background_join(older_work));
    return staged_log(c->script, "from the stage");
}

static const staged_class overlapping = {
    STAGED_CLASS("Overlapping"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_MAIN, begin_before_the_stage),
                              STAGED_STAGE("late", "Late", log_after_the_work))};

static void note_stage(void *context, const staged_event *event)
{
    stg_buf *seen = context;
    if (event->kind == STAGED_EVENT_LOG && strncmp(event->message, "from", 4) == 0)
        stg_buf_addf(seen, "%s:%s:%" PRId64 "\n", event->message, event->stage, event->attempt);
}

static void test_events_tell_the_stage_that_began_the_work(void **state)
{
    (void)state;
    stg_buf seen = {0};
    staged_script *script = fixture_script(&overlapping, NULL, NULL);
    assert_int_equal(
        staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .notify = note_stage,
                                                          .context = &seen, .wants_logs = true)),
        STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "late")), 0);
    assert_string_equal(stg_buf_text(&seen), "from the work::0\nfrom the stage:late:1\n");
    staged_script_free(script);
    stg_buf_free(&seen);
}

/* ---- Secrets ---- */

static gate secret_refused = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};

static staged_status wait_for_refusal(staged_background *background, void *context)
{
    (void)background;
    (void)context;
    wait_at(&secret_refused);
    return STAGED_OK;
}

static staged_status add_secrets(staged_call *c)
{
    STAGED_TRY(staged_script_add_secret(c->script, "before any work"));
    staged_background *background =
        staged_background_start(c->script, "showing", wait_for_refusal, NULL);
    const staged_status refused = staged_script_add_secret(c->script, "open sesame");
    open_gate(&secret_refused);
    STAGED_TRY(staged_background_join(background));
    STAGED_TRY(staged_script_add_secret(c->script, "after it"));
    return refused;
}

static const staged_class secretive = {
    STAGED_CLASS("Secretive"), .methods = STAGED_METHODS(STAGED_STAGE("add", "Add", add_secrets))};

static void test_no_secret_is_added_during_background_work(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "add")), 1);
    assert_string_equal(
        staged_script_error(script),
        "add secrets before starting background work, which could print them meanwhile");
    staged_script_free(script);
}

TEST_GROUP(work)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events_tell_the_stage_that_began_the_work),
        cmocka_unit_test(test_no_secret_is_added_during_background_work),
    };
    return cmocka_run_group_tests_name("script work", tests, NULL, NULL);
}
