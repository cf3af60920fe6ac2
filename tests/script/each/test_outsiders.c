/* SPDX-License-Identifier: BSD-3-Clause */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process/system/active_time.h"
#include "script/each/each_fixture.h"
#include "support/cmocka_all.h"

/* What runs items in place of processes: an item ends when it is looked at, with the code that it
 * is; "slow" when it gets a signal, "stubborn" when that is SIGKILL, "stopped" after the program
 * was stopped, as nobody can who has no terminal. */
typedef struct outside {
    virtual_clock *clock;
    char items[4][16];
    int signals[4];
    int kills;
    int waits;
    int waits_left; /* until nothing can happen any more; negative: never */
} outside;

static staged_status start(void *context, size_t slot, const char *const *words,
                           const char *output_path, const char *error_path)
{
    outside *o = context;
    assert_string_equal(words[0], "do");
    assert_null(words[2]);
    assert_null(error_path);
    if (strcmp(words[1], "unable") == 0)
        return STAGED_FAILED;
    FILE *output = fopen(output_path, "a");
    assert_non_null(output);
    (void)fprintf(output, "did %s\n", words[1]);
    (void)fclose(output);
    (void)snprintf(o->items[slot], sizeof o->items[slot], "%s", words[1]);
    o->signals[slot] = 0;
    return STAGED_OK;
}

static staged_status wait_a_while(void *context, double seconds)
{
    enum { STOP_S = 1000 };
    outside *o = context;
    virtual_clock_pass(o->clock, seconds);
    o->waits++;
    if (o->waits == 1 && strcmp(o->items[0], "stopped") == 0) {
        virtual_clock_pass(o->clock, STOP_S);
        stg_active_leave_out(STOP_S * INT64_C(1000000000));
    }
    return o->waits_left-- == 0 ? STAGED_FAILED : STAGED_OK;
}

static bool has_ended(void *context, size_t slot, int *exit_code, char **failure)
{
    outside *o = context;
    const char *item = o->items[slot];
    if ((strcmp(item, "slow") == 0 && o->signals[slot] == 0) ||
        (strcmp(item, "stubborn") == 0 && o->signals[slot] != SIGKILL))
        return false;
    if (strcmp(item, "stopped") == 0 && o->waits < 3)
        return false;
    *exit_code = atoi(item);
    *failure = *exit_code == 7 ? strdup("seven") : NULL;
    return true;
}

static size_t send_signal(void *context, size_t slot, int number)
{
    outside *o = context;
    o->signals[slot] = number;
    o->kills += number == SIGKILL;
    return 1;
}

static outside here;

static staged_status body(staged_call *c)
{
    each_options.size = sizeof each_options;
    each_options.result = &each_result;
    return staged_each_through(c->script, &each_options,
                               STAGED_OPTIONS(staged_item_runner, .context = &here, .start = start,
                                              .wait = wait_a_while, .has_ended = has_ended,
                                              .signal = send_signal));
}

static const staged_class outsiders = {
    STAGED_CLASS("Outsiders"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", body)),
};

static staged_script *run(virtual_clock *clock, int waits, int exit_status,
                          const staged_each_options *wanted)
{
    virtual_clock_init(clock);
    here = (outside){.clock = clock, .waits_left = waits};
    each_options = *wanted;
    each_options.words = STAGED_TEXTS("do");
    staged_script *script = fixture_script(&outsiders, NULL, clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), exit_status);
    each_keep(script);
    return script;
}
#define RUN_OUTSIDE(waits, exit_status, ...)                                                       \
    run(&clock, waits, exit_status, STAGED_OPTIONS(staged_each_options, __VA_ARGS__))

static void test_ends(void **state)
{
    (void)state;
    virtual_clock clock;
    RUN_OUTSIDE(-1, 1, .items = STAGED_TEXTS("0", "3", "7", "-9", "unable"), .jobs = 2);
    each_assert_counts(1, 4, 0);
    static const char *const failures[] = {"exit code 3", "seven", "killed by signal 9 (SIGKILL)"};
    for (size_t i = 0; i < 3; i++) {
        const staged_failed_item *failed = NULL;
        for (size_t k = 0; failed == NULL || failed->index != i + 1; k++) {
            failed = staged_each_result_failure(each_result, k);
            assert_non_null(failed);
        }
        assert_string_equal(failed->failure, failures[i]);
    }
    assert_non_null(strstr(fixture_printed(), "did 7\n"));
}

static void test_attempts(void **state)
{
    (void)state;
    virtual_clock clock;
    RUN_OUTSIDE(-1, 1, .items = STAGED_TEXTS("2"), .attempts = 3, .delay_s = 10);
    assert_string_equal(fixture_printed(), "did 2\ndid 2\ndid 2\n");
    assert_int_equal(staged_each_result_failure(each_result, 0)->attempts, 3);
    assert_true(clock.now_ns >= INT64_C(20000000000));
}

static void test_timeouts(void **state)
{
    (void)state;
    virtual_clock clock;
    RUN_OUTSIDE(-1, 1, .items = STAGED_TEXTS("slow", "stubborn"), .jobs = 2, .timeout_s = 30);
    each_assert_counts(0, 2, 0);
    assert_true(staged_each_result_failure(each_result, 0)->timed_out);
    assert_string_equal(staged_each_result_failure(each_result, 0)->item, "slow");
    assert_memory_equal(staged_each_result_failure(each_result, 0)->failure, "timed out after 30",
                        18);
    /* Five seconds later. */
    assert_true(clock.now_ns >= INT64_C(35000000000));
    assert_true(clock.now_ns < INT64_C(36000000000));
}

static void test_stop(void **state)
{
    (void)state;
    virtual_clock clock;
    RUN_OUTSIDE(-1, 0, .items = STAGED_TEXTS("stopped"), .jobs = 1, .timeout_s = 30);
    each_assert_counts(1, 0, 0);
    assert_true(clock.now_ns >= INT64_C(1000000000000));
    assert_int_equal(here.kills, 0);
}

/* What cannot go on is ended. */
static void test_gone(void **state)
{
    (void)state;
    virtual_clock clock;
    staged_script *script = RUN_OUTSIDE(3, 1, .items = STAGED_TEXTS("slow", "0"), .jobs = 1);
    each_assert_counts(0, 1, 1);
    assert_true(each_shows(script, "do was ended, with 0 items passed"));
    assert_true(here.kills > 0);
}

static void test_halt(void **state)
{
    (void)state;
    virtual_clock clock;
    RUN_OUTSIDE(-1, 1, .items = STAGED_TEXTS("stubborn", "1", "0"), .jobs = 2, .halt_failures = 1);
    each_assert_counts(0, 2, 1);
}

static void test_missing_functions(void **state)
{
    (void)state;
    staged_script *script = fixture_script(&outsiders, NULL, NULL);
    const staged_item_runner incomplete[] = {
        {.size = sizeof(staged_item_runner)},
        {.size = sizeof(staged_item_runner), .wait = wait_a_while, .start = start},
        {.size = sizeof(staged_item_runner),
         .wait = wait_a_while,
         .start = start,
         .has_ended = has_ended},
    };
    for (size_t i = 0; i < sizeof incomplete / sizeof incomplete[0]; i++) {
        assert_int_equal(
            staged_each_through(script,
                                STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("do"),
                                               .items = STAGED_TEXTS("0")),
                                &incomplete[i]),
            STAGED_FAILED);
        assert_string_equal(staged_script_error(script), "what runs items lacks a function");
    }
    staged_script_free(script);
}

TEST_GROUP(outsiders)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_attempts),
        cmocka_unit_test(test_timeouts),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_gone),
        cmocka_unit_test(test_halt),
        cmocka_unit_test(test_missing_functions),
    };
    return cmocka_run_group_tests(tests, each_make_folder, each_remove_folder);
}
