/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families of every kind, ended by a timeout: nothing is left. */
#include <staged/process.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "leftovers.h"
#include "process/family/family.h"
#include "support/cmocka_all.h"

/* Each has "MARK" where a number of seconds goes; all but the first word are read by sh. */
static const char *const families[] = {
    "sleep MARK",
    "exec sleep MARK",
    "trap '' TERM; sleep MARK; sleep MARK",
    "setsid sleep MARK & wait",
    "setsid sh -c \"trap '' TERM; sleep MARK & sleep MARK & wait; sleep MARK\"",
    "(sleep MARK &) ; (setsid sleep MARK &) ; sleep MARK",
    "(setsid sh -c '(sleep MARK &); (setsid sleep MARK &); exit' &) ; sleep MARK",
    "sleep MARK & exec >&- 2>&-; sleep MARK",
    "i=0; while [ $i -lt 30 ]; do sleep MARK & i=$((i+1)); done; wait",
    "kill -STOP $$; sleep MARK",
};

static void assert_all_gone(const staged_completed_process *result)
{
    for (size_t i = 0; i < result->ended_count; i++) {
        assert_true(result->ended[i]->gone);
        assert_true(result->ended[i]->name[0] != '\0');
        assert_true(result->ended[i]->signal == SIGTERM || result->ended[i]->signal == SIGKILL);
    }
}

static void end_one(const char *family, bool captured)
{
    const char *mark = leftovers_mark();
    char *command = leftovers_command(family, mark);
    const staged_process_options options = {
        .size = sizeof options,
        .command = command,
        .output = STAGED_STREAM(captured ? STAGED_STREAM_CAPTURE : STAGED_STREAM_DISCARD),
        .timeout_s = 0.06,
        .grace_s = 0.06};
    staged_completed_process *result;
    assert_int_equal(staged_process_run(&options, &result), STAGED_TIMED_OUT);
    assert_true(result->timed_out);
    assert_true(result->ended_count >= 1);
    assert_all_gone(result);
    assert_int_equal(leftovers_count(mark), 0);
    staged_completed_process_free(result);
    free(command);
}

static void test_nothing_is_left_of_a_family(void **state)
{
    (void)state;
    const int count = (int)(sizeof families / sizeof families[0]);
    const int rounds = leftovers_rounds(2 * count, 200);
    for (int i = 0; i < rounds; i++)
        end_one(families[i % count], i / count % 2 == 0);
}

static void test_a_family_of_200(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    char *command = leftovers_command("i=0; while [ $i -lt 200 ]; do i=$((i+1)); "
                                      "sh -c \"trap '' TERM; sleep MARK\" & done; echo all; wait",
                                      mark);
    staged_process *process;
    const staged_process_options options = {.size = sizeof options,
                                            .command = command,
                                            .output = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .grace_s = 0.1};
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    const char *line;
    size_t length;
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length),
                     STAGED_OK);
    assert_int_equal(staged_process_terminate(process), STAGED_OK);
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, 0, &result), STAGED_OK);
    /* Each of the 200 and its sleep, the shell, and what it was about to start. */
    assert_in_range(result->ended_count, 201, 420);
    assert_all_gone(result);
    assert_int_equal(leftovers_count(mark), 0);
    staged_completed_process_free(result);
    staged_process_free(process);
    free(command);
}

static void assert_line(staged_process *process, const char *expected)
{
    const char *line;
    size_t length;
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, 60, &line, &length),
                     STAGED_OK);
    assert_string_equal(line, expected);
}

/* SIGTERM reaches each process once. */
static void test_it_is_asked_once(void **state)
{
    (void)state;
    /* Once it was asked it goes on for a while, in which it is looked for again and again. */
    const staged_process_options options = {
        .size = sizeof options,
        .command = "asked=; trap 'asked=1; echo term' TERM; echo ready; "
                   "while [ -z \"$asked\" ]; do sleep 0.005; done; "
                   "for i in 1 2 3 4 5 6 7 8 9; do sleep 0.02; done; echo end; exit 7",
        .output = STAGED_STREAM(STAGED_STREAM_PIPE),
        .grace_s = 60};
    staged_process *process;
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    assert_line(process, "ready");
    assert_int_equal(staged_process_terminate(process), STAGED_OK);
    assert_line(process, "term");
    assert_line(process, "end");
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, 0, &result), STAGED_OK);
    assert_int_equal(result->exit_code, 7);
    staged_completed_process_free(result);
    staged_process_free(process);
}

/* SIGTERM waits until a stopped process goes on. */
static void test_a_stopped_process(void **state)
{
    (void)state;
    staged_completed_process *result;
    const staged_process_options options = {
        .size = sizeof options, .command = "kill -STOP $$", .timeout_s = 0.05, .grace_s = 20};
    assert_int_equal(staged_process_run(&options, &result), STAGED_TIMED_OUT);
    assert_int_equal(result->signal, SIGTERM);
    staged_completed_process_free(result);
}

static void test_no_grace(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    staged_process *process;
    const char *const words[] = {"sleep", mark, NULL};
    const staged_process_options options = {
        .size = sizeof options, .arguments = words, .grace_s = -1};
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    assert_int_equal(staged_process_terminate(process), STAGED_OK);
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, 0, &result), STAGED_OK);
    assert_int_equal(result->signal, SIGKILL);
    assert_int_equal(result->ended_count, 1);
    assert_int_equal(result->ended[0]->signal, SIGKILL);
    /* It may be gone before more than its name can be read. */
    assert_memory_equal(result->ended[0]->name, "sleep", 5);
    staged_completed_process_free(result);
    staged_process_free(process);
}

static void test_leftovers_are_found(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    char *command = leftovers_command("(setsid sleep MARK &) ; sleep MARK & true", mark);
    staged_completed_process *result;
    staged_process_options options = {.size = sizeof options, .command = command};
    assert_int_equal(staged_process_run(&options, NULL), STAGED_OK);
    assert_int_equal(leftovers_wait(mark, 2), 2);
    /* Of another one it is none of our business. */
    options.command = "sleep 1000";
    options.timeout_s = 0.02;
    assert_int_equal(staged_process_run(&options, &result), STAGED_TIMED_OUT);
    assert_in_range(result->ended_count, 1, 2);
    staged_completed_process_free(result);
    assert_int_equal(leftovers_wait(mark, 2), 2);

    staged_ended_process *const *ended;
    size_t count;
    assert_int_equal(staged_processes_end_all(STAGED_GRACE_S, &ended, &count), STAGED_OK);
    assert_int_equal(count, 2);
    assert_true(ended[0]->gone && ended[1]->gone);
    staged_ended_processes_free(ended, count);
    assert_int_equal(leftovers_count(mark), 0);
    free(command);
}

static void test_a_daemon_stays(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    char *command = leftovers_command("setsid sleep MARK > /dev/null & echo up", mark);
    staged_completed_process *result;
    const staged_process_options options = {.size = sizeof options,
                                            .command = command,
                                            .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
                                            .leaves_daemon = true};
    assert_int_equal(staged_process_run(&options, &result), STAGED_OK);
    assert_string_equal(result->output, "up\n");
    assert_false(result->output_held);
    staged_completed_process_free(result);
    assert_int_equal(staged_processes_end_all(STAGED_GRACE_S, NULL, NULL), STAGED_OK);
    stg_families_kill_now();
    assert_int_equal(leftovers_wait(mark, 1), 1);
    assert_int_equal(leftovers_kill(mark), 1);
    assert_int_equal(leftovers_count(mark), 0);
    free(command);
}

/* Children of the program that uses the library are neither ended nor waited for. */
static void test_other_children_are_left_alone(void **state)
{
    (void)state;
    const pid_t sleeper = fork();
    if (sleeper == 0) {
        execlp("sleep", "sleep", "1000", (char *)NULL);
        _exit(127);
    }
    const pid_t dead = fork();
    if (dead == 0)
        _exit(42);
    for (int i = 0; i < 3; i++) {
        staged_completed_process *result;
        const staged_process_options options = {
            .size = sizeof options, .command = "(true &); sleep 1000", .timeout_s = 0.02};
        assert_int_equal(staged_process_run(&options, &result), STAGED_TIMED_OUT);
        staged_completed_process_free(result);
    }
    assert_int_equal(staged_processes_end_all(STAGED_GRACE_S, NULL, NULL), STAGED_OK);
    stg_families_kill_now();
    int status;
    assert_int_equal(waitpid(dead, &status, 0), dead);
    assert_int_equal(WEXITSTATUS(status), 42);
    assert_int_equal(waitpid(sleeper, &status, WNOHANG), 0);
    assert_int_equal(kill(sleeper, SIGKILL), 0);
    assert_int_equal(waitpid(sleeper, &status, 0), sleeper);
}

/* What commands leave behind and dies by itself does not stay as a zombie, even while another
 * child of ours that has died waits for its parent. */
static void test_the_dead_are_buried(void **state)
{
    (void)state;
    for (int other = 0; other < 2; other++) {
        const pid_t dead = other == 1 ? fork() : 0;
        if (other == 1 && dead == 0)
            _exit(0);
        staged_completed_process *result;
        const staged_process_options leaves = {
            .size = sizeof leaves,
            .command = "(sleep 0.02; exit) & echo $!; "
                       "(setsid sh -c 'echo $$; exec sleep 0.03' &) ; true",
            .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
            .drain_s = -1};
        assert_int_equal(staged_process_run(&leaves, &result), STAGED_OK);
        int first, second;
        assert_int_equal(sscanf(result->output, "%d %d", &first, &second), 2);
        staged_completed_process_free(result);
        /* A zombie is still there to be signalled. */
        while (kill(first, 0) == 0 || kill(second, 0) == 0) {
            const staged_process_options next = {.size = sizeof next, .command = "true"};
            assert_int_equal(staged_process_run(&next, NULL), STAGED_OK);
        }
        if (other == 1)
            assert_int_equal(waitpid(dead, NULL, 0), dead);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    }
}

/* Takes descriptors until there are no more; returns how many. */
static size_t take_all_descriptors(int *taken, size_t most)
{
    size_t count = 0;
    while (count < most && (taken[count] = dup(STDERR_FILENO)) >= 0)
        count++;
    return count;
}

/* To look at processes takes descriptors, which a script may have run out of. */
static void test_without_a_descriptor_left(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    char *command =
        leftovers_command("(setsid sh -c \"trap '' TERM; sleep MARK; sleep MARK\" &)", mark);
    const staged_process_options options = {.size = sizeof options, .command = command};
    assert_int_equal(staged_process_run(&options, NULL), STAGED_OK);
    assert_int_equal(leftovers_wait(mark, 1), 1);
    int taken[64];
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    const struct rlimit few = {.rlim_cur = 64, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    const size_t count = take_all_descriptors(taken, 64);
    staged_ended_process *const *ended;
    size_t ended_count;
    const staged_status status = staged_processes_end_all(0.05, &ended, &ended_count);
    for (size_t i = 0; i < count; i++)
        close(taken[i]);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_in_range(count, 1, 63);
    assert_int_equal(status, STAGED_OK);
    assert_in_range(ended_count, 1, 3);
    assert_true(ended[0]->gone);
    assert_string_equal(ended[0]->name, "?");
    staged_ended_processes_free(ended, ended_count);
    assert_int_equal(leftovers_count(mark), 0);
    free(command);
}

/* A script within a script: our own command runs this program again. */
TEST_ROLE(inner_script, mark)
{
    char command[100];
    const pid_t other = fork();
    if (other == 0)
        (void)execlp("sleep", "sleep", "1000", (char *)NULL);
    const pid_t dead = fork();
    if (dead == 0)
        _exit(42);
    (void)snprintf(command, sizeof command, "(setsid sleep %s &); true", mark);
    if (staged_process_run(STAGED_OPTIONS(staged_process_options, .command = command), NULL) !=
            STAGED_OK ||
        staged_processes_end_all(STAGED_GRACE_S, NULL, NULL) != STAGED_OK)
        return 1;
    stg_families_kill_now();
    /* Its own children carry the mark that it has itself, which is the outer script's. */
    int status;
    if (leftovers_count(mark) != 0 || waitpid(dead, &status, 0) != dead ||
        WEXITSTATUS(status) != 42 || waitpid(other, &status, WNOHANG) != 0)
        return 2;
    return staged_process_run(STAGED_OPTIONS(staged_process_options, .command = command), NULL) ==
                   STAGED_OK
               ? 0
               : 3;
}

static void test_a_script_within(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    char program[300] = "", role[60];
    assert_true(readlink("/proc/self/exe", program, sizeof program - 1) > 0);
    (void)snprintf(role, sizeof role, "--as=inner_script=%s", mark);
    const char *words[] = {program, role, NULL};
    staged_completed_process *result;
    const staged_process_options options = {.size = sizeof options, .arguments = words};
    assert_int_equal(staged_process_run(&options, &result), STAGED_OK);
    assert_int_equal(result->exit_code, 0);
    staged_completed_process_free(result);
    /* What it left became ours: the child of its own, and what its last command left. */
    assert_int_equal(leftovers_wait(mark, 1), 1);
    staged_ended_process *const *ended;
    size_t count;
    assert_int_equal(staged_processes_end_all(STAGED_GRACE_S, &ended, &count), STAGED_OK);
    assert_int_equal(count, 2);
    staged_ended_processes_free(ended, count);
    assert_int_equal(leftovers_count(mark), 0);
}

TEST_GROUP(tree_linux)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_left_of_a_family),
        cmocka_unit_test(test_a_family_of_200),
        cmocka_unit_test(test_it_is_asked_once),
        cmocka_unit_test(test_a_stopped_process),
        cmocka_unit_test(test_no_grace),
        cmocka_unit_test(test_leftovers_are_found),
        cmocka_unit_test(test_a_daemon_stays),
        cmocka_unit_test(test_other_children_are_left_alone),
        cmocka_unit_test(test_the_dead_are_buried),
        cmocka_unit_test(test_without_a_descriptor_left),
        cmocka_unit_test(test_a_script_within),
    };
    return cmocka_run_group_tests_name("process tree_linux", tests, NULL, NULL);
}
