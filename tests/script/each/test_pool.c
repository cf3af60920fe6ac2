/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/each/each_fixture.h"
#include "support/cmocka_all.h"

/* ---- Failures ---- */

static void test_failures(void **state)
{
    (void)state;
    staged_script *script = RUN(1, SH("case $1 in a) exit 3 ;; b) kill -9 $$ ;; esac"),
                                .items = STAGED_TEXTS("a", "b", "c"), .jobs = 1, .name = "all");
    assert_int_equal(each_answer, STAGED_FAILED);
    each_assert_counts(1, 2, 0);
    const staged_failed_item *failed = staged_each_result_failure(each_result, 0);
    assert_string_equal(failed->item, "a");
    assert_string_equal(failed->failure, "exit code 3");
    assert_int_equal(failed->exit_code, 3);
    assert_int_equal(failed->attempts, 1);
    assert_int_equal(failed->index, 0);
    failed = staged_each_result_failure(each_result, 1);
    assert_string_equal(failed->failure, "killed by signal 9 (SIGKILL)");
    assert_int_equal(failed->exit_code, -9);
    assert_int_equal(failed->index, 1);
    assert_null(staged_each_result_failure(each_result, 2));
    assert_true(staged_each_result_duration_ns(each_result) > 0);
    assert_true(each_shows(script, "all:  2 of 3 items failed; first 'a':  exit code 3"));
    assert_true(each_shows(script, "all:  1 passed, 2 failed in "));
    each_keep(script);
}

static void test_failures_that_are_fine(void **state)
{
    (void)state;
    each_keep(
        RUN(0, .words = STAGED_TEXTS("false"), .items = STAGED_TEXTS("a"), .check = STAGED_NO));
    each_assert_counts(0, 1, 0);
    static const int codes[] = {1};
    each_keep(RUN(0, .words = STAGED_TEXTS("false"), .items = STAGED_TEXTS("a"),
                  .process = STAGED_OPTIONS(staged_process_options, .expected_codes = codes,
                                            .expected_count = 1)));
    each_assert_counts(1, 0, 0);
}

static void test_no_such_program(void **state)
{
    (void)state;
    staged_script *script =
        RUN(1, .words = STAGED_TEXTS("no-such-program"), .items = STAGED_TEXTS("a"));
    assert_string_equal(staged_each_result_failure(each_result, 0)->failure,
                        "cannot run 'no-such-program': no such program");
    each_keep(script);
}

static void test_timeout(void **state)
{
    (void)state;
    staged_script *script =
        RUN(1, .words = STAGED_TEXTS("sleep"), .items = STAGED_TEXTS("1000"), .timeout_s = 0.05);
    assert_true(staged_each_result_failure(each_result, 0)->timed_out);
    assert_memory_equal(staged_each_result_failure(each_result, 0)->failure, "timed out after ",
                        16);
    each_keep(script);
}

/* More than are listed. */
static void test_many_failures(void **state)
{
    (void)state;
    const char *path = each_make_numbers(103);
    staged_script *script = RUN(1, .words = STAGED_TEXTS("false"), .file = path);
    each_assert_counts(0, 103, 0);
    assert_non_null(staged_each_result_failure(each_result, 99));
    assert_null(staged_each_result_failure(each_result, 100));
    assert_true(each_shows(script, "... and 3 more."));
    each_keep(script);
}

/* ---- Attempts ---- */

static void test_attempts(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    each_options = *STAGED_OPTIONS(
        staged_each_options,
        SH("echo $1; test $1 = never && exit 5; test -e $F/tried || { : >$F/tried; exit 1; }"),
        .items = STAGED_TEXTS("second", "never"), .jobs = 1, .attempts = 2, .delay_s = 30);
    staged_script *script = each_run_on(&clock, STAGED_TEXTS("--stage", "go"), 1);
    assert_string_equal(fixture_printed(), "second\nsecond\nnever\nnever\n");
    assert_int_equal(clock.now_ns, INT64_C(60000000000));
    each_assert_counts(1, 1, 0);
    assert_int_equal(staged_each_result_failure(each_result, 0)->attempts, 2);
    assert_int_equal(staged_each_result_failure(each_result, 0)->duration_ns, INT64_C(30000000000));
    assert_true(each_shows(script, "never failed:  exit code 5 (2 attempts)"));
    each_keep(script);
}

/* ---- What ends all ---- */

static void test_halt(void **state)
{
    (void)state;
    const char *const *five = STAGED_TEXTS("1", "2", "3", "4", "5");
    staged_script *script =
        RUN(1, SH("test $1 != 2"), .items = five, .jobs = 1, .halt_failures = 1, .name = "five");
    each_assert_counts(1, 1, 3);
    assert_true(each_shows(script, "five:  1 of 5 items failed, which is the limit; first "));
    assert_true(each_shows(script, "1 passed, 1 failed, 3 not run in"));
    assert_true(each_shows(script, "Not run: the items from '3' on."));
    each_keep(script);
    each_keep(RUN(1, .words = STAGED_TEXTS("false"), .items = five, .jobs = 1, .halt_failures = 3));
    each_assert_counts(0, 3, 2);
    each_keep(RUN(1, .words = STAGED_TEXTS("false"), .items = five, .jobs = 1, .halt_percent = 40));
    each_assert_counts(0, 2, 3);
}

/* A part of a number that is not known yet. */
static void test_halt_at_a_part(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < 20; i++)
        assert_int_equal(write(ends[1], "x\n", 2), 2);
    close(ends[1]);
    staged_script *script = RUN(1, .words = STAGED_TEXTS("false"), .descriptor = ends[0],
                                .reads = true, .jobs = 1, .halt_percent = 1);
    close(ends[0]);
    each_assert_counts(0, 10, 0);
    assert_true(each_shows(script, "further items not run"));
    each_keep(script);
}

/* What runs beside the one that failed ends with it. */
static void test_halt_ends_the_rest(void **state)
{
    (void)state;
    each_make_pipe("t");
    each_keep(
        RUN(1, SH("case $1 in a) echo >$F/t; exec sleep 1000 ;; *) read x <$F/t; exit 1 ;; esac"),
            .items = STAGED_TEXTS("a", "b", "c"), .jobs = 2, .halt_failures = 1));
    each_assert_counts(0, 2, 1);
    assert_string_equal(staged_each_result_failure(each_result, 1)->failure,
                        "ended with all others");
}

static staged_status too_late(staged_call *c)
{
    STAGED_TRY(staged_stage_set_time_limit(c->script, "go", 5));
    virtual_clock_pass(staged_script_clock(c->script)->context, 6);
    return each_body(c);
}

static const staged_class late = {
    STAGED_CLASS("Late"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", too_late)),
};

static void test_time_limit(void **state)
{
    (void)state;
    virtual_clock clock;
    virtual_clock_init(&clock);
    each_options = *STAGED_OPTIONS(staged_each_options, .words = STAGED_TEXTS("true"),
                                   .items = STAGED_TEXTS("a", "b"));
    staged_script *script = fixture_script(&late, NULL, &clock);
    assert_int_equal(fixture_run(script, STAGED_TEXTS("--stage", "go")), 1);
    each_assert_counts(0, 0, 2);
    assert_true(each_shows(script, "exceeded its time limit of 5 s"));
    each_keep(script);
}

TEST_GROUP(pool)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_failures_that_are_fine),
        cmocka_unit_test(test_no_such_program),
        cmocka_unit_test(test_timeout),
        cmocka_unit_test(test_many_failures),
        cmocka_unit_test(test_attempts),
        cmocka_unit_test(test_halt),
        cmocka_unit_test(test_halt_at_a_part),
        cmocka_unit_test(test_halt_ends_the_rest),
        cmocka_unit_test(test_time_limit),
    };
    return cmocka_run_group_tests(tests, each_make_folder, each_remove_folder);
}
