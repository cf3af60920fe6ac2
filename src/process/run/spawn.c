/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Starting a program.
 *
 * The child borrows our memory until it executes the program (vfork), so starting one does not take
 * longer in a large process.  Until then it only makes system calls on prepared data, and none of
 * our signal handlers may run in it. */
#include "process/run/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/system/resource.h"
#include "base/system/system.h"
#include "process/signals/signals.h"
#include "process/system/fd.h"

#if STG_ON_LINUX
#include <sys/syscall.h>
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#define CLOSE_RANGE_CLOEXEC_ 4u
#endif

/* No longer in POSIX, but on all systems. */
#ifdef STAGED_PORTABLE
#define HAS_VFORK false
#else
#define HAS_VFORK true
#endif

#ifndef NSIG
#define NSIG 65
#endif

/* The program gets neither our handlers nor the signals that we ignore for our own sake. */
static void reset_signals(void)
{
    struct sigaction action;
    for (int number = 1; number < NSIG; number++) {
        if (sigaction(number, NULL, &action) != 0)
            continue;
        if (action.sa_handler == SIG_DFL)
            continue;
        if (action.sa_handler == SIG_IGN && number != SIGPIPE && number != SIGXFSZ)
            continue;
        action.sa_handler = SIG_DFL;
        action.sa_flags = 0;
        (void)sigaction(number, &action, NULL);
    }
}

static int join_group(const staged_process_options *options)
{
    switch (options->process_group) {
    case STAGED_PROCESS_GROUP_AUTO:
    case STAGED_PROCESS_GROUP_OURS:
        return 0;
    case STAGED_PROCESS_GROUP_NEW:
        return setpgid(0, 0) == 0 ? 0 : errno;
    case STAGED_PROCESS_GROUP_JOIN:
        return setpgid(0, (pid_t)options->join_group) == 0 ? 0 : errno;
    case STAGED_PROCESS_GROUP_SESSION:
        return setsid() < 0 ? errno : 0;
    }
    return 0;
}

static int add_niceness(int increment)
{
    if (increment == 0)
        return 0;
    /* -1 is also a valid new value. */
    errno = 0;
    return nice(increment) == -1 ? errno : 0;
}

static int set_limits(const staged_process_options *options)
{
    for (size_t i = 0; i < options->limit_count; i++) {
        const staged_limit *limit = &options->limits[i];
        struct rlimit value = {
            .rlim_cur = limit->soft == UINT64_MAX ? RLIM_INFINITY : (rlim_t)limit->soft,
            .rlim_max = limit->hard == UINT64_MAX ? RLIM_INFINITY : (rlim_t)limit->hard,
        };
        if (setrlimit((stg_resource)limit->resource, &value) != 0)
            return errno;
    }
    if (options->set_umask || options->umask != 0)
        (void)umask((mode_t)options->umask);
    return 0;
}

static int set_streams(const int wanted[3])
{
    int from[3];
    /* One of our standard streams that becomes another one of the program's could be overwritten
     * before its turn. */
    for (int i = 0; i < 3; i++) {
        from[i] = wanted[i];
        if (from[i] >= 0 && from[i] < 3 && from[i] != i) {
            from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, 3);
            if (from[i] < 0)
                return errno;
        }
    }
    for (int i = 0; i < 3; i++) {
        if (from[i] != i && dup2(from[i], i) < 0)
            return errno;
        if (from[i] == i && fcntl(i, F_SETFD, 0) < 0 && errno != EBADF)
            return errno;
    }
    return 0;
}

/* Sets close-on-exec for every descriptor from 3 on. */
static void close_others(void)
{
#if STG_ON_LINUX
    if (syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC_) == 0)
        return;
#endif
    const long maximum = sysconf(_SC_OPEN_MAX);
    for (int fd = 3; fd < (maximum > 0 && maximum < 65536 ? maximum : 65536); fd++)
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static int keep_descriptors(const staged_process_options *options)
{
    for (size_t i = 0; i < options->keep_count; i++) {
        const int fd = options->keep_descriptors[i];
        if (fd > 2 && fcntl(fd, F_SETFD, 0) < 0)
            return errno;
    }
    return 0;
}

/* Tries the program in each folder in turn.  Returns the most telling errno. */
static int run_program(const stg_launch *launch)
{
    if (strchr(launch->program, '/') != NULL) {
        (void)execve(launch->program, launch->arguments, launch->environment);
        return errno;
    }
    int error = ENOENT;
    const size_t name = strlen(launch->program) + 1;
    for (const char *folder = launch->search; folder != NULL;) {
        const char *end = strchr(folder, ':');
        const size_t length = end == NULL ? strlen(folder) : (size_t)(end - folder);
        memcpy(launch->scratch, folder, length);
        if (length > 0)
            launch->scratch[length] = '/';
        memcpy(launch->scratch + length + (length > 0), launch->program, name);
        (void)execve(launch->scratch, launch->arguments, launch->environment);
        const int reason = errno;
        /* A folder that we may not search says nothing about the program. */
        if (reason != ENOENT && reason != ENOTDIR && access(launch->scratch, F_OK) == 0)
            error = reason;
        if (reason == E2BIG)
            break;
        folder = end == NULL ? NULL : end + 1;
    }
    return error;
}

static stg_spawn_failure prepare_and_run(const stg_launch *launch)
{
    const staged_process_options *options = launch->options;
    int error;
    reset_signals();
    if ((error = join_group(options)) != 0)
        return (stg_spawn_failure){STAGED_START_GROUP, error};
    if ((error = add_niceness(options->nice)) != 0)
        return (stg_spawn_failure){STAGED_START_NICENESS, error};
    if ((error = set_streams(launch->streams)) != 0)
        return (stg_spawn_failure){STAGED_START_STREAM, error};
    close_others();
    if ((error = keep_descriptors(options)) != 0)
        return (stg_spawn_failure){STAGED_START_STREAM, error};
    /* After the descriptors, which could exceed their new limit. */
    if ((error = set_limits(options)) != 0)
        return (stg_spawn_failure){STAGED_START_LIMIT, error};
    stg_family_join(launch->family);
    if (launch->directory != NULL && chdir(launch->directory) != 0)
        return (stg_spawn_failure){STAGED_START_DIRECTORY, errno};
    if (launch->identity != NULL && (error = stg_identity_assume(launch->identity)) != 0)
        return (stg_spawn_failure){STAGED_START_USER, error};
    sigset_t none;
    sigemptyset(&none);
    (void)pthread_sigmask(SIG_SETMASK, &none, NULL);
    error = run_program(launch);
    return (stg_spawn_failure){STAGED_START_PROGRAM, error};
}

/* A separate function: the child must not share a stack frame with the parent. */
#if defined(__GNUC__)
__attribute__((noinline, noreturn))
#endif
static void
be_child(const stg_launch *launch, int report, volatile bool *shares_memory)
{
    *shares_memory = true;
    const stg_spawn_failure failure = prepare_and_run(launch);
    (void)!write(report, &failure, sizeof failure);
    _exit(127);
}

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif
static pid_t start_child(const stg_launch *launch, int report, volatile bool *shares_memory)
{
    /* posix_spawn sets no limits, and does not say at which step it failed.  A child that becomes
     * another user must not share our memory: see stg_identity_assume. */
    const pid_t pid = launch->identity != NULL || !HAS_VFORK
                          ? fork()
                          : vfork(); /* NOLINT(clang-analyzer-security.insecureAPI.vfork) */
    if (pid == 0)
        be_child(launch, report, shares_memory); /* NOLINT(clang-analyzer-unix.Vfork) */
    return pid;
}
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/* Learns whether the program runs, which closes the child's end of the pipe.
 *   is_decided   it already runs or has reported.  Then there is no wait for the end of the pipe,
 *                which a process that another thread has just forked may hold open */
static bool read_report(int report, bool is_decided, stg_spawn_failure *failure)
{
    ssize_t n;
    if (is_decided)
        (void)stg_fd_set_nonblocking(report);
    do {
        n = read(report, failure, sizeof *failure);
    } while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof *failure;
}

/* Starts it and learns whether it runs, while nothing else ends us.  So whatever ends us finds the
 * family of every process that was started. */
static pid_t start_and_learn(const stg_launch *launch, int report, int child_report,
                             stg_spawn_failure *failure)
{
    /* After a fork, which vfork also is on some systems, it stays false, and we have not waited for
     * the child. */
    volatile bool shares_memory = false;
    pid_t pid = start_child(launch, child_report, &shares_memory);
    const int error = errno;
    stg_fd_close(&child_report);
    if (pid < 0) {
        *failure = (stg_spawn_failure){STAGED_START_PROCESS, error};
    } else if (read_report(report, shares_memory, failure)) {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
        pid = -1;
    } else {
        stg_family_begin(launch->family, pid);
    }
    return pid;
}

/* A parent that started us with SIGCHLD ignored (trap '' CHLD) did so by mistake: the system would
 * discard the commands' exit statuses. */
static void want_exit_statuses(void)
{
    struct sigaction action;
    if (sigaction(SIGCHLD, NULL, &action) != 0)
        return;
    if (action.sa_handler != SIG_IGN && (action.sa_flags & SA_NOCLDWAIT) == 0)
        return;
    if (action.sa_handler == SIG_IGN)
        action.sa_handler = SIG_DFL;
    action.sa_flags &= ~SA_NOCLDWAIT;
    (void)sigaction(SIGCHLD, &action, NULL);
}

pid_t stg_spawn(const stg_launch *launch, stg_spawn_failure *failure)
{
    int report, child_report;
    const int error = stg_fd_pipe(&report, &child_report);
    if (error != 0) {
        *failure = (stg_spawn_failure){STAGED_START_STREAM, error};
        return -1;
    }
    *failure = (stg_spawn_failure){STAGED_START_OK, 0};
    sigset_t all, before;
    sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    want_exit_statuses();
    pid_t pid = -1;
    if (stg_gate_enter()) {
        pid = start_and_learn(launch, report, child_report, failure);
        stg_gate_leave();
    } else {
        stg_fd_close(&child_report);
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    stg_fd_close(&report);
    return pid;
}
