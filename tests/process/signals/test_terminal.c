/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands at a terminal.  The test is the person at the keyboard of a pseudo-terminal; a process
 * plays the shell, and runs a script as a job in its foreground. */
#include "process/signals/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <staged/clock.h>
#include <staged/process.h>
#include <staged/signals.h>

#include "base/system/system.h"
#include "leftovers.h"
#include "support/cmocka_all.h"

/* How long a stopped job stays so. */
enum { STOPPED_MS = 100 };

typedef void script(void);

static void say(const char *text)
{
    (void)!write(STDOUT_FILENO, text, strlen(text));
}

static pid_t start_job(script *run)
{
    const pid_t job = fork();
    if (job != 0) {
        (void)setpgid(job, job);
        return job;
    }
    (void)setpgid(0, 0);
    while (tcgetpgrp(STDIN_FILENO) != getpgrp())
        (void)usleep(1000);
    run();
    _exit(0);
}

/* What a shell does: waits for its job, and when that stops, continues it after a while. */
static void be_shell(const char *terminal, script *run)
{
    (void)setsid();
    const int fd = open(terminal, O_RDWR);
    (void)ioctl(fd, TIOCSCTTY, 0);
    for (int i = 0; i < 3; i++)
        (void)dup2(fd, i);
    close(fd);
    (void)signal(SIGTTOU, SIG_IGN);
    static const int numbers[] = {SIGINT, SIGQUIT, SIGTSTP};
    for (int i = 0; i < 3; i++)
        (void)signal(numbers[i], SIG_DFL);
    const pid_t job = start_job(run);
    (void)tcsetpgrp(STDIN_FILENO, job);
    int status;
    while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
        (void)tcsetpgrp(STDIN_FILENO, getpgrp());
        say("[stopped]\n");
        (void)usleep(STOPPED_MS * 1000);
        (void)tcsetpgrp(STDIN_FILENO, job);
        (void)kill(-job, SIGCONT);
    }
    (void)tcsetpgrp(STDIN_FILENO, getpgrp());
    char text[40];
    (void)snprintf(text, sizeof text, "[%s %d]\n", WIFSIGNALED(status) ? "signal" : "exit",
                   WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    say(text);
    _exit(0);
}

typedef struct session {
    int keyboard;
    pid_t shell;
    char screen[8192];
    size_t length;
} session;

static session open_session(script *run)
{
    session s = {.keyboard = posix_openpt(O_RDWR | O_NOCTTY)};
    assert_true(s.keyboard >= 0);
    assert_int_equal(grantpt(s.keyboard), 0);
    assert_int_equal(unlockpt(s.keyboard), 0);
    char terminal[100];
    (void)snprintf(terminal, sizeof terminal, "%s", ptsname(s.keyboard));
    s.shell = fork();
    assert_true(s.shell >= 0);
    if (s.shell == 0) {
        close(s.keyboard);
        be_shell(terminal, run);
    }
    return s;
}

/* Waits until the screen shows a text. */
static void expect(session *s, const char *text)
{
    for (;;) {
        s->screen[s->length] = '\0';
        if (strstr(s->screen, text) != NULL)
            return;
        struct pollfd screen = {.fd = s->keyboard, .events = POLLIN};
        ssize_t n = -1;
        if (poll(&screen, 1, 60000) == 1)
            n = read(s->keyboard, s->screen + s->length, sizeof s->screen - 1 - s->length);
        if (n <= 0)
            fail_msg("no '%s' on the screen:\n%s", text, s->screen);
        s->length += (size_t)n;
    }
}

static void type(session *s, const char *keys)
{
    assert_int_equal(write(s->keyboard, keys, strlen(keys)), strlen(keys));
}

static void close_session(session *s)
{
    assert_int_equal(waitpid(s->shell, NULL, 0), s->shell);
    close(s->keyboard);
}

static void report(staged_status status, const staged_completed_process *result)
{
    char text[100];
    (void)snprintf(text, sizeof text, "%s: %d\n", staged_status_text(status), result->exit_code);
    say(text);
}

static void run_and_report(staged_process_options options)
{
    staged_completed_process *result;
    const staged_status status = staged_process_run(&options, &result);
    report(status, result);
    staged_completed_process_free(result);
}

static const staged_process_options question = {
    .size = sizeof question,
    .command = "printf 'name? '; read name; echo \"hello $name\"",
    .timeout_s = 60};

static void question_script(void)
{
    (void)!staged_signals_install();
    run_and_report(question);
}

static void test_a_command_that_asks(void **state)
{
    (void)state;
    session s = open_session(question_script);
    expect(&s, "name? ");
    type(&s, "Ada\n");
    expect(&s, "hello Ada");
    expect(&s, "ok: 0");
    expect(&s, "[exit 0]");
    close_session(&s);
}

static void stopped_script(void)
{
    const staged_clock *clock = staged_clock_system();
    const int64_t before_ns = clock->monotonic_ns(clock->context);
    (void)!staged_signals_install();
    staged_completed_process *result;
    const staged_status status = staged_process_run(&question, &result);
    const int64_t after_ns = clock->monotonic_ns(clock->context);
    report(status, result);
    if (after_ns - before_ns - result->duration_ns >= STOPPED_MS * INT64_C(1000000))
        say("the stop does not count\n");
    staged_completed_process_free(result);
}

static void test_stop_and_go_on(void **state)
{
    (void)state;
    session s = open_session(stopped_script);
    expect(&s, "name? ");
    type(&s, "\x1a");
    expect(&s, "[stopped]");
    type(&s, "Grace\n");
    expect(&s, "hello Grace");
    expect(&s, "ok: 0");
    expect(&s, "the stop does not count");
    close_session(&s);
}

static void interrupted_script(void)
{
    (void)!staged_signals_install();
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command =
                                                "trap 'echo int; sleep 0.2 && echo slept; exit 5' "
                                                "INT; trap 'echo term; exit 6' TERM; echo ready; "
                                                "while :; do sleep 0.01; done",
                                            .grace_s = 60});
    say("summary\n");
    staged_signals_die(staged_signals_acknowledge());
}

/* The terminal tells the whole group: the command is not told again at once. */
static void test_control_c(void **state)
{
    (void)state;
    session s = open_session(interrupted_script);
    expect(&s, "ready");
    type(&s, "\x03");
    expect(&s, "int\r\n");
    expect(&s, "slept");
    expect(&s, "interrupted: 5");
    expect(&s, "summary");
    expect(&s, "[signal 2]");
    assert_null(strstr(s.screen, "term"));
    close_session(&s);
}

static void messy_script(void)
{
    (void)!staged_signals_install();
    struct termios before, after;
    (void)tcgetattr(STDIN_FILENO, &before);
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "stty raw -echo; sleep 1000",
                                            .timeout_s = 0.1});
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "stty raw -echo; kill -9 $$"});
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "true; stty raw -echo"});
    (void)tcgetattr(STDIN_FILENO, &after);
    say(before.c_lflag == after.c_lflag && before.c_oflag == after.c_oflag ? "as before\n"
                                                                           : "changed\n");
}

static void test_the_terminal_is_as_it_was(void **state)
{
    (void)state;
    session s = open_session(messy_script);
    expect(&s, "timed out: -15");
    expect(&s, "ok: -9");
    expect(&s, "ok: 0");
    expect(&s, "as before");
    expect(&s, "[exit 0]");
    close_session(&s);
}

static void say_whether_it_echoes(void)
{
    struct termios now;
    (void)tcgetattr(STDIN_FILENO, &now);
    say((now.c_lflag & ECHO) != 0 ? "echo\n" : "no echo\n");
}

static void setting_script(void)
{
    (void)!staged_signals_install();
    run_and_report(
        (staged_process_options){.size = sizeof(staged_process_options), .command = "stty -echo"});
    say_whether_it_echoes();
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .arguments = (const char *[]){"stty", "echo", NULL}});
    say_whether_it_echoes();
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = ":; stty -echo",
                                            .keeps_terminal = true});
    say_whether_it_echoes();
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "stty sane; kill -9 $$",
                                            .keeps_terminal = true});
    say_whether_it_echoes();
    say("done\n");
}

/* Who says stty means it. */
static void test_settings_that_are_meant(void **state)
{
    (void)state;
    session s = open_session(setting_script);
    expect(&s, "done");
    expect(&s, "[exit 0]");
    const char *at = s.screen;
    for (int i = 0; i < 4; i++) {
        at = strstr(at, "echo");
        assert_non_null(at);
        assert_int_equal(at > s.screen && at[-1] == ' ', i != 1);
        at += 4;
    }
    close_session(&s);
}

static const char takes_foreground[] =
    "exec python3 -c 'import os, signal, time; signal.signal(signal.SIGTTOU, signal.SIG_IGN); "
    "os.setpgid(0, 0); os.tcsetpgrp(0, os.getpgrp())'";
/* The same, but its child stays in that group. */
static const char shares_foreground[] =
    "exec python3 -c 'import os, signal, time; signal.signal(signal.SIGTTOU, signal.SIG_IGN); "
    "os.setpgid(0, 0); os.tcsetpgrp(0, os.getpgrp()); os.fork() or time.sleep(1000)'";

static void stealing_script(void)
{
    (void)!staged_signals_install();
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = takes_foreground});
    say(tcgetpgrp(STDIN_FILENO) == getpgrp() ? "ours again\n" : "lost\n");
    /* Elsewhere nobody knows whose that group is. */
    if (STG_ON_LINUX) {
        run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                                .command = shares_foreground});
        say(tcgetpgrp(STDIN_FILENO) == getpgrp() ? "ours as well\n" : "lost\n");
        (void)staged_processes_end_all(0, NULL, NULL);
    }
    say("done\n");
}

/* As if the person had taken it: another process of the session, which is no command, has it. */
static void resigning_script(void)
{
    (void)!staged_signals_install();
    (void)signal(SIGTTOU, SIG_IGN);
    const pid_t other = fork();
    if (other == 0) {
        (void)setpgid(0, 0);
        for (;;)
            (void)pause();
    }
    (void)setpgid(other, other);
    char command[200];
    (void)snprintf(command, sizeof command,
                   "exec python3 -c 'import os, signal; signal.signal(signal.SIGTTOU, "
                   "signal.SIG_IGN); os.tcsetpgrp(0, %d)'",
                   (int)other);
    run_and_report(
        (staged_process_options){.size = sizeof(staged_process_options), .command = command});
    say(tcgetpgrp(STDIN_FILENO) == other ? "left alone\n" : "taken\n");
    (void)kill(other, SIGKILL);
    (void)waitpid(other, NULL, 0);
}

static void test_a_foreground_that_was_kept(void **state)
{
    (void)state;
    session s = open_session(stealing_script);
    expect(&s, "ours again");
    if (STG_ON_LINUX)
        expect(&s, "ours as well");
    expect(&s, "done");
    close_session(&s);
    s = open_session(resigning_script);
    expect(&s, "left alone");
    close_session(&s);
}

/* A program with job control of its own takes the foreground, and is killed there. */
static void taking_script(void)
{
    (void)!staged_signals_install();
    run_and_report((staged_process_options){
        .size = sizeof(staged_process_options),
        .command = "exec python3 -c 'import os, signal, time; signal.signal(22, signal.SIG_IGN); "
                   "os.setpgid(0, 0); os.tcsetpgrp(0, os.getpgrp()); time.sleep(1000)'",
        .timeout_s = 0.4,
        .grace_s = -1});
    say(tcgetpgrp(STDIN_FILENO) == getpgrp() ? "ours again\n" : "lost\n");
    run_and_report((staged_process_options){.size = sizeof(staged_process_options),
                                            .command = "printf 'name? '; read x; echo \"<$x>\""});
}

static void test_a_foreground_that_was_taken(void **state)
{
    (void)state;
    session s = open_session(taking_script);
    expect(&s, "timed out: -9");
    expect(&s, "ours again");
    expect(&s, "name? ");
    type(&s, "Ada\n");
    expect(&s, "<Ada>");
    expect(&s, "[exit 0]");
    close_session(&s);
}

static void test_without_a_terminal(void **state)
{
    (void)state;
    const int saved = dup(0), nowhere = open("/dev/null", O_RDONLY);
    dup2(nowhere, 0);
    const stg_terminal terminal = stg_terminal_save();
    stg_terminal_restore(&terminal);
    dup2(saved, 0);
    close(saved);
    close(nowhere);
    assert_false(terminal.is_ours);
}

TEST_GROUP(terminal)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_command_that_asks),
        cmocka_unit_test(test_stop_and_go_on),
        cmocka_unit_test(test_control_c),
        cmocka_unit_test(test_the_terminal_is_as_it_was),
        cmocka_unit_test(test_settings_that_are_meant),
        cmocka_unit_test(test_a_foreground_that_was_kept),
        cmocka_unit_test(test_a_foreground_that_was_taken),
        cmocka_unit_test(test_without_a_terminal),
    };
    return cmocka_run_group_tests_name("process terminal", tests, NULL, NULL);
}
