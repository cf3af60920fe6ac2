/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/command/background.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "script/fixture.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static atomic_int steps;
static atomic_bool was_cancelled;

static staged_status count_to_three(staged_background *background, void *context)
{
    assert_ptr_equal(context, &steps);
    for (int i = 0; i < 3; i++) {
        STAGED_TRY(staged_background_run(
            background, STAGED_OPTIONS(staged_process_options, .command = "sleep 0.01"), NULL));
        steps++;
    }
    return STAGED_OK;
}

static staged_status go_on_and_on(staged_background *background, void *context)
{
    (void)context;
    staged_completed_process *done;
    const staged_status status = staged_background_run(
        background, STAGED_OPTIONS(staged_process_options, .command = "sleep 100"), &done);
    was_cancelled = staged_background_cancelled(background);
    staged_completed_process_free(done);
    return status;
}

static staged_status break_down(staged_background *background, void *context)
{
    (void)context;
    return staged_background_fail(background, "out of %s", "coal");
}

static staged_work_function *work;
static staged_status (*then)(staged_script *script, staged_background *background);

static staged_status start(staged_call *c)
{
    steps = 0;
    was_cancelled = false;
    staged_background *background = staged_background_start(c->script, "counting", work, &steps);
    assert_non_null(background);
    return then(c->script, background);
}

static staged_status leave_it(staged_script *script, staged_background *background)
{
    (void)script;
    (void)background;
    return STAGED_OK;
}

/* What a body began is over when its end phase begins. */
static staged_status end_stage(staged_call *c)
{
    assert_null(c->script->run->works);
    return staged_super(c);
}

static const staged_class busy = {
    STAGED_CLASS("Busy"),
    .methods = STAGED_METHODS(STAGED_STAGE("count", "Counting", start),
                              STAGED_ON(STAGED_HOOK_END_STAGE, end_stage)),
};

static staged_script *
run(staged_work_function *what,
    staged_status (*next)(staged_script *script, staged_background *background), int exit_status)
{
    work = what;
    then = next;
    staged_script *script = fixture_script(&busy, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "count")), exit_status);
    assert_null(script->run->works);
    return script;
}

static void test_it_is_joined(void **state)
{
    (void)state;
    staged_script *script = run(count_to_three, leave_it, 0);
    assert_int_equal(steps, 3);
    staged_script_free(script);
}

static staged_status join(staged_script *script, staged_background *background)
{
    assert_true(staged_background_running(background));
    STAGED_TRY(staged_background_join(background));
    assert_int_equal(steps, 3);
    assert_null(script->run->works);
    return STAGED_OK;
}

static void test_joining_by_hand(void **state)
{
    (void)state;
    staged_script_free(run(count_to_three, join, 0));
}

static void test_its_failure_is_the_stages(void **state)
{
    (void)state;
    staged_script *script = run(break_down, leave_it, 1);
    assert_string_equal(staged_script_error(script), "counting: out of coal");
    staged_script_free(script);
}

static staged_status get_wet(staged_script *script, staged_background *background)
{
    (void)background;
    return staged_fail(script, "it rains");
}

static void test_it_is_cancelled_when_the_stage_fails(void **state)
{
    (void)state;
    staged_script *script = run(go_on_and_on, get_wet, 1);
    assert_true(was_cancelled);
    assert_string_equal(staged_script_error(script), "it rains");
    staged_script_free(script);
}

static staged_status cancel(staged_script *script, staged_background *background)
{
    (void)script;
    staged_background_cancel(background);
    return staged_background_join(background);
}

static void test_cancelling_by_hand(void **state)
{
    (void)state;
    staged_script_free(run(go_on_and_on, cancel, 0));
    assert_true(was_cancelled);
}

static void *ask_to_end_soon(void *context)
{
    const struct timespec soon = {.tv_nsec = 50000000};
    (void)nanosleep(&soon, NULL);
    (void)kill(getpid(), SIGTERM);
    return context;
}

static staged_status join_until_interrupted(staged_script *script, staged_background *background)
{
    (void)script;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, ask_to_end_soon, NULL), 0);
    const staged_status status = staged_background_join(background);
    (void)pthread_join(thread, NULL);
    assert_int_equal(status, STAGED_INTERRUPTED);
    return status;
}

static staged_status wait_to_be_cancelled(staged_background *background, void *context)
{
    (void)context;
    const struct timespec moment = {.tv_nsec = 1000000};
    while (!staged_background_cancelled(background))
        (void)nanosleep(&moment, NULL);
    was_cancelled = true;
    return STAGED_OK;
}

static staged_status join_whatever_happens(staged_script *script, staged_background *background)
{
    const staged_status status = join_until_interrupted(script, background);
    staged_background_cancel(background);
    assert_int_equal(staged_background_join(background), STAGED_OK);
    assert_true(was_cancelled);
    assert_null(script->run->works);
    return status;
}

static void test_a_cancelled_work_is_joined_in_spite_of_a_signal(void **state)
{
    (void)state;
    staged_script_free(run(wait_to_be_cancelled, join_whatever_happens, 128 + SIGTERM));
}

static void test_it_is_cancelled_by_a_signal(void **state)
{
    (void)state;
    staged_script_free(run(wait_to_be_cancelled, join_until_interrupted, 128 + SIGTERM));
    assert_true(was_cancelled);
}

static staged_status limit_and_join(staged_script *script, staged_background *background)
{
    (void)staged_stage_set_time_limit(script, "count", 0.05);
    return staged_background_join(background);
}

static void test_it_heeds_the_time_limit(void **state)
{
    (void)state;
    staged_script *script = run(wait_to_be_cancelled, limit_and_join, 1);
    assert_non_null(strstr(staged_script_error(script), "exceeded its time limit of 0.05 s"));
    staged_script_free(script);
}

/* What another phase than the body begins goes on beside the body, and after it. */
static staged_status start_before(staged_call *c)
{
    assert_non_null(staged_background_start(c->script, "counting", count_to_three, &steps));
    return STAGED_OK;
}

static staged_status still_there(staged_call *c)
{
    assert_non_null(c->script->run->works);
    return STAGED_OK;
}

static const staged_class early = {
    STAGED_CLASS("Early"),
    .methods = STAGED_METHODS(STAGED_STAGE("count", "Counting", still_there),
                              STAGED_ON(STAGED_HOOK_PRE_STAGE, start_before),
                              STAGED_ON(STAGED_HOOK_POST_STAGE, still_there)),
};

static void test_background_work_of_a_whole_stage(void **state)
{
    (void)state;
    steps = 0;
    staged_script *script = fixture_script(&early, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "count")), 0);
    assert_int_equal(steps, 3);
    assert_null(script->run->works);
    staged_script_free(script);
}

static staged_status run_nothing(staged_background *background, void *context)
{
    (void)context;
    staged_completed_process *done;
    const staged_status status = staged_background_run(
        background,
        STAGED_OPTIONS(staged_process_options, .arguments = STAGED_TEXTS("/no/such/program")),
        &done);
    staged_completed_process_free(done);
    return status;
}

static void test_a_command_that_cannot_be_started(void **state)
{
    (void)state;
    staged_script *script = run(run_nothing, leave_it, 1);
    assert_non_null(strstr(staged_script_error(script), "/no/such/program"));
    staged_script_free(script);
}

static staged_status do_nothing(staged_background *background, void *context)
{
    (void)background;
    (void)context;
    return STAGED_OK;
}

static staged_status start_and_join(void *context)
{
    staged_script *script = context;
    staged_background *background = staged_background_start(script, "nothing", do_nothing, NULL);
    if (background == NULL)
        return STAGED_NO_MEMORY;
    return staged_background_join(background);
}

static void test_no_work(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&busy, NULL, NULL);
    assert_null(staged_background_start(script, "saving", NULL, NULL));
    assert_string_equal(staged_script_error(script), "saving: the function to run is NULL");
    staged_script_free(script);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&busy, NULL, NULL);
    assert_true(torture_forgiving(start_and_join, script) > 0);
    staged_script_free(script);
}

TEST_GROUP(background)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_joined),
        cmocka_unit_test(test_joining_by_hand),
        cmocka_unit_test(test_its_failure_is_the_stages),
        cmocka_unit_test(test_it_is_cancelled_when_the_stage_fails),
        cmocka_unit_test(test_cancelling_by_hand),
        cmocka_unit_test(test_it_is_cancelled_by_a_signal),
        cmocka_unit_test(test_a_cancelled_work_is_joined_in_spite_of_a_signal),
        cmocka_unit_test(test_it_heeds_the_time_limit),
        cmocka_unit_test(test_background_work_of_a_whole_stage),
        cmocka_unit_test(test_a_command_that_cannot_be_started),
        cmocka_unit_test(test_no_work),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("script background", tests, NULL, NULL);
}
