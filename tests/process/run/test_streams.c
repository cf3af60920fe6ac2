/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/streams.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "process/run/options.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status open_streams(const staged_process_options *given, stg_streams *streams,
                                  stg_error *error)
{
    staged_process_options options;
    staged_stream wanted[3];
    assert_null(stg_options_read(&options, wanted, given));
    return stg_streams_open(&options, (staged_pty *const[2]){NULL, NULL}, streams, error);
}

static stg_streams open_for(staged_process_options options)
{
    stg_streams streams;
    stg_error error = {0};
    assert_int_equal(open_streams(&options, &streams, &error), STAGED_OK);
    return streams;
}

static void close_all(stg_streams *streams)
{
    stg_streams_close_made(streams);
    stg_streams_close_ours(streams);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(streams->made[i], -1);
        assert_int_equal(streams->ours[i], -1);
    }
}

static void test_inherited_and_given(void **state)
{
    (void)state;
    stg_streams s = open_for(
        (staged_process_options){.size = sizeof(staged_process_options),
                                 .output = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = 7),
                                 .error_output = STAGED_STREAM(STAGED_STREAM_STDOUT)});
    assert_int_equal(s.child[0], 0);
    assert_int_equal(s.child[1], 7);
    assert_int_equal(s.child[2], 7);
    close_all(&s);
    s = open_for((staged_process_options){.size = sizeof(staged_process_options),
                                          .error_output = STAGED_STREAM(STAGED_STREAM_STDOUT)});
    assert_int_equal(s.child[2], 1);
    close_all(&s);
}

static void test_pipes(void **state)
{
    (void)state;
    stg_streams s =
        open_for((staged_process_options){.size = sizeof(staged_process_options),
                                          .input = STAGED_STREAM(STAGED_STREAM_BYTES),
                                          .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
                                          .error_output = STAGED_STREAM(STAGED_STREAM_TEE)});
    for (int i = 0; i < 3; i++) {
        assert_int_equal(s.child[i], s.made[i]);
        assert_true((fcntl(s.ours[i], F_GETFL) & O_NONBLOCK) != 0);
        assert_true((fcntl(s.child[i], F_GETFL) & O_NONBLOCK) == 0);
    }
    char c = 'x';
    assert_int_equal(write(s.ours[0], &c, 1), 1);
    assert_int_equal(read(s.child[0], &c, 1), 1);
    assert_int_equal(write(s.child[2], &c, 1), 1);
    assert_int_equal(read(s.ours[2], &c, 1), 1);
    close_all(&s);
}

static void test_nowhere(void **state)
{
    (void)state;
    stg_streams s =
        open_for((staged_process_options){.size = sizeof(staged_process_options),
                                          .input = STAGED_STREAM(STAGED_STREAM_DISCARD),
                                          .output = STAGED_STREAM(STAGED_STREAM_DISCARD)});
    char c;
    assert_int_equal(read(s.child[0], &c, 1), 0);
    assert_int_equal(write(s.child[1], "x", 1), 1);
    close_all(&s);
}

static void test_after_a_failure_nothing_is_open(void **state)
{
    (void)state;
    const int before = dup(0);
    close(before);
    const staged_process_options options = {
        .size = sizeof options,
        .input = STAGED_STREAM(STAGED_STREAM_DISCARD),
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
        .error_output = STAGED_STREAM(STAGED_STREAM_FILE, .path = "/nowhere/file")};
    stg_streams streams;
    stg_error error = {0};
    assert_int_equal(open_streams(&options, &streams, &error), STAGED_NOT_FOUND);
    assert_string_equal(stg_error_text(&error),
                        "cannot open '/nowhere/file': No such file or directory");
    stg_error_free(&error);
    const int after = dup(0);
    close(after);
    assert_int_equal(before, after);
}

TEST_GROUP(streams)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inherited_and_given),
        cmocka_unit_test(test_pipes),
        cmocka_unit_test(test_nowhere),
        cmocka_unit_test(test_after_a_failure_nothing_is_open),
    };
    return cmocka_run_group_tests_name("process streams", tests, NULL, NULL);
}
