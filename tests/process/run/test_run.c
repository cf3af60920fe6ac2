/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/process.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text/buf.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

#define CAPTURE STAGED_STREAM(STAGED_STREAM_CAPTURE)

static staged_completed_process *result;

static int forget_result(void **state)
{
    (void)state;
    staged_completed_process_free(result);
    result = NULL;
    return 0;
}

static staged_status run(staged_process_options options)
{
    (void)forget_result(NULL);
    return staged_process_run(&options, &result);
}

static void assert_output(staged_process_options options, const char *expected)
{
    options.output = STAGED_STREAM(STAGED_STREAM_CAPTURE);
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(result->output, expected);
    assert_int_equal(result->output_length, strlen(expected));
}

static void test_exit_codes(void **state)
{
    (void)state;
    assert_int_equal(
        run((staged_process_options){.size = sizeof(staged_process_options), .command = "true"}),
        STAGED_OK);
    assert_int_equal(result->exit_code, 0);
    assert_true(result->expected);
    assert_string_equal(staged_completed_process_error(result), "");

    assert_int_equal(
        run((staged_process_options){.size = sizeof(staged_process_options), .command = "exit 7"}),
        STAGED_OK);
    assert_int_equal(result->exit_code, 7);
    assert_int_equal(result->signal, 0);
    assert_false(result->expected);

    const int fine[] = {0, 7};
    assert_int_equal(run((staged_process_options){.size = sizeof(staged_process_options),
                                                  .command = "exit 7",
                                                  .expected_codes = fine,
                                                  .expected_count = 2}),
                     STAGED_OK);
    assert_true(result->expected);

    assert_int_equal(run((staged_process_options){.size = sizeof(staged_process_options),
                                                  .command = "kill -KILL $$"}),
                     STAGED_OK);
    assert_int_equal(result->exit_code, -SIGKILL);
    assert_int_equal(result->signal, SIGKILL);
    assert_false(result->expected);
}

static void test_arguments_are_not_read_by_a_shell(void **state)
{
    (void)state;
    const char *words[] = {"printf", "%s|", "a b", "$HOME", "", NULL};
    assert_output(
        (staged_process_options){.size = sizeof(staged_process_options), .arguments = words},
        "a b|$HOME||");
    const char *named[] = {"my name", "-c", "echo $0", NULL};
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .arguments = named,
                                           .program = "/bin/sh"},
                  "my name\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "echo 'a  b' $((1 + 2))"},
                  "a  b 3\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "echo $0",
                                           .shell = "sh"},
                  "sh\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "-x 2>/dev/null; echo done"},
                  "done\n");
}

static void test_streams(void **state)
{
    (void)state;
    const staged_process_options both = {.size = sizeof both,
                                         .command = "echo out; echo err >&2",
                                         .output = CAPTURE,
                                         .error_output = CAPTURE};
    assert_int_equal(run(both), STAGED_OK);
    assert_string_equal(result->output, "out\n");
    assert_string_equal(result->error_output, "err\n");
    assert_int_equal(result->error_length, 4);

    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "echo out; echo err >&2",
                                           .error_output = STAGED_STREAM(STAGED_STREAM_STDOUT)},
                  "out\nerr\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "echo out; echo err >&2",
                                           .error_output = STAGED_STREAM(STAGED_STREAM_DISCARD)},
                  "out\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "cat",
                                           .input = STAGED_STREAM(STAGED_STREAM_DISCARD)},
                  "");
    assert_int_equal(run((staged_process_options){.size = sizeof(staged_process_options),
                                                  .command = "printf 'a\\0b'",
                                                  .output = CAPTURE}),
                     STAGED_OK);
    assert_int_equal(result->output_length, 3);
    assert_memory_equal(result->output, "a\0b", 4);
}

static void test_input_bytes(void **state)
{
    (void)state;
    assert_output(
        (staged_process_options){
            .size = sizeof(staged_process_options),
            .command = "cat; echo .",
            .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = "some text", .length = 9)},
        "some text.\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "cat",
                                           .input = STAGED_STREAM(STAGED_STREAM_BYTES)},
                  "");
    /* More than a pipe holds, in both directions at once. */
    const size_t size = 3000000;
    char *bytes = malloc(size);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 7 / 5);
    const staged_process_options options = {
        .size = sizeof options,
        .command = "cat",
        .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = bytes, .length = size),
        .output = CAPTURE};
    assert_int_equal(run(options), STAGED_OK);
    assert_int_equal(result->output_length, size);
    assert_memory_equal(result->output, bytes, size);
    /* Nobody reads it, and we are not ended by SIGPIPE. */
    const staged_process_options unread = {
        .size = sizeof unread,
        .command = "exec <&-; sleep 0.05",
        .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = bytes, .length = size)};
    assert_int_equal(run(unread), STAGED_OK);
    assert_int_equal(result->exit_code, 0);
    free(bytes);
}

static char *contents(const char *path)
{
    static char text[200];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void test_files_and_descriptors(void **state)
{
    (void)state;
    char path[] = "staged-run-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd > 2);
    staged_process_options options = {.size = sizeof options,
                                      .command = "echo one",
                                      .output = STAGED_STREAM(STAGED_STREAM_FILE, .path = path)};
    assert_int_equal(run(options), STAGED_OK);
    options.command = "echo two";
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(contents(path), "two\n");
    options.output = STAGED_STREAM(STAGED_STREAM_FILE, .path = path, .append = true);
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(contents(path), "two\ntwo\n");
    assert_null(result->output);

    assert_output(
        (staged_process_options){.size = sizeof(staged_process_options),
                                 .command = "cat",
                                 .input = STAGED_STREAM(STAGED_STREAM_FILE, .path = path)},
        "two\ntwo\n");
    assert_int_equal(ftruncate(fd, 0), 0);
    options = (staged_process_options){
        .size = sizeof(staged_process_options),
        .command = "echo one; echo two >&2",
        .output = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = fd),
        .error_output = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = fd)};
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(contents(path), "one\ntwo\n");
    close(fd);
    unlink(path);
}

/* Our standard streams the other way round. */
static void test_swapped_streams(void **state)
{
    (void)state;
    const char *words[] = {"sh", "-c", "exec 3>&1 4>&2 1>&4 2>&3 3>&- 4>&-; echo out; echo err >&2",
                           NULL};
    const staged_process_options outer = {
        .size = sizeof outer, .arguments = words, .output = CAPTURE, .error_output = CAPTURE};
    assert_int_equal(run(outer), STAGED_OK);
    assert_string_equal(result->output, "err\n");

    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    const int saved[] = {dup(1), dup(2)};
    assert_int_equal(dup2(pipes[1], 1), 1);
    const staged_process_options options = {
        .size = sizeof options,
        .command = "echo out; echo err >&2",
        .output = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = 2),
        .error_output = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = 1)};
    assert_int_equal(dup2(open("/dev/null", O_WRONLY), 2), 2);
    const staged_status status = run(options);
    dup2(saved[0], 1);
    dup2(saved[1], 2);
    close(saved[0]);
    close(saved[1]);
    assert_int_equal(status, STAGED_OK);
    char text[20] = "";
    assert_int_equal(read(pipes[0], text, sizeof text), 4);
    assert_string_equal(text, "err\n");
    close(pipes[0]);
    close(pipes[1]);
}

static void test_directory_and_environment(void **state)
{
    (void)state;
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "pwd",
                                           .directory = "/"},
                  "/\n");
    assert_int_equal(setenv("STAGED_A", "ours", 1), 0);
    assert_int_equal(setenv("STAGED_B", "ours", 1), 0);
    const char *changes[] = {"STAGED_B=replaced", "STAGED_C=added", "STAGED_C=again", NULL};
    const char *without[] = {"STAGED_A", "STAGED_NOT_SET", NULL};
    const char *show = "echo ${STAGED_A-none} $STAGED_B $STAGED_C";
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = show,
                                           .environment = changes,
                                           .without = without},
                  "none replaced again\n");
    const char *env[] = {"/usr/bin/env", NULL};
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .arguments = env,
                                           .environment = changes,
                                           .clear_environment = true},
                  "STAGED_B=replaced\nSTAGED_C=again\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .arguments = env,
                                           .clear_environment = true},
                  "");
    unsetenv("STAGED_A");
    unsetenv("STAGED_B");
}

static void test_umask_and_limits(void **state)
{
    (void)state;
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "umask",
                                           .umask = 027},
                  "0027\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "umask",
                                           .set_umask = true},
                  "0000\n");
    const staged_limit limits[] = {{RLIMIT_NOFILE, 50, 60}, {RLIMIT_CORE, 0, 0}};
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "ulimit -S -n; ulimit -H -n; ulimit -H -c",
                                           .limits = limits,
                                           .limit_count = 2},
                  "50\n60\n0\n");
    const staged_limit impossible[] = {{9999, 1, 1}};
    assert_int_equal(run((staged_process_options){.size = sizeof(staged_process_options),
                                                  .command = "true",
                                                  .limits = impossible,
                                                  .limit_count = 1}),
                     STAGED_IO);
    assert_int_equal(result->failed_step, STAGED_START_LIMIT);
}

static void test_groups(void **state)
{
    (void)state;
    char expected[40];
    (void)snprintf(expected, sizeof expected, "%d\n", (int)getpgrp());
    /* Not with ps, which a small system lacks. */
    const char *group = "python3 -c 'import os; print(os.getpgrp())'";
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = group,
                                           .process_group = STAGED_PROCESS_GROUP_OURS},
                  expected);
    assert_output(
        (staged_process_options){
            .size = sizeof(staged_process_options),
            .command = "[ $(python3 -c 'import os; print(os.getpgrp())') = $$ ] && echo own",
            .process_group = STAGED_PROCESS_GROUP_NEW},
        "own\n");
    assert_output(
        (staged_process_options){
            .size = sizeof(staged_process_options),
            .command = "[ $(python3 -c 'import os; print(os.getsid(0))') = $$ ] && echo own",
            .process_group = STAGED_PROCESS_GROUP_SESSION},
        "own\n");
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = group,
                                           .process_group = STAGED_PROCESS_GROUP_JOIN,
                                           .join_group = getpgrp()},
                  expected);
    assert_int_equal(run((staged_process_options){.size = sizeof(staged_process_options),
                                                  .command = "true",
                                                  .process_group = STAGED_PROCESS_GROUP_JOIN,
                                                  .join_group = INT32_MAX}),
                     STAGED_NOT_ALLOWED);
    assert_int_equal(result->failed_step, STAGED_START_GROUP);
}

static void test_joining_the_group_of_another_command(void **state)
{
    (void)state;
    staged_process *first;
    char expected[40];
    assert_int_equal(
        staged_process_start(STAGED_OPTIONS(staged_process_options, .command = "read end",
                                            .input = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .process_group = STAGED_PROCESS_GROUP_NEW),
                             &first),
        STAGED_OK);
    (void)snprintf(expected, sizeof expected, "%lld\n", (long long)staged_process_pid(first));
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "python3 -c 'import os; print(os.getpgrp())'",
                                           .process_group = STAGED_PROCESS_GROUP_JOIN,
                                           .join_group = staged_process_pid(first)},
                  expected);
    staged_process_free(first);
}

static void test_niceness(void **state)
{
    (void)state;
    char expected[40];
    const int ours = getpriority(PRIO_PROCESS, 0);
    (void)snprintf(expected, sizeof expected, "%d\n", ours + 3 < 19 ? ours + 3 : 19);
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "nice",
                                           .nice = 3},
                  expected);
    assert_output((staged_process_options){.size = sizeof(staged_process_options),
                                           .command = "nice",
                                           .nice = 100},
                  "19\n");
    assert_int_equal(getpriority(PRIO_PROCESS, 0), ours);
}

static void assert_failure(staged_process_options options, staged_status status,
                           staged_start_step step, const char *text)
{
    assert_int_equal(run(options), status);
    assert_int_equal(result->failed_step, step);
    assert_string_equal(staged_completed_process_error(result), text);
    assert_false(result->expected);
}

static void test_start_failures(void **state)
{
    (void)state;
    const char *missing[] = {"staged-no-such-program", NULL};
    assert_failure(
        (staged_process_options){.size = sizeof(staged_process_options), .arguments = missing},
        STAGED_NOT_FOUND, STAGED_START_PROGRAM,
        "cannot run 'staged-no-such-program': no such program");
    const char *missing_path[] = {"/nowhere/program", NULL};
    assert_failure(
        (staged_process_options){.size = sizeof(staged_process_options), .arguments = missing_path},
        STAGED_NOT_FOUND, STAGED_START_PROGRAM,
        "cannot run '/nowhere/program': No such file or directory");
    const char *directory[] = {"/", NULL};
    assert_failure(
        (staged_process_options){.size = sizeof(staged_process_options), .arguments = directory},
        STAGED_NOT_ALLOWED, STAGED_START_PROGRAM, "cannot run '/': Permission denied");
    assert_failure((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "true",
                                            .directory = "/nowhere"},
                   STAGED_NOT_FOUND, STAGED_START_DIRECTORY,
                   "cannot change to the directory '/nowhere': No such file or directory");
    assert_failure((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "true",
                                            .output = STAGED_STREAM(STAGED_STREAM_FILE,
                                                                    .path = "/nowhere/file")},
                   STAGED_NOT_FOUND, STAGED_START_STREAM,
                   "cannot open '/nowhere/file': No such file or directory");
    assert_failure((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "true",
                                            .input = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR,
                                                                   .descriptor = 9999)},
                   STAGED_IO, STAGED_START_STREAM,
                   "cannot set up the streams: Bad file descriptor");
    assert_failure((staged_process_options){.size = sizeof(staged_process_options)}, STAGED_BAD_USE,
                   STAGED_START_OPTIONS,
                   "neither a command nor arguments are given; set one of the two");
    char path[] = "./staged-script-XXXXXX";
    const int fd = mkstemp(path);
    assert_int_equal(fchmod(fd, 0700), 0);
    assert_int_equal(write(fd, "echo no\n", 8), 8);
    close(fd);
    const char *words[] = {path, NULL};
    char text[200];
    (void)snprintf(
        text, sizeof text,
        "cannot run '%s': not a program; a script needs a first line such as '#!/bin/sh'", path);
    assert_failure(
        (staged_process_options){.size = sizeof(staged_process_options), .arguments = words},
        STAGED_NOT_ALLOWED, STAGED_START_PROGRAM, text);
    unlink(path);
}

static void test_too_long_an_argument(void **state)
{
    (void)state;
    const size_t size = 3000000;
    char *argument = malloc(size + 1);
    memset(argument, 'x', size);
    argument[size] = '\0';
    const char *words[] = {"true", argument, NULL};
    assert_int_equal(
        run((staged_process_options){.size = sizeof(staged_process_options), .arguments = words}),
        STAGED_BAD_INPUT);
    assert_non_null(strstr(result->error, "the longest argument has 3000000 bytes"));
    free(argument);
}

/* A program in a folder of PATH that may not be run does not hide one further on. */
static void test_the_search_for_a_program(void **state)
{
    (void)state;
    char folder[] = "staged-path-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char file[60], search[60];
    (void)snprintf(file, sizeof file, "%s/true", folder);
    (void)snprintf(search, sizeof search, "PATH=%s:/usr/bin:/bin", folder);
    close(open(file, O_WRONLY | O_CREAT, 0600));
    const char *words[] = {"true", NULL}, *environment[] = {search, NULL};
    staged_process_options options = {
        .size = sizeof options, .arguments = words, .environment = environment};
    assert_int_equal(run(options), STAGED_OK);
    (void)snprintf(search, sizeof search, "PATH=%s:/nowhere", folder);
    assert_int_equal(run(options), STAGED_NOT_ALLOWED);
    const char *no_path[] = {"PATH", NULL};
    options = (staged_process_options){
        .size = sizeof(staged_process_options), .arguments = words, .without = no_path};
    assert_int_equal(run(options), STAGED_OK);
    unlink(file);
    rmdir(folder);
}

static void test_limits_of_captures(void **state)
{
    (void)state;
    staged_process_options options = {.size = sizeof options,
                                      .command = "seq 1 100000",
                                      .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 10)};
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(result->output, "1\n2\n3\n4\n5\n");
    assert_int_equal(result->output_lost, 588895 - 10);
    options.output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 10, .keep_last = true);
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(result->output, "99\n100000\n");
    assert_int_equal(result->output_lost, 588895 - 10);
    options.output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 588895);
    assert_int_equal(run(options), STAGED_OK);
    assert_int_equal(result->output_lost, 0);

    char path[] = "staged-rest-XXXXXX";
    close(mkstemp(path));
    for (int last = 0; last < 2; last++) {
        options.output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 100, .keep_last = last == 1,
                                       .rest_path = path);
        assert_int_equal(run(options), STAGED_OK);
        assert_int_equal(result->output_length, 100);
        struct stat file;
        assert_int_equal(stat(path, &file), 0);
        assert_int_equal(file.st_size, 588895);
        assert_memory_equal(contents(path), "1\n2\n3\n4\n", 8);
    }
    unlink(path);
    options.output =
        STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 100, .rest_path = "/nowhere/file");
    assert_int_equal(run(options), STAGED_IO);
    assert_string_equal(result->error, "cannot write '/nowhere/file': No such file or directory");
    assert_int_equal(result->output_length, 100);
}

static bool add_shown(void *context, staged_output which, const char *bytes, size_t length)
{
    stg_buf *shown = context;
    stg_buf_addf(shown, "%d:", (int)which);
    stg_buf_add(shown, bytes, length);
    return shown->length < 1000;
}

static void test_tee(void **state)
{
    (void)state;
    stg_buf shown = {0};
    staged_process_options options = {.size = sizeof options,
                                      .command = "echo out; sleep 0.02; echo err >&2",
                                      .output = STAGED_STREAM(STAGED_STREAM_TEE),
                                      .error_output = STAGED_STREAM(STAGED_STREAM_TEE),
                                      .show = add_shown,
                                      .show_context = &shown};
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(shown.data, "1:out\n2:err\n");
    assert_string_equal(result->output, "out\n");
    assert_string_equal(result->error_output, "err\n");

    stg_buf_clear(&shown);
    options.command = "seq 1 100000";
    assert_int_equal(run(options), STAGED_OK);
    assert_int_equal(result->output_length, 588895);
    assert_true(shown.length < 588895);
    stg_buf_free(&shown);

    char text[20] = "";
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    const int saved = dup(1);
    dup2(pipes[1], 1);
    const staged_status status =
        run((staged_process_options){.size = sizeof(staged_process_options),
                                     .command = "echo out",
                                     .output = STAGED_STREAM(STAGED_STREAM_TEE)});
    dup2(saved, 1);
    close(saved);
    assert_int_equal(status, STAGED_OK);
    assert_int_equal(read(pipes[0], text, sizeof text), 4);
    assert_string_equal(text, "out\n");
    close(pipes[0]);
    close(pipes[1]);
}

static void test_show(void **state)
{
    (void)state;
    stg_buf shown = {0};
    staged_process_options options = {.size = sizeof options,
                                      .command = "echo out; sleep 0.02; echo err >&2",
                                      .output = STAGED_STREAM(STAGED_STREAM_SHOW),
                                      .error_output = STAGED_STREAM(STAGED_STREAM_SHOW),
                                      .show = add_shown,
                                      .show_context = &shown};
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(shown.data, "1:out\n2:err\n");
    assert_null(result->output);
    assert_null(result->error_output);

    /* As `yes | head` ends. */
    options.arguments = (const char *const[]){"yes", NULL};
    options.command = NULL;
    assert_int_equal(run(options), STAGED_OK);
    assert_int_equal(result->signal, SIGPIPE);
    stg_buf_free(&shown);
}

static void test_secrets_are_not_shown(void **state)
{
    (void)state;
    stg_buf shown = {0};
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(staged_secrets_add(secrets, "hunter2", 7), STAGED_OK);
    const staged_process_options options = {
        .size = sizeof options,
        .command = "printf 'my hun'; sleep 0.02; printf 'ter2 is hunter'; sleep 0.02; echo 3",
        .output = STAGED_STREAM(STAGED_STREAM_TEE),
        .show = add_shown,
        .show_context = &shown,
        .secrets = secrets};
    assert_int_equal(run(options), STAGED_OK);
    assert_non_null(strstr(shown.data, "***"));
    assert_null(strstr(shown.data, "ter2"));
    assert_string_equal(result->output, "my hunter2 is hunter3\n");
    stg_buf_free(&shown);
    staged_secrets_free(secrets);
}

static void test_resource_use(void **state)
{
    (void)state;
    assert_int_equal(run((staged_process_options){
                         .size = sizeof(staged_process_options),
                         .command = "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done"}),
                     STAGED_OK);
    assert_true(result->user_ns + result->system_ns > 1000000);
    assert_true(result->max_rss_kib > 100);
    assert_true(result->minor_faults > 0);
    assert_true(result->duration_ns > 1000000);
    assert_true(result->start_ns > INT64_C(1500000000000000000));
    assert_true(result->pid > 1);
}

/* What a command left behind may hold its output open, but not us. */
static void test_output_that_is_held_open(void **state)
{
    (void)state;
    staged_process_options options = {.size = sizeof options,
                                      .command = "sleep 1000 & echo now",
                                      .output = CAPTURE,
                                      .drain_s = 0.02};
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(result->output, "now\n");
    assert_true(result->output_held);
    options.command = "(sleep 0.05; echo late) & echo now";
    options.drain_s = -1;
    assert_int_equal(run(options), STAGED_OK);
    assert_string_equal(result->output, "now\nlate\n");
    assert_false(result->output_held);
    assert_int_equal(staged_processes_end_all(STAGED_GRACE_S, NULL, NULL), STAGED_OK);
}

/* As under `trap '' CHLD`, and as some programs ask the system to forget their children. */
static void test_ignored_children(void **state)
{
    (void)state;
    struct sigaction before;
    const struct sigaction ways[] = {{.sa_handler = SIG_IGN},
                                     {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT}};
    for (int i = 0; i < 2; i++) {
        sigaction(SIGCHLD, &ways[i], &before);
        const staged_status status = run(
            (staged_process_options){.size = sizeof(staged_process_options), .command = "exit 3"});
        sigaction(SIGCHLD, &before, NULL);
        assert_int_equal(status, STAGED_OK);
        assert_int_equal(result->exit_code, 3);
    }
}

static void take_any_status(int number)
{
    (void)number;
    const int saved_errno = errno;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    errno = saved_errno;
}

static void test_an_exit_status_that_was_taken(void **state)
{
    (void)state;
    struct sigaction before, taking = {.sa_handler = take_any_status};
    sigaction(SIGCHLD, &taking, &before);
    const staged_status status =
        run((staged_process_options){.size = sizeof(staged_process_options), .command = "exit 3"});
    sigaction(SIGCHLD, &before, NULL);
    assert_int_equal(status, STAGED_IO);
    assert_non_null(strstr(result->error, "exit status"));
    assert_false(result->expected);
}

static staged_status use(void *context)
{
    (void)context;
    const char *environment[] = {"A=b", NULL};
    const int codes[] = {0};
    staged_secrets *secrets = staged_secrets_new();
    if (secrets == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = staged_secrets_add(secrets, "secret", 6);
    const staged_process_options options = {
        .size = sizeof options,
        .command = "echo out; echo secret >&2",
        .environment = environment,
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 2, .rest_path = "/dev/null"),
        .error_output = STAGED_STREAM(STAGED_STREAM_TEE),
        .show = add_shown,
        .show_context = &(stg_buf){.maximum = 1},
        .secrets = secrets,
        .expected_codes = codes,
        .expected_count = 1};
    if (status == STAGED_OK)
        status = run(options);
    (void)forget_result(NULL);
    staged_secrets_free(secrets);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_in_range(torture(use, NULL), 8, 60);
}

TEST_GROUP(run)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_exit_codes, forget_result),
        cmocka_unit_test_teardown(test_arguments_are_not_read_by_a_shell, forget_result),
        cmocka_unit_test_teardown(test_streams, forget_result),
        cmocka_unit_test_teardown(test_input_bytes, forget_result),
        cmocka_unit_test_teardown(test_files_and_descriptors, forget_result),
        cmocka_unit_test_teardown(test_swapped_streams, forget_result),
        cmocka_unit_test_teardown(test_directory_and_environment, forget_result),
        cmocka_unit_test_teardown(test_umask_and_limits, forget_result),
        cmocka_unit_test_teardown(test_groups, forget_result),
        cmocka_unit_test_teardown(test_joining_the_group_of_another_command, forget_result),
        cmocka_unit_test_teardown(test_niceness, forget_result),
        cmocka_unit_test_teardown(test_start_failures, forget_result),
        cmocka_unit_test_teardown(test_too_long_an_argument, forget_result),
        cmocka_unit_test_teardown(test_the_search_for_a_program, forget_result),
        cmocka_unit_test_teardown(test_limits_of_captures, forget_result),
        cmocka_unit_test_teardown(test_tee, forget_result),
        cmocka_unit_test_teardown(test_show, forget_result),
        cmocka_unit_test_teardown(test_secrets_are_not_shown, forget_result),
        cmocka_unit_test_teardown(test_resource_use, forget_result),
        cmocka_unit_test_teardown(test_output_that_is_held_open, forget_result),
        cmocka_unit_test_teardown(test_ignored_children, forget_result),
        cmocka_unit_test_teardown(test_an_exit_status_that_was_taken, forget_result),
        cmocka_unit_test_teardown(test_out_of_memory, forget_result),
    };
    return cmocka_run_group_tests_name("process run", tests, NULL, NULL);
}
