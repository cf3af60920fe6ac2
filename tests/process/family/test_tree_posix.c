/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The portable way, tested everywhere: this program is linked with tree_posix.c. */
#include <staged/process.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "leftovers.h"
#include "process/family/family.h"
#include "support/cmocka_all.h"

static staged_status run_for(const char *format, const char *mark, staged_process_options options,
                             staged_completed_process **result)
{
    char command[300];
    (void)snprintf(command, sizeof command, format, mark, mark);
    options.command = command;
    options.error_output = STAGED_STREAM(STAGED_STREAM_DISCARD);
    return staged_process_run(&options, result);
}

static void test_a_group_is_ended(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    assert_true(stg_family_needs_group());
    char command[300];
    (void)snprintf(command, sizeof command, "trap '' TERM; echo ready; sleep %s & sleep %s", mark,
                   mark);
    const staged_process_options options = {.size = sizeof options,
                                            .command = command,
                                            .output = STAGED_STREAM(STAGED_STREAM_PIPE),
                                            .grace_s = 0.05,
                                            .process_group = STAGED_PROCESS_GROUP_NEW};
    staged_process *process;
    const char *line;
    size_t length;
    assert_int_equal(staged_process_start(&options, &process), STAGED_OK);
    assert_int_equal(staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length),
                     STAGED_OK);
    /* Where nobody buries the dead, who has lost its parent seems to live on. */
    (void)staged_process_terminate(process);
    staged_completed_process *result;
    assert_int_equal(staged_process_wait(process, 0, &result), STAGED_OK);
    staged_process_free(process);
    assert_int_equal(result->signal, SIGKILL);
    assert_int_equal(result->ended_count, 1);
    assert_true(result->ended[0]->gone);
    assert_non_null(strstr(result->ended[0]->name, "process group"));
    staged_completed_process_free(result);
    assert_int_equal(leftovers_count(mark), 0);
}

static void test_a_command_in_our_group(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    staged_completed_process *result;
    const staged_process_options options = {
        .size = sizeof options, .timeout_s = 0.05, .process_group = STAGED_PROCESS_GROUP_OURS};
    assert_int_equal(run_for("exec sleep %s", mark, options, &result), STAGED_TIMED_OUT);
    assert_int_equal(result->signal, SIGTERM);
    staged_completed_process_free(result);
    assert_int_equal(leftovers_count(mark), 0);
}

static void test_leftovers(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    staged_process_options options = {.size = sizeof options,
                                      .process_group = STAGED_PROCESS_GROUP_NEW};
    assert_int_equal(run_for("sleep %s & sleep %s & true", mark, options, NULL), STAGED_OK);
    assert_int_equal(leftovers_wait(mark, 2), 2);
    staged_ended_process *const *ended;
    size_t count;
    assert_int_equal(staged_processes_end_all(0.1, &ended, &count), STAGED_OK);
    /* A group of an earlier test may be there until init has buried the last of it. */
    assert_in_range(count, 1, 3);
    staged_ended_processes_free(ended, count);
    assert_int_equal(leftovers_count(mark), 0);

    options.leaves_daemon = true;
    assert_int_equal(run_for("sleep %s & true", mark, options, NULL), STAGED_OK);
    assert_int_equal(staged_processes_end_all(STAGED_GRACE_S, NULL, NULL), STAGED_OK);
    stg_families_kill_now();
    assert_int_equal(leftovers_wait(mark, 1), 1);
    assert_int_equal(leftovers_kill(mark), 1);
}

static void test_all_are_killed_at_once(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    const staged_process_options options = {.size = sizeof options,
                                            .process_group = STAGED_PROCESS_GROUP_NEW};
    for (int i = 0; i < 300; i++) /* more than there is room for, but they do not live */
        assert_int_equal(run_for("true", mark, options, NULL), STAGED_OK);
    assert_int_equal(run_for("trap '' TERM; sleep %s & true", mark, options, NULL), STAGED_OK);
    stg_families_kill_now();
    assert_int_equal(leftovers_count(mark), 0);
    stg_families_reap();
}

TEST_GROUP(tree_posix)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_group_is_ended),
        cmocka_unit_test(test_a_command_in_our_group),
        cmocka_unit_test(test_leftovers),
        cmocka_unit_test(test_all_are_killed_at_once),
    };
    return cmocka_run_group_tests_name("process tree_posix", tests, NULL, NULL);
}
