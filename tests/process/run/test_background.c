/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/process.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

#define PIPE STAGED_STREAM(STAGED_STREAM_PIPE)

static staged_process *start(staged_process_options options)
{
    staged_process *process;
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    assert_true(staged_process_pid(process) > 1);
    return process;
}

static void test_poll_and_wait(void **state)
{
    (void)state;
    staged_process *process =
        start((staged_process_options){.size = sizeof(staged_process_options),
                                       .command = "read x; echo out; exit 3",
                                       .input = PIPE,
                                       .output = STAGED_STREAM(STAGED_STREAM_CAPTURE)});
    assert_false(staged_process_has_ended(process));
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, 0, &result), STAGED_TIMED_OUT);
    assert_null(result);
    assert_int_equal(staged_process_wait(process, 0.01, NULL), STAGED_TIMED_OUT);
    assert_int_equal(staged_process_wait(process, strtod("nan", NULL), &result), STAGED_BAD_USE);
    assert_string_equal(staged_process_error(process), "the timeout must be a number, not NaN");
    assert_int_equal(staged_process_close_input(process), STAGED_OK);
    assert_int_equal(staged_process_wait(process, -1, &result), STAGED_OK);
    assert_int_equal(result->exit_code, 3);
    assert_string_equal(result->output, "out\n");
    staged_completed_process_free(result);
    assert_true(staged_process_has_ended(process));
    assert_int_equal(staged_process_signal(process, SIGTERM), STAGED_NOT_FOUND);
    /* Again: the same, but the output was handed over. */
    assert_int_equal(staged_process_wait(process, 0, &result), STAGED_OK);
    assert_int_equal(result->exit_code, 3);
    assert_null(result->output);
    staged_completed_process_free(result);
    staged_process_free(process);
}

static void assert_line(staged_process *process, staged_output which, const char *expected)
{
    const char *line;
    size_t length;
    assert_int_equal(staged_process_read_line(process, which, 60, &line, &length), STAGED_OK);
    assert_string_equal(line, expected);
    assert_int_equal(length, strlen(expected));
}

static void test_a_conversation(void **state)
{
    (void)state;
    staged_process *process = start((staged_process_options){
        .size = sizeof(staged_process_options),
        .command = "while read x; do echo \"got $x\"; echo \"and $x\" >&2; done; printf 'the end'",
        .input = PIPE,
        .output = PIPE,
        .error_output = PIPE});
    assert_int_equal(staged_process_write(process, "one\n", 4), STAGED_OK);
    assert_line(process, STAGED_OUTPUT_STDOUT, "got one");
    assert_int_equal(staged_process_write(process, "two\nthree\n", 10), STAGED_OK);
    assert_line(process, STAGED_OUTPUT_STDOUT, "got two");
    assert_line(process, STAGED_OUTPUT_STDOUT, "got three");
    assert_line(process, STAGED_OUTPUT_STDERR, "and one");
    const char *line;
    size_t length;
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, 0.01, &line, &length),
                     STAGED_TIMED_OUT);
    assert_null(line);
    assert_int_equal(staged_process_close_input(process), STAGED_OK);
    assert_line(process, STAGED_OUTPUT_STDOUT, "the end");
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length),
                     STAGED_CLOSED);
    assert_int_equal(staged_process_wait(process, -1, NULL), STAGED_OK);
    assert_line(process, STAGED_OUTPUT_STDERR, "and two");
    staged_process_free(process);
}

static void test_long_lines_and_large_input(void **state)
{
    (void)state;
    const size_t size = 1000000;
    char *text = malloc(size + 1);
    memset(text, 'x', size);
    text[size] = '\n';
    staged_process *process = start((staged_process_options){
        .size = sizeof(staged_process_options), .command = "cat", .input = PIPE, .output = PIPE});
    /* Both pipes are far too small for it: what comes back is read while writing. */
    assert_int_equal(staged_process_write(process, text, size + 1), STAGED_OK);
    const char *line;
    size_t length;
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length),
                     STAGED_OK);
    assert_int_equal(length, size);
    assert_memory_equal(line, text, size);
    free(text);
    staged_process_free(process);
}

static void test_many_lines(void **state)
{
    (void)state;
    staged_process *process = start((staged_process_options){
        .size = sizeof(staged_process_options), .command = "seq 1 20000", .output = PIPE});
    const char *line;
    size_t length;
    for (long expected = 1; expected <= 20000; expected++) {
        assert_int_equal(
            staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length), STAGED_OK);
        assert_int_equal(strtol(line, NULL, 10), expected);
    }
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length),
                     STAGED_CLOSED);
    staged_process_free(process);
}

static void test_one_that_does_not_read(void **state)
{
    (void)state;
    staged_process *process = start((staged_process_options){
        .size = sizeof(staged_process_options), .command = "exec <&-; sleep 0.05", .input = PIPE});
    assert_int_equal(staged_process_wait(process, -1, NULL), STAGED_OK);
    assert_int_equal(staged_process_write(process, "x", 1), STAGED_CLOSED);
    staged_process_free(process);
}

static bool is_there(int64_t pid)
{
    return kill((pid_t)pid, 0) == 0;
}

static void test_signal_and_terminate(void **state)
{
    (void)state;
    staged_process *process = start((staged_process_options){
        .size = sizeof(staged_process_options),
        .command = "trap 'echo usr1' USR1; echo ready; while :; do sleep 0.01; done",
        .output = PIPE});
    assert_line(process, STAGED_OUTPUT_STDOUT, "ready");
    assert_int_equal(staged_process_signal(process, SIGUSR1), STAGED_OK);
    assert_line(process, STAGED_OUTPUT_STDOUT, "usr1");
    assert_int_equal(staged_process_terminate(process), STAGED_OK);
    assert_false(is_there(staged_process_pid(process)));
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, 0, &result), STAGED_OK);
    assert_int_equal(result->signal, SIGTERM);
    assert_true(result->ended_count >= 1);
    assert_false(result->expected);
    staged_completed_process_free(result);
    staged_process_free(process);
}

static void test_it_ends_with_its_object(void **state)
{
    (void)state;
    staged_process *process =
        start((staged_process_options){.size = sizeof(staged_process_options),
                                       .command = "exec sleep 1000",
                                       .process_group = STAGED_PROCESS_GROUP_NEW});
    const int64_t pid = staged_process_pid(process);
    assert_true(is_there(pid));
    staged_process_free(process);
    assert_false(is_there(pid));
    staged_process_free(NULL);
}

static void test_one_that_may_outlive_it(void **state)
{
    (void)state;
    staged_process *process = start((staged_process_options){.size = sizeof(staged_process_options),
                                                             .command = "exec sleep 1000",
                                                             .leaves_daemon = true});
    const pid_t pid = (pid_t)staged_process_pid(process);
    staged_process_free(process);
    assert_true(is_there(pid));
    assert_int_equal(staged_processes_end_all(strtod("nan", NULL), NULL, NULL), STAGED_BAD_USE);
    assert_int_equal(staged_processes_end_all(STAGED_GRACE_S, NULL, NULL), STAGED_OK);
    assert_true(is_there(pid));
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_its_own_timeout(void **state)
{
    (void)state;
    staged_process *process = start((staged_process_options){
        .size = sizeof(staged_process_options), .command = "sleep 1000", .timeout_s = 0.03});
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, -1, &result), STAGED_TIMED_OUT);
    assert_true(result->timed_out);
    assert_string_equal(staged_completed_process_error(result), "timed out after 0.03 seconds");
    assert_true(staged_process_has_ended(process));
    staged_completed_process_free(result);
    staged_process_free(process);
}

static void test_start_failures(void **state)
{
    (void)state;
    const char *words[] = {"/nowhere/program", NULL};
    const staged_process_options options = {
        .size = sizeof options, .arguments = words, .input = PIPE};
    staged_process *process;
    assert_int_equal(staged_process_start(&options, &process), STAGED_NOT_FOUND);
    assert_string_equal(staged_process_error(process),
                        "cannot run '/nowhere/program': No such file or directory");
    assert_true(staged_process_has_ended(process));
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, -1, &result), STAGED_NOT_FOUND);
    assert_int_equal(result->failed_step, STAGED_START_PROGRAM);
    staged_completed_process_free(result);
    assert_int_equal(staged_process_write(process, "x", 1), STAGED_BAD_USE);
    assert_int_equal(staged_process_terminate(process), STAGED_NOT_FOUND);
    assert_int_equal(staged_process_signal(process, SIGTERM), STAGED_NOT_FOUND);
    staged_process_free(process);
    assert_string_equal(staged_process_error(NULL), "out of memory");
}

static void test_misuse(void **state)
{
    (void)state;
    staged_process *process =
        start((staged_process_options){.size = sizeof(staged_process_options), .command = "true"});
    const char *line;
    size_t length;
    assert_int_equal(staged_process_write(process, "x", 1), STAGED_BAD_USE);
    assert_int_equal(staged_process_close_input(process), STAGED_BAD_USE);
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, 0, &line, &length),
                     STAGED_BAD_USE);
    assert_string_equal(staged_process_error(process),
                        "this output is not a pipe; make it STAGED_STREAM(STAGED_STREAM_PIPE)");
    /* The command knows nothing of that. */
    assert_int_equal(staged_process_wait(process, -1, NULL), STAGED_OK);
    staged_process_free(process);
}

static staged_status use(void *context)
{
    (void)context;
    const staged_process_options options = {.size = sizeof options,
                                            .command = "echo line; echo captured >&2",
                                            .output = PIPE,
                                            .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)};
    staged_process *process;
    const char *line;
    size_t length;
    staged_completed_process *result = NULL;
    staged_status status = staged_process_start(&options, &process);
    if (status == STAGED_OK)
        status = staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length);
    if (status == STAGED_OK)
        status = staged_process_wait(process, -1, &result);
    staged_completed_process_free(result);
    staged_process_free(process);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture_forgiving(use, NULL), 4, 60);
}

TEST_GROUP(background)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_poll_and_wait),
        cmocka_unit_test(test_a_conversation),
        cmocka_unit_test(test_long_lines_and_large_input),
        cmocka_unit_test(test_many_lines),
        cmocka_unit_test(test_one_that_does_not_read),
        cmocka_unit_test(test_signal_and_terminate),
        cmocka_unit_test(test_it_ends_with_its_object),
        cmocka_unit_test(test_one_that_may_outlive_it),
        cmocka_unit_test(test_its_own_timeout),
        cmocka_unit_test(test_start_failures),
        cmocka_unit_test(test_misuse),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process background", tests, NULL, NULL);
}
