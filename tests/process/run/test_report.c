/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "process/run/process.h"
#include "support/cmocka_all.h"

/* What wait() answers, on every system. */
static int exited(int code)
{
    return code << 8;
}

static staged_completed_process *result; /* of the last report */

static int forget_result(void **state)
{
    (void)state;
    staged_completed_process_free(result);
    result = NULL;
    return 0;
}

static const staged_completed_process *report(staged_process *process)
{
    (void)forget_result(NULL);
    result = calloc(1, sizeof *result);
    assert_non_null(result);
    stg_process_report(process, result);
    return result;
}

static void test_how_it_ended(void **state)
{
    (void)state;
    staged_process p = {
        .pid = 7, .has_ended = true, .start_wall_ns = 5, .start_ns = 100, .end_ns = 350};
    report(&p);
    assert_int_equal(result->pid, 7);
    assert_int_equal(result->exit_code, 0);
    assert_true(result->expected);
    assert_int_equal(result->start_ns, 5);
    assert_int_equal(result->duration_ns, 250);
    assert_null(result->output);

    p.wait_status = exited(3);
    report(&p);
    assert_int_equal(result->exit_code, 3);
    assert_false(result->expected);

    int fine[] = {3, 4};
    p.expected_codes = fine;
    p.expected_count = 2;
    assert_true(report(&p)->expected);
    p.wait_status = exited(0);
    assert_false(report(&p)->expected);

    p.wait_status = SIGSEGV;
    report(&p);
    assert_int_equal(result->exit_code, -SIGSEGV);
    assert_int_equal(result->signal, SIGSEGV);
}

static void assert_words(staged_process p, staged_status status, const char *words)
{
    report(&p);
    assert_int_equal(stg_process_outcome(&p), status);
    assert_string_equal(staged_completed_process_error(result), words);
    assert_false(result->expected && (p.timed_out || p.interrupted != 0));
    stg_error_free(&p.failure);
}

static void test_words(void **state)
{
    (void)state;
    staged_process lost = {.pid = 7, .has_ended = true, .status_is_lost = true};
    assert_false(report(&lost)->expected);
    const staged_process good = {.pid = 7, .has_ended = true};
    staged_process p = good;
    assert_words(p, STAGED_OK, "");
    p.timed_out = true;
    p.timeout_ns = INT64_C(1500000000);
    assert_words(p, STAGED_TIMED_OUT, "timed out after 1.5 seconds");
    p.interrupted = SIGINT;
    assert_words(p, STAGED_INTERRUPTED, "interrupted by SIGINT");
    p = good;
    stg_error_set(&p.failure, STAGED_NOT_FOUND, "what happened");
    p.timed_out = true;
    assert_words(p, STAGED_NOT_FOUND, "what happened");
    assert_string_equal(staged_completed_process_error(&(staged_completed_process){0}), "");
    assert_string_equal(staged_completed_process_error(NULL), "out of memory");
    staged_completed_process_free(NULL);
}

static void test_captures_are_handed_over_once(void **state)
{
    (void)state;
    staged_process p = {.pid = 7, .has_ended = true, .kinds = {[1] = STAGED_STREAM_CAPTURE}};
    p.captures[0].data = strdup("data");
    p.captures[0].length = 4;
    p.captures[0].total = 9;
    report(&p);
    assert_string_equal(result->output, "data");
    assert_int_equal(result->output_lost, 5);
    report(&p);
    assert_null(result->output);
    assert_int_equal(result->output_lost, 0);
}

static void test_captures_that_failed(void **state)
{
    (void)state;
    staged_process p = {.pid = 7, .has_ended = true, .kinds = {[2] = STAGED_STREAM_TEE}};
    p.captures[1].error = ENOSPC;
    p.captures[1].rest_path = strdup("rest");
    assert_words(p, STAGED_IO, "cannot write 'rest': No space left on device");
    free(p.captures[1].rest_path);
    p.captures[1] = (stg_capture){.error = ENOMEM};
    assert_words(p, STAGED_NO_MEMORY, "out of memory capturing the output");
}

TEST_GROUP(report)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_how_it_ended),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_captures_are_handed_over_once),
        cmocka_unit_test(test_captures_that_failed),
    };
    return cmocka_run_group_tests_name("process report", tests, NULL, forget_result);
}
