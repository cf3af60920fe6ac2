/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/signals/signals.h"
#include "process/system/fd.h"
#include "promises.h"

extern char **environ;

#if defined(__SANITIZE_THREAD__) || defined(STAGED_PORTABLE)
#define IS_FORK true
#else
#define IS_FORK false
#endif

static char scratch[4096];

/* Starts a program with its output going to a pipe, and answers what it wrote. */
static const char *output_of(const char *const *words, const staged_process_options *options)
{
    static char text[4096];
    int from, to;
    stg_family family;
    stg_spawn_failure failure;
    assert_int_equal(stg_fd_pipe(&from, &to), 0);
    stg_family_prepare(&family, false);
    stg_launch launch = {.program = words[0],
                         .search = "/usr/bin:/bin",
                         .scratch = scratch,
                         .environment = environ,
                         .streams = {0, to, 2},
                         .options = options,
                         .family = &family};
    memcpy(&launch.arguments, &words, sizeof words);
    const pid_t pid = stg_spawn(&launch, &failure);
    assert_true(pid > 1);
    assert_int_equal(family.root, pid);
    stg_fd_close(&to);
    size_t length = 0;
    for (ssize_t n; (n = read(from, text + length, sizeof text - 1 - length)) > 0;)
        length += (size_t)n;
    text[length] = '\0';
    stg_fd_close(&from);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    return text;
}

static const char *shell_output(const char *command, staged_process_options options)
{
    const char *words[] = {"sh", "-c", command, NULL};
    return output_of(words, &options);
}

/* What a library or a thread of ours has open is none of a command's business. */
static void test_descriptors_do_not_leak(void **state)
{
    (void)state;
    const char *list = "for i in /proc/self/fd/*; do echo ${i##*/}; done";
    int open_ones[20];
    for (int i = 0; i < 20; i++)
        open_ones[i] = open("/dev/zero", O_RDONLY);
    assert_int_equal(dup2(open_ones[0], 900), 900);
    /* The shell itself has the folder open that it lists. */
    assert_string_equal(
        shell_output(list, (staged_process_options){.size = sizeof(staged_process_options)}),
        "0\n1\n2\n3\n");

    const int kept[] = {open_ones[5], 900, 1};
    char expected[60];
    (void)snprintf(expected, sizeof expected, "0\n1\n2\n3\n%d\n900\n", open_ones[5]);
    const char *actual =
        shell_output(list, (staged_process_options){.size = sizeof(staged_process_options),
                                                    .keep_descriptors = kept,
                                                    .keep_count = 3});
    assert_string_equal(actual, open_ones[5] == 3 ? "0\n1\n2\n3\n4\n900\n" : expected);
    for (int i = 0; i < 20; i++)
        close(open_ones[i]);
    close(900);
}

static void handle(int number)
{
    (void)number;
}

static void test_signals_are_as_a_program_expects(void **state)
{
    (void)state;
    sigset_t some, before;
    sigemptyset(&some);
    sigaddset(&some, SIGTERM);
    sigaddset(&some, SIGUSR2);
    (void)pthread_sigmask(SIG_BLOCK, &some, &before);
    /* Some may be ignored where the tests run: in the background of a shell, under nohup. */
    for (int number = 1; number < 32; number++)
        (void)signal(number, SIG_DFL);
    (void)signal(SIGUSR1, handle);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
    const char *command = "grep -E 'Sig(Blk|Ign)' /proc/self/status";
    char text[200];
    (void)snprintf(
        text, sizeof text, "%s",
        shell_output(command, (staged_process_options){.size = sizeof(staged_process_options)}));
    (void)signal(SIGUSR1, SIG_DFL);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)signal(SIGHUP, SIG_DFL);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    unsigned long long blocked, ignored;
    assert_int_equal(sscanf(text, "SigBlk: %llx SigIgn: %llx", &blocked, &ignored), 2);
    assert_int_equal(blocked, 0);
    /* SIGHUP alone.  What the C library keeps for itself, from 32 on, cannot be set here. */
    assert_int_equal(ignored & 0x7FFFFFFF, 1);
}

static void assert_failure(stg_launch launch, staged_start_step step, int error)
{
    static const staged_process_options none = {.size = sizeof none};
    stg_family family;
    stg_spawn_failure failure;
    const char *words[] = {"name", NULL}, *const *arguments = words;
    memcpy(&launch.arguments, &arguments, sizeof arguments);
    launch.environment = environ;
    launch.scratch = scratch;
    launch.family = &family;
    if (launch.options == NULL)
        launch.options = &none;
    if (launch.streams[1] == 0)
        launch.streams[1] = 1;
    launch.streams[2] = 2;
    stg_family_prepare(&family, false);
    assert_int_equal(stg_spawn(&launch, &failure), -1);
    assert_int_equal(failure.step, step);
    assert_int_equal(failure.error, error);
    /* The child was waited for. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void test_failures_say_where(void **state)
{
    (void)state;
    assert_failure((stg_launch){.program = "/nowhere/x"}, STAGED_START_PROGRAM, ENOENT);
    assert_failure((stg_launch){.program = "x", .search = "/nowhere:/dev/null::"},
                   STAGED_START_PROGRAM, ENOENT);
    assert_failure((stg_launch){.program = "/etc/passwd"}, STAGED_START_PROGRAM, EACCES);
    assert_failure((stg_launch){.program = "/bin/true", .directory = "/etc/passwd"},
                   STAGED_START_DIRECTORY, ENOTDIR);
    assert_failure((stg_launch){.program = "/bin/true", .streams = {0, 999}}, STAGED_START_STREAM,
                   EBADF);
    const staged_limit limit = {12345, 1, 1};
    const staged_process_options limited = {
        .size = sizeof limited, .limits = &limit, .limit_count = 1};
    assert_failure((stg_launch){.program = "/bin/true", .options = &limited}, STAGED_START_LIMIT,
                   EINVAL);
    const int closed[] = {998};
    const staged_process_options keeping = {
        .size = sizeof keeping, .keep_descriptors = closed, .keep_count = 1};
    assert_failure((stg_launch){.program = "/bin/true", .options = &keeping}, STAGED_START_STREAM,
                   EBADF);
}

/* Forks all the time, until the flag that it shares with its children is set; these live as long,
 * with all descriptors that they inherited, but not much longer than a test may take. */
static void *fork_around(void *context)
{
    atomic_bool *is_over = context;
    while (!atomic_load(is_over)) {
        if (fork() == 0) {
            for (int i = 0; i < 12000 && !atomic_load(is_over); i++)
                (void)usleep(5000);
            _exit(0);
        }
        (void)usleep(4000);
    }
    return NULL;
}

static void start_true(void)
{
    static const char *const words[] = {"true", NULL}, *const *arguments = words;
    static const staged_process_options none = {.size = sizeof none};
    stg_family family;
    stg_spawn_failure failure;
    stg_launch launch = {.program = "/bin/true",
                         .environment = environ,
                         .streams = {0, 1, 2},
                         .options = &none,
                         .family = &family};
    memcpy(&launch.arguments, &arguments, sizeof arguments);
    stg_family_prepare(&family, false);
    const pid_t pid = stg_spawn(&launch, &failure);
    assert_true(pid > 1);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_another_thread_that_forks(void **state)
{
    (void)state;
    pthread_t thread;
    if (is_skipped(IS_FORK, "vfork is a mere fork"))
        return;
    atomic_bool *is_over =
        mmap(NULL, sizeof *is_over, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(is_over != MAP_FAILED);
    assert_int_equal(pthread_create(&thread, NULL, fork_around, is_over), 0);
    /* Were these waited for, it would take as long as they live. */
    for (int i = 0; i < 60; i++)
        start_true();
    atomic_store(is_over, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    while (waitpid(-1, NULL, 0) > 0)
        ;
    assert_int_equal(munmap(is_over, sizeof *is_over), 0);
}

static void test_our_own_handlers_and_mask_stay(void **state)
{
    (void)state;
    (void)signal(SIGUSR1, handle);
    (void)shell_output(":", (staged_process_options){.size = sizeof(staged_process_options)});
    assert_true(signal(SIGUSR1, SIG_DFL) == handle);
    sigset_t now;
    (void)pthread_sigmask(SIG_SETMASK, NULL, &now);
    assert_int_equal(sigismember(&now, SIGTERM), 0);
}

TEST_GROUP(spawn)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_descriptors_do_not_leak),
        cmocka_unit_test(test_signals_are_as_a_program_expects),
        cmocka_unit_test(test_failures_say_where),
        cmocka_unit_test(test_another_thread_that_forks),
        cmocka_unit_test(test_our_own_handlers_and_mask_stay),
    };
    return cmocka_run_group_tests_name("process spawn", tests, NULL, NULL);
}
