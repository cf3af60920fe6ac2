/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families of processes that this program did not launch as commands. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <staged/family.h>
#include <staged/process.h>

#include "support/cmocka_all.h"

/* A shell that waits for a line before it does something. */
typedef struct held_shell {
    pid_t pid;
    int hold; /* to be written to */
    int says; /* what it writes */
} held_shell;

static held_shell hold_shell(const char *commands)
{
    int ends[2], says[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(says), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)dup2(ends[0], 0);
        (void)dup2(says[1], 1);
        (void)close(ends[0]);
        (void)close(ends[1]);
        (void)execl("/bin/sh", "sh", "-c", commands, (char *)NULL);
        _exit(127);
    }
    (void)close(ends[0]);
    (void)close(says[1]);
    return (held_shell){.pid = pid, .hold = ends[1], .says = says[0]};
}

static void let_go(held_shell *shell)
{
    assert_int_equal(write(shell->hold, "\n", 1), 1);
}

static void reap(held_shell *shell)
{
    int status;
    assert_int_equal(waitpid(shell->pid, &status, 0), shell->pid);
    assert_true(WIFSIGNALED(status));
    (void)close(shell->hold);
    (void)close(shell->says);
}

/* Whatever starts or ends takes its time. */
static void wait_for_count(staged_family *family, size_t count)
{
    while (staged_family_signal(family, 0) != count)
        (void)poll(NULL, 0, 1);
}

static void test_all_that_it_starts(void **state)
{
    (void)state;
    held_shell shell = hold_shell("read line; trap '' TERM; setsid sleep 1000 & sleep 1000; :");
    staged_family *family = staged_family_adopt(shell.pid);
    assert_non_null(family);
    assert_int_equal(staged_family_signal(family, 0), 1);
    let_go(&shell);
    wait_for_count(family, 3);
    assert_int_equal(staged_family_signal(family, SIGTERM), 3);
    assert_int_equal(staged_family_signal(family, SIGKILL), 3);
    reap(&shell);
    wait_for_count(family, 0);
    staged_family_free(family);
    staged_family_free(NULL);
}

static void test_one_within_another(void **state)
{
    (void)state;
    held_shell shell = hold_shell("read line; exec 3<&0; "
                                  "(read line; setsid sleep 1000 & sleep 1000; :) <&3 & "
                                  "echo $!; wait; sleep 1000; :");
    staged_family *outer = staged_family_adopt(shell.pid);
    let_go(&shell);
    wait_for_count(outer, 2);
    char line[16] = {0};
    assert_true(read(shell.says, line, sizeof line - 1) > 0);
    staged_family *inner = staged_family_adopt(atoll(line));
    assert_int_equal(staged_family_signal(inner, 0), 1);
    let_go(&shell);
    wait_for_count(inner, 3);
    assert_true(staged_family_signal(inner, SIGKILL) > 0);
    wait_for_count(inner, 0);
    staged_family_free(inner);
    /* The outer one goes on by itself. */
    wait_for_count(outer, 2);
    assert_true(staged_family_signal(outer, SIGKILL) > 0);
    reap(&shell);
    wait_for_count(outer, 0);
    staged_family_free(outer);
}

static void test_end_all(void **state)
{
    (void)state;
    held_shell shell = hold_shell("read line; sleep 1000 & sleep 1000; :");
    staged_family *family = staged_family_adopt(shell.pid);
    let_go(&shell);
    wait_for_count(family, 3);
    assert_int_equal(staged_processes_end_all(0, NULL, NULL), STAGED_OK);
    reap(&shell);
    assert_int_equal(staged_family_signal(family, 0), 0);
    staged_family_free(family);
}

TEST_GROUP(adopted)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_that_it_starts),
        cmocka_unit_test(test_one_within_another),
        cmocka_unit_test(test_end_all),
    };
    return cmocka_run_group_tests_name("adopted", tests, NULL, NULL);
}
