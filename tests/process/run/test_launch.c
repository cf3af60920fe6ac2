/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/run/process.h"
#include "process/system/active_time.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static void finish(staged_process *process)
{
    if (process->pid >= 0)
        assert_int_equal(waitpid(process->pid, NULL, 0), process->pid);
    stg_process_clear(process);
}

static void test_copied_options(void **state)
{
    (void)state;
    staged_process p = {0};
    int codes[] = {0, 3};
    char rest[] = "/nowhere/rest";
    const staged_process_options options = {
        .size = sizeof options,
        .command = "exit 0",
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 5, .rest_path = rest),
        .expected_codes = codes,
        .expected_count = 2};
    assert_int_equal(stg_process_start(&p, &options, false), STAGED_OK);
    codes[1] = 9;
    rest[1] = 'x';
    assert_int_equal(p.expected_codes[1], 3);
    assert_string_equal(p.captures[0].rest_path, "/nowhere/rest");
    assert_int_equal(p.grace_ns, INT64_C(5000000000));
    assert_int_equal(p.drain_ns, INT64_C(1000000000));
    assert_int_equal(p.timeout_ns, STG_NEVER);
    assert_int_equal(p.failed_step, STAGED_START_OK);
    assert_true(p.family.root == p.pid && p.pid > 1);
    assert_true(p.streams.made[1] == -1 && p.streams.ours[1] > 2);
    finish(&p);
}

static void test_times_that_are_none(void **state)
{
    (void)state;
    staged_process p = {0};
    const staged_process_options options = {
        .size = sizeof options, .command = "exit 0", .timeout_s = -1, .grace_s = -1, .drain_s = -1};
    assert_int_equal(stg_process_start(&p, &options, false), STAGED_OK);
    assert_int_equal(p.timeout_ns, STG_NEVER);
    assert_int_equal(p.grace_ns, 0);
    assert_int_equal(p.drain_ns, STG_NEVER);
    finish(&p);
}

static void test_small_input_is_written_at_once(void **state)
{
    (void)state;
    staged_process p = {0};
    staged_process_options options = {
        .size = sizeof options,
        .command = "read x; exit 0",
        .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = "one\n", .length = 4)};
    assert_int_equal(stg_process_start(&p, &options, false), STAGED_OK);
    assert_int_equal(p.input_left, 0);
    assert_int_equal(p.streams.ours[0], -1);
    finish(&p);

    static char much[2000000];
    p = (staged_process){0};
    options.input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = much, .length = sizeof much);
    assert_int_equal(stg_process_start(&p, &options, false), STAGED_OK);
    assert_true(p.input_left > 0 && p.input_left < sizeof much);
    assert_true(p.streams.ours[0] > 2);
    stg_streams_close_ours(&p.streams);
    finish(&p);
}

static void assert_failure(const char *const *words, const char *directory, staged_status status,
                           const char *text)
{
    staged_process p = {0};
    const staged_process_options options = {
        .size = sizeof options, .arguments = words, .directory = directory};
    assert_int_equal(stg_process_start(&p, &options, false), status);
    assert_string_equal(stg_error_text(&p.failure), text);
    assert_int_equal(p.pid, -1);
    finish(&p);
}

static void test_why_a_program_does_not_run(void **state)
{
    (void)state;
    char path[] = "./staged-script-XXXXXX", text[200];
    const int fd = mkstemp(path);
    assert_int_equal(fchmod(fd, 0700), 0);
    assert_int_equal(write(fd, "#!/nowhere/sh\n", 14), 14);
    close(fd);
    const char *words[] = {path, NULL};
    (void)snprintf(text, sizeof text,
                   "cannot run '%s': the interpreter or loader that it names does not exist", path);
    assert_failure(words, NULL, STAGED_NOT_FOUND, text);
    assert_int_equal(chmod(path, 0600), 0);
    (void)snprintf(text, sizeof text, "cannot run '%s': Permission denied", path);
    assert_failure(words, NULL, STAGED_NOT_ALLOWED, text);
    /* A path is one of the command's directory. */
    (void)snprintf(text, sizeof text, "cannot run '%s': No such file or directory", path);
    assert_failure(words, "/", STAGED_NOT_FOUND, text);
    (void)snprintf(text, sizeof text, "cannot change to the directory '%s': Not a directory", path);
    assert_failure(words, path, STAGED_NOT_FOUND, text);
    unlink(path);
}

static staged_status use(void *context)
{
    (void)context;
    staged_process p = {0};
    const int code = 0;
    const char *environment[] = {"A=b", NULL};
    const staged_process_options options = {
        .size = sizeof options,
        .command = "exit 0",
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 5, .rest_path = "x"),
        .environment = environment,
        .expected_codes = &code,
        .expected_count = 1};
    const staged_status status = stg_process_start(&p, &options, false);
    finish(&p);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 4);
}

TEST_GROUP(launch)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copied_options),
        cmocka_unit_test(test_times_that_are_none),
        cmocka_unit_test(test_small_input_is_written_at_once),
        cmocka_unit_test(test_why_a_program_does_not_run),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process launch", tests, NULL, NULL);
}
