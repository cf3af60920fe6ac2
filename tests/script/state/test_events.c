/* SPDX-License-Identifier: BSD-3-Clause */
#include <inttypes.h>
#include <string.h>

#include "base/text/buf.h"
#include "script/fixture.h"
#include "script/state/events.h"
#include "support/cmocka_all.h"

static stg_buf seen;

static void keep(void *context, const staged_event *event)
{
    static const char *const names[] = {"script-begin",  "stage-begin", "attempt-begin",
                                        "command-begin", "command-end", "log",
                                        "attempt-end",   "stage-end",   "script-end"};
    stg_buf_addf(&seen, "%s%s(%s %" PRId64 " %d %s%s)\n", (const char *)context, names[event->kind],
                 event->stage, event->attempt, event->outcome,
                 event->command == NULL ? "" : event->command, event->message);
    if (event->kind == STAGED_EVENT_COMMAND_END)
        assert_non_null(event->process);
    if (event->kind == STAGED_EVENT_ATTEMPT_END && event->outcome == STAGED_OUTCOME_PASSED)
        assert_int_equal(event->duration_ns, 2500000000);
}

static bool released;

static void release(void *context)
{
    (void)context;
    released = true;
}

static staged_status init(staged_call *c)
{
    const staged_observer all = {.size = sizeof all, keep, (void *)(uintptr_t) "", release, true};
    const staged_observer quiet = {
        .size = sizeof quiet, keep, (void *)(uintptr_t) "quiet ", NULL, false};
    STAGED_TRY(staged_script_add_observer(c->script, &all));
    return staged_script_add_observer(c->script, &quiet);
}

static staged_status work(staged_call *c)
{
    virtual_clock *clock = staged_script_clock(c->script)->context;
    virtual_clock_pass(clock, 2.5);
    STAGED_TRY(staged_log(c->script, "[red]%d of %d", 1, 2));
    return staged_run(c->script, "exit 3", .print_command = STAGED_NO);
}

static staged_status run_work(staged_call *c)
{
    STAGED_TRY(staged_stage_run(c->script, "rest"));
    return staged_stage_run(c->script, "work");
}

static const staged_class observed = {
    STAGED_CLASS("Observed"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("work", "Working", work), STAGED_STAGE("rest", "Resting", work),
                       STAGED_ON(STAGED_HOOK_INIT, init), STAGED_ON(STAGED_HOOK_MAIN, run_work)),
};

static void test_observers_are_called_in_order(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    staged_script *script = fixture_script(&observed, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "work")), 1);
    const char *text = stg_buf_text(&seen);
    assert_non_null(strstr(text, "log(work 1 0 [red]1 of 2)\ncommand-begin"));
    assert_null(strstr(text, "quiet log"));
    static const char *const order[] = {
        "script-begin( 0 0 )\nquiet script-begin( 0 0 )\nstage-begin(rest 0 0 )\n",
        "attempt-begin(rest 1 0 )\n",
        "attempt-end(rest 1 2 )\n",
        "stage-end(rest 0 2 )\n",
        "stage-begin(work 0 0 )\n",
        "attempt-begin(work 1 0 )\n",
        "command-begin(work 1 0 exit 3)\n",
        "command-end(work 1 0 exit 3exit code 3)\n",
        "attempt-end(work 1 5 exit code 3: exit 3)\n",
        "stage-end(work 0 5 exit code 3: exit 3)\n",
        "script-end(work 0 5 )\n",
    };
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        const char *found = strstr(text, order[i]);
        if (found == NULL)
            print_message("no %s in:\n%s", order[i], text);
        assert_non_null(found);
        text = found;
    }
    assert_false(released);
    staged_script_free(script);
    assert_true(released);
    stg_buf_free(&seen);
}

static void test_an_observer_without_a_function(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&observed, NULL, NULL);
    assert_int_equal(
        staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .wants_logs = true)),
        STAGED_FAILED);
    assert_string_equal(staged_script_error(script), "an observer needs a function to notify");
    staged_script_free(script);
    stg_buf_free(&seen);
}

TEST_GROUP(events)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_observers_are_called_in_order),
        cmocka_unit_test(test_an_observer_without_a_function),
    };
    return cmocka_run_group_tests_name("script events", tests, NULL, NULL);
}
