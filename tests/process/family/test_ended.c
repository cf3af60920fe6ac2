/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/family/ended.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/family/family.h"
#include "promises.h"
#include "support/torture.h"

static int named;

static char *name(pid_t pid)
{
    (void)pid;
    named++;
    return strdup("name");
}

static void test_each_is_noted_once_a_signal(void **state)
{
    (void)state;
    stg_ended ended = {0};
    named = 0;
    assert_true(stg_ended_note(&ended, 30, SIGTERM, name));
    assert_true(stg_ended_note(&ended, 10, SIGTERM, name));
    assert_true(stg_ended_note(&ended, 20, SIGTERM, name));
    assert_false(stg_ended_note(&ended, 10, SIGTERM, name));
    assert_true(stg_ended_note(&ended, 10, SIGKILL, name));
    assert_false(stg_ended_note(&ended, 10, SIGKILL, name));
    assert_int_equal(named, 3);
    assert_int_equal(ended.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ended.items[i]->pid, 10 * (i + 1));
    assert_int_equal(ended.items[0]->signal, SIGKILL);
    assert_int_equal(ended.items[1]->signal, SIGTERM);
    stg_ended_free(&ended);
}

static void test_gone_processes(void **state)
{
    (void)state;
    const pid_t gone = fork();
    if (gone == 0)
        _exit(0);
    assert_int_equal(waitpid(gone, NULL, 0), gone);
    stg_ended ended = {0};
    stg_ended_note(&ended, gone, SIGTERM, name);
    stg_ended_note(&ended, getpid(), SIGTERM, name);
    stg_ended_settle(&ended, stg_process_is_dead);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(ended.items[i]->gone, ended.items[i]->pid == gone);
    staged_ended_processes_free(ended.items, ended.count);
    staged_ended_processes_free(NULL, 0);
}

/* Its parent may reap it whenever it likes. */
static void test_one_that_is_not_reaped_is_gone(void **state)
{
    (void)state;
    if (is_skipped(!STG_ON_LINUX, "elsewhere the dead count as living until they are buried"))
        return;
    const pid_t dead = fork();
    if (dead == 0)
        _exit(0);
    siginfo_t info;
    assert_int_equal(waitid(P_PID, (id_t)dead, &info, WEXITED | WNOWAIT), 0);
    stg_ended ended = {0};
    stg_ended_note(&ended, dead, SIGKILL, name);
    stg_ended_settle(&ended, stg_process_is_dead);
    assert_true(ended.items[0]->gone);
    stg_ended_free(&ended);
    assert_int_equal(waitpid(dead, NULL, 0), dead);
}

static staged_status use(void *context)
{
    (void)context;
    stg_ended ended = {0};
    for (pid_t pid = 1; pid < 12; pid++)
        assert_true(stg_ended_note(&ended, pid, SIGTERM, name));
    const staged_status status = ended.failed ? STAGED_NO_MEMORY : STAGED_OK;
    stg_ended_free(&ended);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 24);
}

TEST_GROUP(ended)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_is_noted_once_a_signal),
        cmocka_unit_test(test_gone_processes),
        cmocka_unit_test(test_one_that_is_not_reaped_is_gone),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process ended", tests, NULL, NULL);
}
