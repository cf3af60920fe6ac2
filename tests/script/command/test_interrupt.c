/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <string.h>

#include <staged/signals.h>

#include "script/command/interrupt.h"
#include "script/fixture.h"
#include "support/cmocka_all.h"

static stg_buf seen;

static staged_status ask_to_end(staged_call *c)
{
    stg_buf_add_text(&seen, "body;");
    (void)raise(SIGTERM);
    return staged_sleep(c->script, 100);
}

static staged_status never(staged_call *c)
{
    (void)c;
    stg_buf_add_text(&seen, "never;");
    return STAGED_OK;
}

static staged_status end_stage(staged_call *c)
{
    stg_buf_add_text(&seen, "end;");
    STAGED_TRY(staged_run(c->script, "true"));
    return staged_super(c);
}

static staged_status tear_down(staged_call *c)
{
    stg_buf_add_text(&seen, "tear down;");
    assert_int_equal(staged_script_signal(c->script), SIGTERM);
    STAGED_TRY(staged_sleep(c->script, 0.001));
    return staged_run(c->script, "true # tear down");
}

static const staged_class stopped = {
    STAGED_CLASS("Stopped"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("one", "One", ask_to_end), STAGED_STAGE("two", "Two", never),
        STAGED_ON_STAGE(STAGED_HOOK_END_STAGE, "one", end_stage),
        STAGED_ON(STAGED_HOOK_POST_STAGE, never), STAGED_ON(STAGED_HOOK_INTERRUPT, tear_down)),
};

static void test_a_signal_ends_the_script_in_good_order(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&stopped, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one", "two")), 128 + SIGTERM);
    assert_string_equal(stg_buf_text(&seen), "body;end;tear down;");
    assert_non_null(strstr(fixture_output(script), "Interrupted (SIGTERM)."));
    assert_non_null(strstr(fixture_output(script), "               │ one   │"));
    assert_non_null(strstr(fixture_output(script), "               Interrupted\n"));
    assert_non_null(strstr(fixture_output(script), "true # tear down"));
    assert_int_equal(staged_stage_outcome(script, "one"), STAGED_OUTCOME_INTERRUPTED);
    staged_script_free(script);
    stg_buf_free(&seen);
}

/* ---- After `main` ---- */

static void raise_at(void *context, const staged_event *event)
{
    staged_event_kind *when = context;
    if (event->kind == STAGED_EVENT_SCRIPT_END)
        stg_buf_add_text(&seen, "ended;");
    if (event->kind == *when && seen.length > 0) {
        stg_buf_add_text(&seen, "raised;");
        (void)raise(SIGUSR1);
        *when = STAGED_EVENT_CHECK; /* once */
    }
}

static staged_status summary(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_run(c->script, "true # in the summary");
}

static const staged_class ending = {
    STAGED_CLASS("Ending"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("one", "One", never), STAGED_ON(STAGED_HOOK_INTERRUPT, never),
                       STAGED_ON(STAGED_HOOK_SUMMARY, summary)),
};

static staged_script *run_and_raise(staged_event_kind when)
{
    staged_script *script = fixture_script(&ending, NULL, NULL);
    assert_int_equal(
        staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .notify = raise_at,
                                                          .context = &when, .wants_logs = true)),
        STAGED_OK);
    /* One that would otherwise end the process at once, without a word. */
    assert_int_equal(fixture_run(script, STAGED_TEXTS(NULL)), 128 + SIGUSR1);
    assert_string_equal(stg_buf_text(&seen), "ended;raised;");
    stg_buf_free(&seen);
    return script;
}

static void test_before_the_summary_is_made(void **state)
{
    (void)state;
    staged_script *script = run_and_raise(STAGED_EVENT_SCRIPT_END);
    assert_non_null(strstr(fixture_output(script), "               Interrupted\n"));
    assert_null(strstr(fixture_output(script), "Success"));
    staged_script_free(script);
}

/* A command of its hook is ended like any other. */
static void test_while_the_summary_is_made(void **state)
{
    (void)state;
    staged_script *script = run_and_raise(STAGED_EVENT_COMMAND_BEGIN);
    assert_non_null(strstr(fixture_output(script), "               Interrupted\n"));
    assert_null(strstr(fixture_output(script), "Success"));
    assert_non_null(strstr(fixture_output(script), "Commands executed:"));
    assert_null(strstr(fixture_output(script), "failed"));
    staged_script_free(script);
}

/* The time of a line of the log is read while it is drawn. */
static bool raises_when_drawn;

static int64_t wall_ns(void *context)
{
    (void)context;
    if (raises_when_drawn)
        (void)raise(SIGTERM);
    raises_when_drawn = false;
    return 0;
}

static staged_status summary_before_a_signal(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    raises_when_drawn = true;
    return STAGED_OK;
}

static const staged_class drawing = {
    STAGED_CLASS("Drawing"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", never),
                              STAGED_ON(STAGED_HOOK_SUMMARY, summary_before_a_signal)),
};

/* What was drawn says what was true until then; the line that follows says what is true now. */
static void test_while_the_summary_is_drawn(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    clock.clock.wall_ns = wall_ns;
    staged_script *script = fixture_script(&drawing, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS(NULL)), 128 + SIGTERM);
    assert_false(raises_when_drawn);
    const char *end = strstr(fixture_output(script), "End test Script Execution Summary");
    assert_non_null(end);
    assert_non_null(strstr(end, "Interrupted (SIGTERM)."));
    staged_script_free(script);
}

TEST_GROUP(interrupt)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_signal_ends_the_script_in_good_order),
        cmocka_unit_test(test_before_the_summary_is_made),
        cmocka_unit_test(test_while_the_summary_is_made),
        cmocka_unit_test(test_while_the_summary_is_drawn),
    };
    return cmocka_run_group_tests_name("script interrupt", tests, NULL, NULL);
}
