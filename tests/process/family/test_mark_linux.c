/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families whose marks are hard to read: their script has died, their limits are taken, or they do
 * not stay long enough. */
#include "process/family/mark_linux.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <staged/process.h>

#include "leftovers.h"
#include "process/family/family.h"
#include "process/framework.h"
#include "process/system/proc_linux.h"
#include "promises.h"

static void assert_line(staged_process *process, const char *expected)
{
    const char *line;
    size_t length;
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, 60, &line, &length),
                     STAGED_OK);
    assert_string_equal(line, expected);
}

/* The words by which this program plays a role. */
static const char *const *role_words(const char *role, const char *argument)
{
    static char program[300], words[200];
    static const char *all[] = {program, words, NULL};
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    assert_true(length > 0);
    program[length] = '\0';
    (void)snprintf(words, sizeof words, "--as=%s=%s", role, argument);
    return all;
}

/* Starts a role, and waits until it says "up". */
static staged_process *start_role(const char *role, const char *argument, double grace_s)
{
    staged_process *process;
    const staged_process_options options = {.size = sizeof options,
                                            .arguments = role_words(role, argument),
                                            .output = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .grace_s = grace_s};
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    assert_line(process, "up");
    return process;
}

/* ---- A command that runs commands itself, and dies before they do ---- */

/* Of "HOW DEPTH MARK": runs the next one, or at depth 0 what is to be found, and then
 *   waits    for a signal that ends it
 *   crashes  as soon as what it has started is there */
TEST_ROLE(middle, words)
{
    char how[20], mark[40], next[100], line[300];
    int depth;
    if (sscanf(words, "%19s %d %39s", how, &depth, mark) != 3)
        return 1;
    (void)snprintf(next, sizeof next, "%s %d %s", how, depth - 1, mark);
    (void)snprintf(
        line, sizeof line,
        "setsid sh -c \"trap '' TERM; (exec env -i sleep %s >&- &); echo up; sleep %s\" &"
        " wait",
        mark, mark);
    staged_process_options options = {.size = sizeof options,
                                      .output = STAGED_STREAM(STAGED_STREAM_PIPE)};
    if (depth > 0)
        options.arguments = role_words("middle", next);
    else
        options.command = line;
    staged_process *process;
    const char *said;
    size_t length;
    if (staged_process_start(&options, &process) != STAGED_OK ||
        staged_process_read_line(process, STAGED_OUTPUT_STDOUT, 60, &said, &length) != STAGED_OK)
        return 2;
    (void)puts("up");
    (void)fflush(stdout);
    if (strcmp(how, "crashes") == 0)
        (void)raise(SIGKILL);
    /* Its own death would end what it has started. */
    (void)signal(SIGTERM, SIG_DFL);
    for (;;)
        (void)pause();
}

static void outlive(const char *how, int depth)
{
    const char *mark = leftovers_mark();
    char words[100], line[500];
    (void)snprintf(words, sizeof words, "%s %d %s", how, depth, mark);
    const char *const *role = role_words("middle", words);
    /* The command itself lives on, as a shell whose jobs have died. */
    (void)snprintf(line, sizeof line, "'%s' '%s' & wait; exec sleep %s", role[0], role[1], mark);
    const char *all[] = {"sh", "-c", line, NULL};
    staged_process *process;
    const staged_process_options options = {.size = sizeof options,
                                            .arguments = all,
                                            .output = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .grace_s = 0.3};
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    assert_line(process, "up");
    assert_int_equal(leftovers_wait(mark, strcmp(how, "crashes") == 0 ? 3 : 2),
                     strcmp(how, "crashes") == 0 ? 3 : 2);
    assert_int_equal(staged_process_terminate(process), STAGED_OK);
    assert_int_equal(leftovers_count(mark), 0);
    staged_process_free(process);
}

static void test_a_script_within_that_dies_first(void **state)
{
    (void)state;
    for (int depth = 0; depth < 3; depth++) {
        outlive("waits", depth);
        outlive("crashes", depth);
    }
}

/* ---- Limits that leave no room for marks ---- */

static void limit_time(rlim_t value)
{
    assert_int_equal(setrlimit(RLIMIT_RTTIME, &(struct rlimit){value, value}), 0);
}

static void limit_locks(rlim_t value)
{
    assert_int_equal(setrlimit(RLIMIT_LOCKS, &(struct rlimit){value, value}), 0);
}

/* Of "RTTIME LOCKS MARK", the first two 0 for no limit: ends a family by a timeout, then what a
 * command has left. */
TEST_ROLE(limited, words)
{
    int time, locks;
    char mark[40];
    if (sscanf(words, "%d %d %39s", &time, &locks, mark) != 3)
        return 1;
    if (time != 0)
        limit_time((rlim_t)time);
    if (locks != 0)
        limit_locks((rlim_t)locks);
    if (stg_families_are_found() != (time == 0 || locks == 0))
        return 2;
    char *command =
        leftovers_command("(setsid sh -c \"trap '' TERM; echo up; sleep MARK; sleep MARK\" &); "
                          "(sleep MARK &); wait; sleep MARK",
                          mark);
    staged_process *process;
    const char *line;
    size_t length;
    const staged_process_options options = {.size = sizeof options,
                                            .command = command,
                                            .output = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .grace_s = 0.1};
    if (staged_process_start(&options, &process) != STAGED_OK ||
        staged_process_read_line(process, STAGED_OUTPUT_STDOUT, 60, &line, &length) != STAGED_OK ||
        staged_process_terminate(process) != STAGED_OK)
        return 3;
    staged_process_free(process);
    free(command);
    (void)puts("up");
    return 0;
}

static void test_limits_that_are_meant_as_such(void **state)
{
    (void)state;
    static const char *const limits[] = {"1000000 0", "0 1000", "0 0"};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        const char *mark = leftovers_mark();
        char words[100];
        (void)snprintf(words, sizeof words, "%s %s", limits[i], mark);
        staged_process *process = start_role("limited", words, 0);
        staged_completed_process *result;
        assert_int_equal(staged_process_wait(process, -1, &result), STAGED_OK);
        assert_int_equal(result->exit_code, 0);
        assert_int_equal(leftovers_count(mark), 0);
        staged_completed_process_free(result);
        staged_process_free(process);
    }
}

/* Of a command that nothing marks, what descends from it when it is ended is found. */
TEST_ROLE(unmarked, mark)
{
    limit_time(1000000);
    limit_locks(1000);
    char *command =
        leftovers_command("setsid sh -c \"trap '' TERM; sleep MARK & wait; sleep MARK\" & "
                          "sleep MARK & echo up; wait; sleep MARK",
                          mark);
    const pid_t other = fork();
    if (other == 0) {
        (void)execlp("sleep", "sleep", "1000", (char *)NULL);
        _exit(127);
    }
    for (int round = 0; round < 2; round++) {
        staged_process *process;
        const char *line;
        size_t length;
        const staged_process_options options = {.size = sizeof options,
                                                .command = command,
                                                .output = STAGED_STREAM(STAGED_STREAM_PIPE),
                                                .grace_s = 0.1};
        if (staged_process_start(&options, &process) != STAGED_OK ||
            staged_process_read_line(process, STAGED_OUTPUT_STDOUT, 60, &line, &length) !=
                STAGED_OK)
            return 1;
        if (round == 0 && staged_process_terminate(process) != STAGED_OK)
            return 2;
        if (round == 1)
            stg_families_kill_now();
        if (leftovers_count(mark) != 0)
            return 3;
        staged_process_free(process);
    }
    free(command);
    /* What is no command stays. */
    if (waitpid(other, NULL, WNOHANG) != 0)
        return 4;
    (void)kill(other, SIGKILL);
    (void)puts("up");
    return 0;
}

static void test_without_marks(void **state)
{
    (void)state;
    staged_process *process = start_role("unmarked", leftovers_mark(), 0);
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, -1, &result), STAGED_OK);
    assert_int_equal(result->exit_code, 0);
    staged_completed_process_free(result);
    staged_process_free(process);
}

/* ---- One that hands itself on from parent to child ---- */

TEST_ROLE(relay, mark)
{
    (void)mark;
    (void)signal(SIGTERM, SIG_IGN);
    (void)puts("up");
    (void)fflush(stdout);
    /* Should it get away it does not run for ever. */
    const time_t end = time(NULL) + 60;
    while (time(NULL) < end) {
        const pid_t child = fork();
        if (child > 0)
            _exit(0);
        if (child == 0)
            (void)setsid();
    }
    return 0;
}

static void test_one_that_hands_itself_on(void **state)
{
    (void)state;
    /* Those that were killed before. */
    while (waitpid(-1, NULL, 0) > 0)
        ;
    const int rounds = leftovers_rounds(10, 300);
    for (int i = 0; i < rounds; i++) {
        const char *mark = leftovers_mark();
        char word[80];
        staged_process *process = start_role("relay", mark, -1);
        (void)snprintf(word, sizeof word, "--as=relay=%s", mark);
        const staged_status status = staged_process_terminate(process);
        staged_process_free(process);
        assert_int_equal(status, STAGED_OK);
        /* It is never seen among all processes, but always is a child of ours. */
        siginfo_t info;
        assert_int_equal(waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT), -1);
        assert_int_equal(leftovers_count(word), 0);
    }
}

/* ---- One whose first thread has ended, which Linux shows like the dead ---- */

static void *go_on(void *unused)
{
    (void)unused;
    (void)puts("up");
    (void)fflush(stdout);
    for (;;)
        (void)pause();
    return NULL;
}

TEST_ROLE(headless, mark)
{
    (void)mark;
    (void)signal(SIGTERM, SIG_IGN);
    /* Should it get away it does not run for ever. */
    (void)alarm(20);
    pthread_t thread;
    if (pthread_create(&thread, NULL, go_on, NULL) != 0)
        return 1;
    pthread_exit(NULL);
}

static void test_one_whose_first_thread_has_ended(void **state)
{
    (void)state;
    const char *const *role = role_words("headless", leftovers_mark());
    char line[500];
    (void)snprintf(line, sizeof line, "setsid '%s' '%s' & wait", role[0], role[1]);
    staged_process *process;
    const staged_process_options options = {.size = sizeof options,
                                            .command = line,
                                            .output = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .grace_s = 0.05};
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    assert_line(process, "up");
    assert_int_equal(staged_process_terminate(process), STAGED_OK);
    staged_process_free(process);
    siginfo_t info;
    assert_int_equal(waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT), -1);
}

TEST_GROUP(mark_linux)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_script_within_that_dies_first),
        cmocka_unit_test(test_limits_that_are_meant_as_such),
        cmocka_unit_test(test_without_marks),
        cmocka_unit_test(test_one_that_hands_itself_on),
        cmocka_unit_test(test_one_whose_first_thread_has_ended),
    };
    return cmocka_run_group_tests_name("process mark_linux", tests, NULL, NULL);
}
