/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A process that behaves like a script is sent signals at any moment. */
#include "process/signals/signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <staged/clock.h>
#include <staged/process.h>

#include "leftovers.h"
#include "process/framework.h"
#include "promises.h"

/* What a script does, in a process of its own; writes to `report`. */
typedef void script(int report, const char *mark);

static pid_t tester;

/* A script that is tested does not go on for ever when the test was killed. */
static bool is_tested(void)
{
    return getppid() == tester;
}

static void say(int report, const char *text)
{
    (void)!write(report, text, strlen(text));
}

static void set_default(int number)
{
    (void)signal(number, SIG_DFL);
}

/* Starts a script; returns where it reports. */
static int start(script *run, const char *mark, pid_t *pid)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    tester = getpid();
    *pid = fork();
    assert_true(*pid >= 0);
    if (*pid == 0) {
        close(ends[0]);
        /* Whoever runs the tests may ignore some, as nohup and a shell's & do. */
        set_default(SIGINT);
        set_default(SIGTERM);
        set_default(SIGHUP);
        set_default(SIGQUIT);
        (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0});
        /* Should the test be killed, its scripts do not run on for ever. */
        (void)alarm(60);
        run(ends[1], mark);
        (void)staged_processes_end_all(0, NULL, NULL);
        _exit(99);
    }
    close(ends[1]);
    return ends[0];
}

static const char *read_report(int report)
{
    static char text[4096];
    size_t length = 0;
    ssize_t n;
    while (length < sizeof text - 1 &&
           (n = read(report, text + length, sizeof text - 1 - length)) > 0)
        length += (size_t)n;
    text[length] = '\0';
    close(report);
    return text;
}

static bool is_interrupted(const char *command, const char *mark)
{
    char text[300];
    (void)snprintf(text, sizeof text, command, mark, mark, mark);
    const staged_process_options options = {.size = sizeof options,
                                            .command = text,
                                            .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
                                            .grace_s = 1,
                                            .drain_s = 0.001};
    staged_completed_process *result;
    const staged_status status = staged_process_run(&options, &result);
    staged_completed_process_free(result);
    return status == STAGED_INTERRUPTED;
}

static void sum_up_and_die(int report)
{
    const int number = staged_signals_acknowledge();
    staged_completed_process *result;
    const staged_process_options teardown = {.size = sizeof teardown, .command = "true"};
    if (staged_process_run(&teardown, &result) != STAGED_OK || result->exit_code != 0)
        say(report, "teardown failed\n");
    staged_completed_process_free(result);
    char text[40];
    (void)snprintf(text, sizeof text, "summary %d\n", number);
    say(report, text);
    staged_signals_uninstall();
    staged_signals_die(number);
}

static void busy_script(int report, const char *mark)
{
    if (staged_signals_install() != STAGED_OK)
        _exit(98);
    say(report, "ready\n");
    const staged_clock *clock = staged_signals_clock();
    while (is_tested()) {
        if (is_interrupted("true", mark) ||
            is_interrupted("(" LEAVING "sleep %s &); sleep 0.003", mark) ||
            clock->sleep_ns(clock->context, 2000000) == STAGED_INTERRUPTED ||
            is_interrupted("sleep 0.002 | cat; sleep %s & sleep 0.002", mark))
            sum_up_and_die(report);
    }
}

static void wait_until_ready(int report)
{
    char text[6];
    for (size_t length = 0; length < sizeof text;) {
        const ssize_t n = read(report, text + length, sizeof text - length);
        assert_true(n > 0);
        length += (size_t)n;
    }
}

static void test_any_signal_at_any_moment(void **state)
{
    (void)state;
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    unsigned seed = leftovers_seed();
    const int rounds = leftovers_rounds(40, 500);
    for (int i = 0; i < rounds; i++) {
        const char *mark = leftovers_mark();
        const int number = numbers[i % 4];
        pid_t pid;
        const int report = start(busy_script, mark, &pid);
        wait_until_ready(report);
        seed = seed * 1103515245 + 12345;
        (void)usleep((seed >> 8) % 20000);
        assert_int_equal(kill(pid, number), 0);
        char expected[40];
        (void)snprintf(expected, sizeof expected, "summary %d\n", number);
        assert_string_equal(read_report(report), expected);
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), number);
        assert_int_equal(leftovers_count(mark), 0);
    }
}

static void stubborn_script(int report, const char *mark)
{
    if (staged_signals_install() != STAGED_OK)
        _exit(98);
    say(report, "ready\n");
    while (is_tested() && !is_interrupted("sleep 0.005", mark))
        ;
    (void)staged_signals_acknowledge();
    say(report, "teardown\n");
    (void)is_interrupted("trap '' TERM INT; (" LEAVING "sleep %s &); sleep %s; sleep %s", mark);
    say(report, "not reached\n");
}

static void test_a_second_signal_ends_at_once(void **state)
{
    (void)state;
    const int rounds = leftovers_rounds(10, 100);
    for (int i = 0; i < rounds; i++) {
        const char *mark = leftovers_mark();
        pid_t pid;
        const int report = start(stubborn_script, mark, &pid);
        wait_until_ready(report);
        assert_int_equal(kill(pid, SIGINT), 0);
        char text[9];
        assert_int_equal(read(report, text, sizeof text), 9);
        (void)usleep(60000 + (unsigned)i * 997 % 20000);
        assert_int_equal(kill(pid, SIGINT), 0);
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
        assert_string_equal(read_report(report), "");
        assert_int_equal(leftovers_count(mark), 0);
    }
}

static void forking_script(int report, const char *mark)
{
    (void)mark;
    if (staged_signals_install() != STAGED_OK)
        _exit(98);
    struct pollfd line = {.fd = stg_signals_leaving_descriptor(), .events = POLLIN};
    const pid_t other = fork();
    if (other == 0)
        staged_signals_die(SIGTERM);
    (void)waitpid(other, NULL, 0);
    if (poll(&line, 1, 0) != 0)
        say(report, "a fork tells\n");
    if (fork() == 0) {
        char byte;
        (void)alarm(60);
        if (read(line.fd, &byte, 1) == 1 && byte == '\n')
            say(report, "told\n");
        _exit(0);
    }
    staged_signals_die(SIGTERM);
}

static void test_what_outlives_us_is_told(void **state)
{
    (void)state;
    pid_t pid;
    int status;
    const int report = start(forking_script, leftovers_mark(), &pid);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    assert_string_equal(read_report(report), "told\n");
    assert_int_equal(stg_signals_leaving_descriptor(), -1);
}

static void sleeping_script(int report, const char *mark)
{
    (void)mark;
    if (staged_signals_install() != STAGED_OK)
        _exit(98);
    say(report, "ready\n");
    const staged_clock *clock = staged_signals_clock();
    if (clock->sleep_ns(clock->context, INT64_MAX) == STAGED_INTERRUPTED)
        sum_up_and_die(report);
}

static int64_t now_ns(void)
{
    const staged_clock *clock = staged_clock_system();
    return clock->monotonic_ns(clock->context);
}

static void twice_asked_script(int report, const char *mark)
{
    (void)mark;
    if (staged_signals_install() != STAGED_OK)
        _exit(98);
    const int64_t before_ns = now_ns();
    (void)!write(report, &before_ns, sizeof before_ns);
    (void)raise(SIGTERM);
    (void)raise(SIGTERM);
    say(report, "still here\n");
    (void)usleep(60000);
    (void)raise(SIGTERM);
    say(report, "not reached\n");
}

/* On a busy machine so much time may go by between both that they are two requests: then it is
 * tried again. */
static void test_the_same_request_twice(void **state)
{
    (void)state;
    for (bool is_undecided = true; is_undecided;) {
        pid_t pid;
        int status;
        int64_t before_ns;
        const int report = start(twice_asked_script, "", &pid);
        assert_int_equal(read(report, &before_ns, sizeof before_ns), sizeof before_ns);
        const char *text = read_report(report);
        is_undecided = *text == '\0' && now_ns() - before_ns > 50000000;
        if (!is_undecided)
            assert_string_equal(text, "still here\n");
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    }
}

static void test_a_sleep(void **state)
{
    (void)state;
    pid_t pid;
    const int report = start(sleeping_script, "", &pid);
    wait_until_ready(report);
    assert_int_equal(kill(pid, SIGTERM), 0);
    assert_string_equal(read_report(report), "summary 15\n");
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void waiting_script(int report, const char *mark)
{
    if (staged_signals_install() != STAGED_OK)
        _exit(98);
    char text[100];
    (void)snprintf(text, sizeof text, "echo up; sleep %s", mark);
    const staged_process_options options = {
        .size = sizeof options, .command = text, .output = STAGED_STREAM(STAGED_STREAM_PIPE)};
    staged_process *process;
    const char *line;
    size_t length;
    if (staged_process_start(&options, &process) != STAGED_OK ||
        staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length) != STAGED_OK)
        _exit(97);
    say(report, "ready\n");
    if (staged_process_read_line(process, STAGED_OUTPUT_STDOUT, -1, &line, &length) !=
            STAGED_INTERRUPTED ||
        staged_process_wait(process, -1, NULL) != STAGED_INTERRUPTED ||
        staged_process_has_ended(process))
        _exit(96);
    (void)staged_signals_acknowledge();
    /* It runs on, until the author ends it. */
    if (staged_process_wait(process, 0.03, NULL) != STAGED_TIMED_OUT)
        _exit(95);
    staged_process_free(process);
    sum_up_and_die(report);
}

static void test_waiting_for_a_helper(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    pid_t pid;
    const int report = start(waiting_script, mark, &pid);
    wait_until_ready(report);
    assert_int_equal(kill(pid, SIGHUP), 0);
    assert_string_equal(read_report(report), "summary 1\n");
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WTERMSIG(status), SIGHUP);
    assert_int_equal(leftovers_count(mark), 0);
}

static void say_left(void *report)
{
    say(*(int *)report, "left\n");
}

static void dying_script(int report, const char *mark)
{
    char text[100];
    (void)snprintf(text, sizeof text, "(" LEAVING "sleep %s &)", mark);
    staged_completed_process *result;
    if (staged_process_run(STAGED_OPTIONS(staged_process_options, .command = text), &result) !=
        STAGED_OK)
        _exit(98);
    staged_completed_process_free(result);
    say(report, "ready\n");
    staged_signals_before_leaving(say_left, &report);
    staged_signals_die(SIGQUIT);
}

static void test_nothing_outlives_a_death(void **state)
{
    (void)state;
    const char *mark = leftovers_mark();
    pid_t pid;
    const int report = start(dying_script, mark, &pid);
    assert_string_equal(read_report(report), "ready\nleft\n");
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WTERMSIG(status), SIGQUIT);
    assert_int_equal(leftovers_count(mark), 0);
}

static struct sigaction action_of(int number)
{
    struct sigaction action;
    assert_int_equal(sigaction(number, NULL, &action), 0);
    return action;
}

static void test_all_is_as_before(void **state)
{
    (void)state;
    static const int numbers[] = {SIGINT,  SIGTERM, SIGHUP,   SIGQUIT,
                                  SIGTSTP, SIGCONT, SIGWINCH, SIGPIPE};
    (void)signal(SIGHUP, SIG_IGN);
    struct sigaction before[8];
    for (int i = 0; i < 8; i++)
        before[i] = action_of(numbers[i]);
    assert_int_equal(staged_signals_descriptor(), -1);
    assert_int_equal(staged_signals_install(), STAGED_OK);
    assert_int_equal(staged_signals_install(), STAGED_OK);
    assert_true(action_of(SIGTERM).sa_handler != SIG_DFL);
    assert_true(action_of(SIGPIPE).sa_handler == SIG_IGN);
    assert_true(action_of(SIGHUP).sa_handler == SIG_IGN);
    assert_true(staged_signals_descriptor() > 2);
    staged_signals_uninstall();
    assert_true(staged_signals_descriptor() > 2);
    staged_signals_uninstall();
    staged_signals_uninstall();
    assert_int_equal(staged_signals_descriptor(), -1);
    for (int i = 0; i < 8; i++)
        assert_true(action_of(numbers[i]).sa_handler == before[i].sa_handler);
    set_default(SIGHUP);
}

static int resizes;

static void count_resize(int number)
{
    (void)number;
    resizes++;
}

static void test_changes_of_the_screen(void **state)
{
    (void)state;
    (void)signal(SIGWINCH, count_resize);
    assert_int_equal(staged_signals_install(), STAGED_OK);
    assert_int_equal(staged_signals_screen_changes(), 0);
    raise(SIGWINCH);
    raise(SIGCONT);
    assert_int_equal(staged_signals_screen_changes(), 2);
    assert_int_equal(resizes, 1);
    staged_signals_uninstall();
    set_default(SIGWINCH);
}

static void test_signals_due(void **state)
{
    (void)state;
    set_default(SIGTERM);
    assert_int_equal(staged_signals_install(), STAGED_OK);
    assert_int_equal(staged_signals_caught(), 0);
    assert_int_equal(staged_signals_acknowledge(), 0);
    assert_int_equal(stg_signals_due(), 0);
    raise(SIGTERM);
    assert_int_equal(staged_signals_caught(), SIGTERM);
    assert_int_equal(stg_signals_due(), SIGTERM);
    assert_false(stg_signals_from_terminal());
    struct pollfd wake = {.fd = staged_signals_descriptor(), .events = POLLIN};
    assert_int_equal(poll(&wake, 1, 0), 1);
    staged_completed_process *result;
    assert_int_equal(staged_process_run(
                         STAGED_OPTIONS(staged_process_options, .command = "sleep 1000"), &result),
                     STAGED_INTERRUPTED);
    assert_int_equal(result->interrupted, SIGTERM);
    assert_string_equal(staged_completed_process_error(result),
                        "not started: interrupted by SIGTERM");
    assert_int_equal(result->pid, -1);
    staged_completed_process_free(result);
    /* Nor is a file emptied for it. */
    const staged_process_options writes = {
        .size = sizeof writes,
        .command = "true",
        .output = STAGED_STREAM(STAGED_STREAM_FILE, .path = "./staged-not-made")};
    staged_process *process;
    assert_int_equal(staged_process_start(&writes, &process), STAGED_INTERRUPTED);
    staged_process_free(process);
    assert_int_equal(access("./staged-not-made", F_OK), -1);
    assert_int_equal(staged_signals_acknowledge(), SIGTERM);
    assert_int_equal(stg_signals_due(), 0);
    assert_int_equal(staged_signals_descriptor(), -1);
    assert_int_equal(staged_signals_caught(), SIGTERM);
    staged_signals_uninstall();
    assert_int_equal(staged_signals_caught(), SIGTERM);
    assert_int_equal(staged_signals_install(), STAGED_OK);
    assert_int_equal(staged_signals_caught(), 0);
    staged_signals_uninstall();
}

static int from_tester;

static void stopped_script(int report, const char *mark)
{
    (void)mark;
    (void)setpgid(0, 0);
    if (staged_signals_install() != STAGED_OK)
        _exit(98);
    staged_completed_process *result;
    const staged_process_options options = {
        .size = sizeof options,
        .command = "kill -TSTP $PPID; read x",
        .input = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = from_tester),
        .timeout_s = 60};
    const int64_t before_ns = now_ns();
    if (staged_process_run(&options, &result) != STAGED_OK || staged_signals_screen_changes() < 1)
        say(report, "not run\n");
    const int64_t left_out_ns = now_ns() - before_ns - result->duration_ns;
    (void)!write(report, &left_out_ns, sizeof left_out_ns);
    _exit(0);
}

static void test_the_time_we_are_stopped_does_not_count(void **state)
{
    (void)state;
    pid_t pid;
    int status, ends[2];
    int64_t left_out_ns;
    assert_int_equal(pipe(ends), 0);
    from_tester = ends[0];
    const int report = start(stopped_script, "", &pid);
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    assert_true(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP);
    const int64_t stopped_ns = now_ns();
    (void)usleep(100000);
    const int64_t continued_ns = now_ns();
    assert_int_equal(kill(pid, SIGCONT), 0);
    assert_int_equal(write(ends[1], "\n", 1), 1);
    assert_int_equal(read(report, &left_out_ns, sizeof left_out_ns), sizeof left_out_ns);
    assert_true(left_out_ns >= continued_ns - stopped_ns);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    for (int i = 0; i < 2; i++)
        close(ends[i]);
    close(report);
}

TEST_GROUP(signals)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_signal_at_any_moment),
        cmocka_unit_test(test_a_second_signal_ends_at_once),
        cmocka_unit_test(test_what_outlives_us_is_told),
        cmocka_unit_test(test_the_same_request_twice),
        cmocka_unit_test(test_a_sleep),
        cmocka_unit_test(test_waiting_for_a_helper),
        cmocka_unit_test(test_nothing_outlives_a_death),
        cmocka_unit_test(test_all_is_as_before),
        cmocka_unit_test(test_changes_of_the_screen),
        cmocka_unit_test(test_signals_due),
        cmocka_unit_test(test_the_time_we_are_stopped_does_not_count),
    };
    return cmocka_run_group_tests_name("process signals", tests, NULL, NULL);
}
