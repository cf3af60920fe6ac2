/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/pump.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/system/system.h"
#include "process/framework.h"
#include "process/signals/signals.h"
#include "process/system/active_time.h"
#include "process/system/fd.h"
#include "support/cmocka_all.h"

static staged_process start(staged_process_options options)
{
    staged_process p = {0};
    assert_int_equal(stg_process_start(&p, &options, true), STAGED_OK);
    return p;
}

static void settle(staged_process *p)
{
    while (!stg_process_is_settled(p))
        stg_process_pump(p, STG_NEVER, false);
}

static void test_it_returns_in_time(void **state)
{
    (void)state;
    staged_process p = start(
        (staged_process_options){.size = sizeof(staged_process_options), .command = "sleep 1000"});
    const int64_t before_ns = stg_active_ns();
    stg_process_pump(&p, 0, false);
    /* Where the system does not tell of the command's end, it looks now and then. */
    do {
        stg_process_pump(&p, before_ns + 20000000, false);
    } while (!STG_ON_LINUX && stg_active_ns() - before_ns < 20000000);
    assert_true(stg_active_ns() - before_ns >= 20000000);
    assert_false(stg_process_is_settled(&p));
    stg_process_begin_ending(&p, 0);
    settle(&p);
    assert_true(p.has_ended);
    assert_int_equal(p.interrupted, 0);
    assert_int_equal(WTERMSIG(p.wait_status), SIGTERM);
    stg_process_clear(&p);
}

/* Where the system does not say that a process has ended. */
static void test_without_a_descriptor_of_the_process(void **state)
{
    (void)state;
    staged_process p = start((staged_process_options){.size = sizeof(staged_process_options),
                                                      .command = "sleep 0.03; exit 4"});
    stg_fd_close(&p.pidfd);
    settle(&p);
    assert_int_equal(WEXITSTATUS(p.wait_status), 4);
    assert_true(p.end_ns - p.start_ns >= 30000000);
    stg_process_clear(&p);
}

static void test_its_end_and_its_output_are_waited_for(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    staged_process p = start((staged_process_options){
        .size = sizeof(staged_process_options),
        .command = "exec 3<&0; (read x <&3; echo late) & echo early",
        .input = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = ends[0]),
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
        .drain_s = 60});
    while (!p.has_ended)
        stg_process_pump(&p, STG_NEVER, false);
    assert_false(stg_process_is_settled(&p));
    close(ends[0]);
    close(ends[1]);
    settle(&p);
    assert_false(p.output_held);
    assert_int_equal(p.captures[0].length, strlen("early\nlate\n"));
    stg_process_clear(&p);
}

static void test_a_timeout_counts_while_output_is_waited_for(void **state)
{
    (void)state;
    staged_process p =
        start((staged_process_options){.size = sizeof(staged_process_options),
                                       .command = "sleep 1000 & echo now",
                                       .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
                                       .drain_s = -1});
    while (!p.has_ended || p.captures[0].length == 0)
        stg_process_pump(&p, STG_NEVER, false);
    p.timeout_ns = 1000000;
    settle(&p);
    assert_true(p.timed_out);
    assert_int_equal(p.ending.ended.count, 1);
    assert_int_equal(p.captures[0].length, 4);
    stg_process_clear(&p);
}

static void test_a_signal_wakes_watchers(void **state)
{
    (void)state;
    assert_int_equal(staged_signals_install(), STAGED_OK);
    staged_process p = start(
        (staged_process_options){.size = sizeof(staged_process_options), .command = "sleep 1000"});
    raise(SIGTERM);
    stg_process_pump(&p, STG_NEVER, true);
    assert_int_equal(stg_signals_due(), SIGTERM);
    stg_process_begin_ending(&p, SIGTERM);
    assert_int_equal(p.interrupted, SIGTERM);
    settle(&p);
    assert_int_equal(stg_process_outcome(&p), STAGED_INTERRUPTED);
    stg_process_clear(&p);
    staged_signals_uninstall();
}

TEST_GROUP(pump)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_returns_in_time),
        cmocka_unit_test(test_without_a_descriptor_of_the_process),
        cmocka_unit_test(test_its_end_and_its_output_are_waited_for),
        cmocka_unit_test(test_a_timeout_counts_while_output_is_waited_for),
        cmocka_unit_test(test_a_signal_wakes_watchers),
    };
    return cmocka_run_group_tests_name("process pump", tests, NULL, NULL);
}
