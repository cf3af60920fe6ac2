/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static int looks_needed;
static int looks;
static staged_status end_of_looking = STAGED_OK;
static staged_poll_options options;
static staged_status answer;

static staged_status look(staged_script *script, void *context)
{
    assert_ptr_equal(context, &looks_needed);
    virtual_clock_pass(staged_script_clock(script)->context, 0.25);
    return ++looks < looks_needed ? STAGED_RETRY : end_of_looking;
}

static staged_renderable *show(staged_script *script, void *context)
{
    (void)script;
    (void)context;
    return staged_markup_new("%d of %d", looks, looks_needed);
}

static staged_status wait(staged_call *c)
{
    return answer = staged_poll_with(c->script, &options);
}

static const staged_class waiting = {
    STAGED_CLASS("Waiting"),
    .methods = STAGED_METHODS(STAGED_STAGE("wait", "Waiting", wait)),
};

static int looks_told;
static staged_outcome outcome_told;

static void count_looks(void *context, const staged_event *event)
{
    (void)context;
    if (event->kind != STAGED_EVENT_CHECK)
        return;
    looks_told++;
    assert_int_equal(event->duration_ns, 250000000);
    assert_string_equal(event->message, "the sun to rise");
    outcome_told = event->outcome;
}

static staged_script *run(int needed, const staged_poll_options *wanted, virtual_clock *clock,
                          int exit_status)
{
    looks = looks_told = 0;
    looks_needed = needed;
    virtual_clock_init(clock);
    options = *wanted;
    options.what = "the sun to rise";
    options.condition = look;
    options.context = &looks_needed;
    staged_script *script = fixture_script(&waiting, NULL, clock);
    assert_int_equal(
        staged_script_add_observer(script, STAGED_OPTIONS(staged_observer, .notify = count_looks)),
        STAGED_OK);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "wait")), exit_status);
    return script;
}

static bool shows(staged_script *script, const char *text)
{
    return strstr(fixture_output(script), text) != NULL;
}

/* It would wait for ever, or not at all. */
static void test_senseless_options(void **state)
{
    (void)state;
    const double no_number = strtod("nan", NULL);
    const staged_poll_options senseless[] = {
        {.size = sizeof(staged_poll_options), .condition = look},
        {.size = sizeof(staged_poll_options), .what = "nothing"},
        {.size = sizeof(staged_poll_options),
         .what = "nothing",
         .condition = look,
         .timeout_s = no_number},
        {.size = sizeof(staged_poll_options),
         .what = "nothing",
         .condition = look,
         .interval_s = no_number},
    };
    staged_script *script = fixture_script(&waiting, NULL, NULL);
    for (size_t i = 0; i < sizeof senseless / sizeof senseless[0]; i++)
        assert_int_equal(staged_poll_with(script, &senseless[i]), STAGED_FAILED);
    assert_string_equal(fixture_output(script), "");
    staged_script_free(script);
}

static void test_until_it_holds(void **state)
{
    (void)state;
    virtual_clock clock;
    const staged_poll_report *report;
    staged_script *script = run(
        3, STAGED_OPTIONS(staged_poll_options, .interval_s = 2, .report = &report, .show = show),
        &clock, 0);
    assert_int_equal(report->checks, 3);
    assert_int_equal(report->elapsed_ns, 4750000000);
    assert_int_equal(report->checking_ns, 750000000);
    assert_int_equal(report->longest_ns, 250000000);
    assert_int_equal(looks_told, 3);
    assert_int_equal(outcome_told, STAGED_OUTCOME_PASSED);
    assert_true(shows(script, "Waited 4.8 s for the sun to rise:  3 checks, 0.250 s each."));
    assert_true(shows(script, "               # Wait for the sun to rise.\n"));
    /* What is no terminal sees the end only. */
    assert_true(shows(script, "           3 of 3"));
    assert_false(shows(script, "2 of 3"));
    staged_script_free(script);
}

static void test_defaults(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = run(3, STAGED_OPTIONS(staged_poll_options, .interval_s = 0), &clock, 0);
    assert_int_equal(clock.now_ns, INT64_C(2750000000));
    staged_script_free(script);
    script =
        run(3, STAGED_OPTIONS(staged_poll_options, .interval_s = -1, .timeout_s = -1), &clock, 0);
    assert_int_equal(clock.now_ns, INT64_C(750000000));
    staged_script_free(script);
    script = run(1, STAGED_OPTIONS(staged_poll_options, .timeout_s = 1), &clock, 0);
    assert_true(shows(script, "1 check, 0.250 s."));
    assert_int_equal(clock.sleeps, 0);
    staged_script_free(script);
}

/* What was waited for is seen although there was time for one look only. */
static void test_time_is_up_after_the_first_look(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script =
        run(100, STAGED_OPTIONS(staged_poll_options, .timeout_s = 0.2, .show = show), &clock, 1);
    assert_int_equal(answer, STAGED_TIMED_OUT);
    assert_int_equal(looks_told, 1);
    assert_true(shows(script, "           1 of 100"));
    staged_script_free(script);
}

static void test_time_is_up(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script =
        run(100, STAGED_OPTIONS(staged_poll_options, .timeout_s = 3), &clock, 1);
    assert_int_equal(answer, STAGED_TIMED_OUT);
    assert_int_equal(outcome_told, STAGED_OUTCOME_RETRYING);
    /* The last look is at the very end. */
    assert_int_equal(clock.now_ns, INT64_C(3250000000));
    assert_string_equal(staged_script_error(script),
                        "timed out after 3 s waiting for the sun to rise (4 checks)");
    staged_script_free(script);
}

static void test_a_look_that_fails(void **state)
{
    (void)state;
    virtual_clock clock;
    end_of_looking = STAGED_EXIT;
    staged_script *script = run(1, STAGED_OPTIONS(staged_poll_options, .interval_s = 0), &clock, 0);
    assert_int_equal(answer, STAGED_EXIT);
    assert_int_equal(outcome_told, STAGED_OUTCOME_FAILED);
    staged_script_free(script);
    end_of_looking = STAGED_OK;
}

static staged_status look_and_ask_to_end(staged_script *script, void *context)
{
    (void)script;
    (void)context;
    (void)raise(SIGTERM);
    return STAGED_RETRY;
}

static staged_status wait_and_end(staged_call *c)
{
    return staged_poll(c->script, "nothing", look_and_ask_to_end, .interval_s = 100);
}

static const staged_class interrupted = {
    STAGED_CLASS("Interrupted"),
    .methods = STAGED_METHODS(STAGED_STAGE("wait", "Waiting", wait_and_end)),
};

static void test_interrupt(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&interrupted, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "wait")), 128 + SIGTERM);
    assert_true(shows(script, "1 check,"));
    staged_script_free(script);
}

static void test_a_wait_that_is_cut_short_counts(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    looks = 0;
    looks_needed = 100;
    const staged_poll_report *report;
    options = (staged_poll_options){.size = sizeof(staged_poll_options),
                                    .what = "the sun to rise",
                                    .condition = look,
                                    .context = &looks_needed,
                                    .report = &report};
    staged_script *script = fixture_script(&waiting, NULL, &clock);
    (void)staged_script_set_deadline(script, 2);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "wait")), 1);
    assert_true(shows(script, "Waited 2.0 s for the sun to rise:  2 checks, 0.250 s each."));
    assert_int_equal(report->elapsed_ns, 2000000000);
    staged_script_free(script);
}

static void test_dry_run(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    looks = 0;
    staged_script *script = fixture_script(&waiting, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "wait", "--dry-run")), 0);
    assert_int_equal(looks, 0);
    assert_true(shows(script, "DRY-RUN MODE:  Not waiting for the sun to rise."));
    staged_script_free(script);
}

static staged_status poll_once(void *context)
{
    staged_script *script = fixture_script(&waiting, NULL, context);
    if (script == NULL)
        return STAGED_NO_MEMORY;
    looks = 0;
    const staged_status status = staged_poll_with(script, &options);
    staged_script_free(script);
    return status == STAGED_OK ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    options = (staged_poll_options){.size = sizeof(staged_poll_options),
                                    .what = "the sun to rise",
                                    .condition = look,
                                    .context = &looks_needed,
                                    .show = show};
    looks_needed = 2;
    assert_true(torture_forgiving(poll_once, &clock) > 5);
}

TEST_GROUP(poll)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_senseless_options),
        cmocka_unit_test(test_until_it_holds),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_time_is_up),
        cmocka_unit_test(test_time_is_up_after_the_first_look),
        cmocka_unit_test(test_a_look_that_fails),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_a_wait_that_is_cut_short_counts),
    };
    return cmocka_run_group_tests_name("script poll", tests, NULL, NULL);
}
