/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/command/leftover.h"
#include "script/fixture.h"
#include "support/cmocka_all.h"

static staged_status leave_something(staged_call *c)
{
    return staged_run(c->script, "sleep 1000 >/dev/null 2>&1 & echo $! >pid");
}

static staged_status run_within(staged_call *c)
{
    STAGED_TRY(leave_something(c));
    staged_script *inner = fixture_script(c->argument, NULL, NULL);
    char *none[] = {NULL};
    const int exit_status = staged_script_run(inner, 0, none);
    staged_script_free(inner);
    return exit_status == 0 ? STAGED_OK : STAGED_FAILED;
}

static staged_status leave_and_check(staged_call *c)
{
    static const staged_class other = {STAGED_CLASS("Other")};
    c->argument = (void *)(uintptr_t)&other;
    STAGED_TRY(run_within(c));
    return staged_run(c->script, "kill -0 $(cat pid)");
}

/* What the author starts beside the stages is no command of the script's own. */
static staged_status start_something(staged_call *c)
{
    staged_process *process = NULL;
    const staged_process_options options = {.size = sizeof options,
                                            .arguments = STAGED_TEXTS("sleep", "1000"),
                                            .output = STAGED_STREAM(STAGED_STREAM_DISCARD)};
    if (staged_process_start(&options, &process) != STAGED_OK)
        return staged_fail(c->script, "%s", staged_process_error(process));
    *(staged_process **)c->data = process;
    return STAGED_OK;
}

static const staged_class starting = {
    STAGED_CLASS("Starting"), .data_size = sizeof(staged_process *),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", start_something))};

static const staged_class leaving = {
    STAGED_CLASS("Leaving"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", leave_something),
                              STAGED_STAGE("two", "Two", leave_and_check))};

static int run_stage(const char *stage, staged_script **script)
{
    *script = fixture_script(&leaving, NULL, NULL);
    return fixture_run(*script, STAGED_TEXTS("--stage", stage));
}

static bool is_running(void)
{
    return system("kill -0 $(cat pid) 2>/dev/null") == 0;
}

static void test_nothing_is_left_behind(void **state)
{
    (void)state;
    staged_script *script;
    assert_int_equal(run_stage("one", &script), 0);
    assert_false(is_running());
    assert_non_null(strstr(fixture_output(script), "Ended processes that commands left running:"));
    staged_script_free(script);
}

static void test_background_process(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&starting, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 0);
    assert_non_null(strstr(fixture_output(script), "Ended processes that commands left running:"));
    assert_non_null(strstr(fixture_output(script), ": sleep 1000"));
    staged_process *process = *(staged_process **)staged_script_data(script, &starting);
    assert_true(staged_process_has_ended(process));
    staged_process_free(process);
    staged_script_free(script);
}

static void test_a_script_within_leaves_the_outer_ones_alone(void **state)
{
    (void)state;
    staged_script *script;
    assert_int_equal(run_stage("two", &script), 0);
    assert_false(is_running());
    staged_script_free(script);
}

/* A name is cut where the secret stands. */
static staged_status leave_a_secret(staged_call *c)
{
    char padding[130];
    memset(padding, 'x', sizeof padding);
    STAGED_TRY(staged_script_add_secret(c->script, "horse-and-battery"));
    return staged_runf(
        c->script, "sh -c 'sleep 1000; :' %.*s horse-and-battery >/dev/null 2>&1 & echo $! >pid",
        (int)sizeof padding, padding);
}

static const staged_class secretive = {
    STAGED_CLASS("Secretive"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "One", leave_a_secret))};

static void test_secrets_are_masked_before_names_are_cut(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&secretive, NULL, NULL);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "one")), 0);
    assert_false(is_running());
    assert_non_null(strstr(fixture_output(script), "Ended processes that commands left running:"));
    assert_null(strstr(fixture_output(script), "hor"));
    staged_script_free(script);
}

static int enter_folder(void **state)
{
    static char folder[] = "/tmp/staged-leftover-XXXXXX";
    *state = mkdtemp(folder);
    return chdir(folder);
}

static int leave_folder(void **state)
{
    return unlink("pid") + chdir("/") + rmdir(*state);
}

TEST_GROUP(leftover)
{
    const struct CMUnitTest tests[] = {
        /* First, while no command was run yet. */
        cmocka_unit_test(test_background_process),
        cmocka_unit_test(test_nothing_is_left_behind),
        cmocka_unit_test(test_a_script_within_leaves_the_outer_ones_alone),
        cmocka_unit_test(test_secrets_are_masked_before_names_are_cut),
    };
    return cmocka_run_group_tests_name("script leftover", tests, enter_folder, leave_folder);
}
