/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/options.h"

#include "support/cmocka_all.h"
#include "support/torture.h"

static staged_status check(const staged_process_options *given, bool may_pipe, stg_error *error)
{
    staged_process_options options;
    staged_stream streams[3];
    assert_null(stg_options_read(&options, streams, given));
    return stg_options_check(&options, may_pipe, error);
}

static void assert_refused(staged_process_options options, const char *reason)
{
    stg_error error = {0};
    assert_int_equal(check(&options, false, &error), STAGED_BAD_USE);
    assert_string_equal(stg_error_text(&error), reason);
    stg_error_free(&error);
}

static const char *const words[] = {"true", NULL};
static const char *const no_words[] = {NULL};

static void test_program_and_arguments(void **state)
{
    (void)state;
    assert_refused((staged_process_options){.size = sizeof(staged_process_options)},
                   "neither a command nor arguments are given; set one of the two");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .arguments = words},
                   "both a command and arguments are given; set one of the two");
    assert_refused(
        (staged_process_options){.size = sizeof(staged_process_options), .arguments = no_words},
        "the argument list is empty; it begins with the program's name");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .arguments = words,
                                            .shell = "sh"},
                   "`shell` goes with a command, not with arguments");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .program = "sh"},
                   "`program` goes with arguments, not with a command");
}

static void test_environment(void **state)
{
    (void)state;
    const char *bad[] = {"A=b", "C", NULL}, *unnamed[] = {"=b", NULL};
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .environment = bad},
                   "environment: 'C' is not NAME=value");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .environment = unnamed},
                   "environment: '=b' is not NAME=value");
    const char *names[] = {"A", "B=c", NULL}, *empty[] = {"", NULL};
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .without = names},
                   "without: 'B=c' is not the name of a variable");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .without = empty},
                   "without: '' is not the name of a variable");
}

static void test_streams(void **state)
{
    (void)state;
    const char *misfit = "input: `kind` is not valid for this stream";
    const staged_stream_kind outputs[] = {STAGED_STREAM_CAPTURE, STAGED_STREAM_TEE,
                                          STAGED_STREAM_SHOW, STAGED_STREAM_STDOUT,
                                          (staged_stream_kind)99};
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++)
        assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                                .command = "x",
                                                .input = STAGED_STREAM(outputs[i])},
                       misfit);
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .output = STAGED_STREAM(STAGED_STREAM_BYTES)},
                   "output: `kind` is not valid for this stream");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .output = STAGED_STREAM(STAGED_STREAM_STDOUT)},
                   "output: `kind` is not valid for this stream");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .error_output = STAGED_STREAM(STAGED_STREAM_PIPE)},
                   "error output: a pipe needs staged_process_start");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .output = STAGED_STREAM(STAGED_STREAM_FILE)},
                   "output: a file needs a path");
    assert_refused(
        (staged_process_options){.size = sizeof(staged_process_options),
                                 .command = "x",
                                 .output = STAGED_STREAM(STAGED_STREAM_INHERIT, .path = "y")},
        "output: `path` is set, but the kind is not STAGED_STREAM_FILE");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .output = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR,
                                                                    .descriptor = -1)},
                   "output: `descriptor` must not be negative");
    assert_refused(
        (staged_process_options){.size = sizeof(staged_process_options),
                                 .command = "x",
                                 .input = STAGED_STREAM(STAGED_STREAM_BYTES, .length = 1)},
        "input: `bytes` is NULL, but `length` is not 0");
    assert_refused(
        (staged_process_options){.size = sizeof(staged_process_options),
                                 .command = "x",
                                 .input = STAGED_STREAM(STAGED_STREAM_INHERIT, .bytes = "y")},
        "input: `bytes` is set, but the kind is not STAGED_STREAM_BYTES");
    assert_refused(
        (staged_process_options){.size = sizeof(staged_process_options),
                                 .command = "x",
                                 .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .rest_path = "y")},
        "output: `rest_path` needs a `limit`");
    assert_refused(
        (staged_process_options){.size = sizeof(staged_process_options),
                                 .command = "x",
                                 .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .terminal = true)},
        "output: `terminal` is set, but the kind is not STAGED_STREAM_SHOW");
}

static void test_numbers(void **state)
{
    (void)state;
    const double no_number = strtod("nan", NULL);
    const staged_process_options timeless[] = {
        {.size = sizeof(staged_process_options), .command = "x", .timeout_s = no_number},
        {.size = sizeof(staged_process_options), .command = "x", .grace_s = no_number},
        {.size = sizeof(staged_process_options), .command = "x", .drain_s = no_number}};
    for (size_t i = 0; i < sizeof timeless / sizeof timeless[0]; i++)
        assert_refused(timeless[i],
                       "`timeout_s`, `grace_s` and `drain_s` must be numbers, not NaN");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .expected_count = 1},
                   "`expected_codes` is NULL, but `expected_count` is not 0");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .limit_count = 1},
                   "`limits` is NULL, but `limit_count` is not 0");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .keep_count = 1},
                   "`keep_descriptors` is NULL, but `keep_count` is not 0");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .umask = 01000},
                   "the umask must be between 0 and 0777");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .process_group = (staged_process_group)9},
                   "unknown kind of process group");
}

static void test_identity(void **state)
{
    (void)state;
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .process_group = STAGED_PROCESS_GROUP_JOIN},
                   "`join_group` must be the id of a process group");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .process_group = STAGED_PROCESS_GROUP_JOIN,
                                            .join_group = INT64_C(1) << 40},
                   "`join_group` must be the id of a process group");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .join_group = 5},
                   "`join_group` is set, but the kind is not STAGED_PROCESS_GROUP_JOIN");
    assert_refused((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "x",
                                            .groups_of_user = true},
                   "`groups_of_user` needs a `user`");
}

static void test_valid_options(void **state)
{
    (void)state;
    stg_error error = {0};
    const staged_process_options options = {.size = sizeof options,
                                            .arguments = words,
                                            .program = "sh",
                                            .input = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .error_output = STAGED_STREAM(STAGED_STREAM_STDOUT)};
    assert_int_equal(check(&options, true, &error), STAGED_OK);
    assert_string_equal(stg_error_text(&error), "");
}

static staged_status use(void *context)
{
    (void)context;
    stg_error error = {0};
    const staged_process_options options = {.size = sizeof options};
    const staged_status status = check(&options, true, &error);
    const bool has_text = error.text != NULL;
    stg_error_free(&error);
    assert_int_equal(status, STAGED_BAD_USE);
    return has_text ? STAGED_OK : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 1);
}

TEST_GROUP(options)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_program_and_arguments),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_valid_options),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process options", tests, NULL, NULL);
}
