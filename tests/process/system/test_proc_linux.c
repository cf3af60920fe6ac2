/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/system/proc_linux.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "promises.h"

static void test_facts(void **state)
{
    (void)state;
    stg_proc_facts facts = stg_proc_facts_of(getpid());
    assert_int_equal(facts.state, 'R');
    assert_int_equal(facts.parent, getppid());
    assert_int_equal(facts.group, getpgrp());
    assert_false(stg_proc_is_over(&facts));
    const pid_t dead = fork();
    if (dead == 0)
        _exit(0);
    siginfo_t info;
    assert_int_equal(waitid(P_PID, (id_t)dead, &info, WEXITED | WNOWAIT), 0);
    facts = stg_proc_facts_of(dead);
    assert_int_equal(facts.state, 'Z');
    assert_true(stg_proc_is_over(&facts));
    assert_int_equal(waitpid(dead, NULL, 0), dead);
    facts = stg_proc_facts_of(dead);
    assert_true(stg_proc_is_over(&facts));
}

static void test_the_highest_number(void **state)
{
    (void)state;
    FILE *file = fopen("/proc/sys/kernel/pid_max", "r");
    int told = 0;
    if (is_skipped(file == NULL, "/proc/sys/kernel/pid_max"))
        return;
    assert_int_equal(fscanf(file, "%d", &told), 1);
    fclose(file);
    assert_int_equal(stg_proc_highest(), told);
}

static void test_the_newest_number(void **state)
{
    (void)state;
    pid_t newest = stg_proc_newest();
    if (is_skipped(newest == 0, "/proc/loadavg"))
        return;
    /* Others are started meanwhile, but hardly half as many as there are numbers. */
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    newest = stg_proc_newest();
    assert_int_equal(waitpid(child, NULL, 0), child);
    if (newest < child)
        newest += stg_proc_highest();
    assert_in_range(newest - child, 0, stg_proc_highest() / 2);
}

TEST_GROUP(proc_linux)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_the_highest_number),
        cmocka_unit_test(test_the_newest_number),
    };
    return cmocka_run_group_tests_name("process proc_linux", tests, NULL, NULL);
}
