/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The steps of an ending, with a family that this test plays: it is linked before the real one. */
#include "process/family/ending.h"

#include <signal.h>

#include "support/cmocka_all.h"

#define MS(n) ((int64_t)(n)*1000000)

static size_t living;
static int last_signal;
static pid_t last_spared;
static int calls;

size_t stg_family_signal(const stg_family *family, int signal, pid_t spare_group, stg_ended *ended)
{
    (void)family;
    (void)ended;
    last_signal = signal;
    last_spared = spare_group;
    calls++;
    return living;
}

bool stg_process_is_dead(pid_t pid)
{
    (void)pid;
    return true;
}

size_t stg_families_signal(int signal, stg_ended *ended)
{
    return stg_family_signal(NULL, signal, 0, ended);
}

static const stg_family family = {.root = 5};

static stg_ending begin(pid_t spare_group, int64_t grace_ns)
{
    stg_ending ending = {0};
    living = 3;
    calls = 0;
    stg_ending_begin(&ending, &family, spare_group, grace_ns, MS(100));
    return ending;
}

/* Lets time pass as the ending asks for; returns when it has made the awaited step. */
static int64_t advance_until(stg_ending *ending, int signal, int64_t now_ns)
{
    do {
        assert_true(ending->next_ns > now_ns || calls == 0);
        now_ns = ending->next_ns;
        stg_ending_advance(ending, now_ns);
    } while (last_signal != signal && ending->step != STG_ENDING_DONE);
    return now_ns;
}

static void test_grace_and_then_force(void **state)
{
    (void)state;
    stg_ending ending = begin(0, MS(500));
    stg_ending_advance(&ending, MS(100));
    assert_int_equal(last_signal, SIGTERM);
    assert_int_equal(ending.step, STG_ENDING_TERMINATES);
    assert_int_equal(advance_until(&ending, SIGKILL, MS(100)), MS(600));
    assert_true(calls < 50);
    living = 0;
    stg_ending_advance(&ending, ending.next_ns - 1);
    assert_int_equal(ending.step, STG_ENDING_KILLS);
    stg_ending_advance(&ending, ending.next_ns);
    assert_int_equal(ending.step, STG_ENDING_DONE);
    assert_false(ending.gave_up);
    calls = 0;
    stg_ending_advance(&ending, MS(5000));
    assert_int_equal(calls, 0);
    stg_ending_free(&ending);
}

static void test_prompt_processes_are_not_killed(void **state)
{
    (void)state;
    stg_ending ending = begin(0, MS(500));
    stg_ending_advance(&ending, MS(100));
    living = 0;
    stg_ending_advance(&ending, ending.next_ns);
    assert_int_equal(ending.step, STG_ENDING_DONE);
    assert_int_equal(last_signal, SIGTERM);
}

static void test_no_grace(void **state)
{
    (void)state;
    stg_ending ending = begin(0, 0);
    stg_ending_advance(&ending, MS(100));
    assert_int_equal(last_signal, SIGKILL);
}

static void test_giving_up(void **state)
{
    (void)state;
    stg_ending ending = begin(0, 0);
    stg_ending_advance(&ending, MS(100));
    int64_t now_ns = MS(100);
    while (ending.step != STG_ENDING_DONE)
        stg_ending_advance(&ending, now_ns = ending.next_ns);
    assert_true(ending.gave_up);
    assert_in_range(now_ns, MS(2100), MS(2200));
}

/* Each look may take as long as all of the patience. */
static void test_patience_on_a_busy_machine(void **state)
{
    (void)state;
    stg_ending ending = begin(0, 0);
    for (int64_t now_ns = MS(100); calls < STG_LEAST_LOOKS - 1; now_ns += MS(5000)) {
        stg_ending_advance(&ending, now_ns);
        assert_int_equal(ending.step, STG_ENDING_KILLS);
    }
    stg_ending_advance(&ending, MS(900000));
    assert_true(ending.gave_up);
}

static void test_terminal_signals_spare_the_group(void **state)
{
    (void)state;
    stg_ending ending = begin(77, MS(500));
    stg_ending_advance(&ending, MS(100));
    assert_int_equal(last_spared, 77);
    int64_t now_ns = MS(100);
    while (last_spared != 0)
        stg_ending_advance(&ending, now_ns = ending.next_ns);
    assert_in_range(now_ns, MS(350), MS(371));
    assert_int_equal(last_signal, SIGTERM);
    ending = begin(77, 0);
    stg_ending_advance(&ending, MS(100));
    assert_int_equal(last_spared, 0);
}

static void test_it_begins_once(void **state)
{
    (void)state;
    stg_ending ending = begin(0, MS(500));
    const int64_t kill_ns = ending.kill_ns;
    stg_ending_begin(&ending, &family, 0, MS(9000), MS(300));
    assert_int_equal(ending.kill_ns, kill_ns);
    ending = (stg_ending){0};
    stg_ending_advance(&ending, MS(100));
    assert_int_equal(ending.step, STG_ENDING_NONE);
    stg_ending_begin(&ending, NULL, 0, INT64_MAX, MS(300));
    assert_true(ending.kill_ns > MS(300));
}

TEST_GROUP(ending)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grace_and_then_force),
        cmocka_unit_test(test_prompt_processes_are_not_killed),
        cmocka_unit_test(test_no_grace),
        cmocka_unit_test(test_giving_up),
        cmocka_unit_test(test_patience_on_a_busy_machine),
        cmocka_unit_test(test_terminal_signals_spare_the_group),
        cmocka_unit_test(test_it_begins_once),
    };
    return cmocka_run_group_tests_name("process ending", tests, NULL, NULL);
}
