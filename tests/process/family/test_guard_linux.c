/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/framework.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <staged/process.h>

#include "leftovers.h"
#include "support/cmocka_all.h"

/* A script that leaves something running and then ends by a signal; 0: goes on, its guard
 * dismissed.
 */
static void be_script(const char *mark, int signal)
{
    char command[100];
    stg_guard guard;
    staged_completed_process *result;
    (void)snprintf(command, sizeof command, "(setsid env -i sleep %s &)", mark);
    if (!stg_guard_start(&guard))
        _exit(1);
    /* Who waits for any child does not wait for it. */
    if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD || kill(guard.pid, 0) != 0)
        _exit(2);
    if (staged_process_run(STAGED_OPTIONS(staged_process_options, .command = command), &result) !=
        STAGED_OK)
        _exit(3);
    if (signal != 0)
        (void)raise(signal);
    const pid_t pid = guard.pid;
    stg_guard_dismiss(&guard);
    stg_guard_dismiss(&guard);
    _exit(kill(pid, 0) != 0 && errno == ESRCH ? 0 : 4);
}

static int run_script(const char *mark, int signal)
{
    int status;
    const pid_t script = fork();
    if (script == 0)
        be_script(mark, signal);
    assert_int_equal(waitpid(script, &status, 0), script);
    return status;
}

static void test_a_script_that_is_killed(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    const int status = run_script(mark, SIGKILL);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_int_equal(leftovers_count(mark), 0);
}

static void test_one_that_needs_no_guard(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    const int status = run_script(mark, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(leftovers_wait(mark, 1), 1);
    assert_int_equal(leftovers_kill(mark), 1);
}

TEST_GROUP(guard_linux)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_script_that_is_killed),
        cmocka_unit_test(test_one_that_needs_no_guard),
    };
    return cmocka_run_group_tests_name("process guard_linux", tests, NULL, NULL);
}
