/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/output.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/torture.h"

static void test_a_reader_that_goes_away_is_said_once(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    stg_output output = {0};
    stg_output_set_descriptor(&output, ends[1]);
    assert_true(output.breaks);
    stg_error error = {0};
    /* Undisturbed by the test runner: as a script starts. */
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(stg_output_write(&output, "a", 1, &error), STAGED_OK);
    close(ends[0]);
    assert_int_equal(stg_output_write(&output, "b", 1, &error), STAGED_CLOSED);
    assert_string_equal(stg_error_text(&error), "the reader closed the output");
    assert_int_equal(stg_output_write(&output, "c", 1, &error), STAGED_OK);
    sigset_t blocked;
    pthread_sigmask(SIG_BLOCK, NULL, &blocked);
    assert_false(sigismember(&blocked, SIGPIPE));
    sigset_t pending;
    sigpending(&pending);
    assert_false(sigismember(&pending, SIGPIPE));
    close(ends[1]);
    stg_error_free(&error);
}

static void test_the_signal_may_be_ignored(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    stg_output output = {0};
    stg_output_set_descriptor(&output, ends[1]);
    stg_error error = {0};
    signal(SIGPIPE, SIG_IGN);
    close(ends[0]);
    assert_int_equal(stg_output_write(&output, "b", 1, &error), STAGED_CLOSED);
    signal(SIGPIPE, SIG_DFL);
    close(ends[1]);
    stg_error_free(&error);
}

static void test_a_full_disk_is_said_once(void **state)
{
    (void)state;
    const int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        return; /* there is no such thing everywhere */
    stg_output output = {0};
    stg_output_set_descriptor(&output, full);
    assert_false(output.breaks);
    stg_error error = {0};
    assert_int_equal(stg_output_write(&output, "a", 1, &error), STAGED_IO);
    assert_string_equal(stg_error_text(&error), "cannot write: No space left on device");
    assert_int_equal(stg_output_write(&output, "a", 1, &error), STAGED_OK);
    const int null = open("/dev/null", O_WRONLY);
    assert_int_equal(dup2(null, full), full);
    assert_int_equal(stg_output_write(&output, "a", 1, &error), STAGED_OK);
    close(null);
    const int again = open("/dev/full", O_WRONLY);
    assert_int_equal(dup2(again, full), full);
    assert_int_equal(stg_output_write(&output, "a", 1, &error), STAGED_IO);
    close(again);
    close(full);
    stg_error_free(&error);
}

static void test_closed_streams(void **state)
{
    (void)state;
    stg_output output = {0};
    stg_output_set_descriptor(&output, -1);
    assert_false(output.breaks);
    char small[4];
    output.file = fmemopen(small, sizeof small, "w");
    stg_error error = {0};
    assert_int_equal(stg_output_write(&output, "abc", 3, &error), STAGED_OK);
    assert_int_equal(stg_output_write(&output, "much more than fits", 19, &error), STAGED_IO);
    fclose(output.file);
    stg_error_free(&error);
}

/* Reads slowly from a pipe that its writer made non-blocking. */
static void *read_all(void *context)
{
    static char bytes[4096];
    size_t total = 0;
    ssize_t got;
    while ((got = read(*(int *)context, bytes, sizeof bytes)) > 0)
        total += (size_t)got;
    *(int *)context = (int)total;
    return NULL;
}

static void test_all_of_it_is_written(void **state)
{
    (void)state;
    enum { MUCH = 1 << 20 };
    static char bytes[MUCH];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    int reader = ends[0];
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, read_all, &reader), 0);
    stg_output output = {0};
    stg_output_set_descriptor(&output, ends[1]);
    stg_error error = {0};
    memset(bytes, 'x', MUCH);
    assert_int_equal(stg_output_write(&output, bytes, MUCH, &error), STAGED_OK);
    close(ends[1]);
    pthread_join(thread, NULL);
    assert_int_equal(reader, MUCH);
    close(ends[0]);
}

static staged_status write_text(void *context)
{
    (void)context;
    stg_output output = {.fd = -1, .to_text = true};
    stg_error error = {0};
    staged_status status = stg_output_write(&output, "text", 4, &error);
    if (status == STAGED_OK)
        assert_string_equal(stg_buf_text(&output.text), "text");
    stg_buf_free(&output.text);
    stg_error_free(&error);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(write_text, NULL) > 0);
}

TEST_GROUP(output)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_reader_that_goes_away_is_said_once),
        cmocka_unit_test(test_the_signal_may_be_ignored),
        cmocka_unit_test(test_a_full_disk_is_said_once),
        cmocka_unit_test(test_closed_streams),
        cmocka_unit_test(test_all_of_it_is_written),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
