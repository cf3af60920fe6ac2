/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A guard on Linux.  PR_SET_PDEATHSIG would cost less, but it reaches only our direct children, is
 * lost when they change their user, and fires when a single thread ends.  A guard finds whole
 * families by their marks. */
#include "process/framework.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/system/signal_guard.h"
#include "process/family/family.h"
#include "process/system/fd.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

/* The guard's descriptors. */
enum { CHANNEL, SCRIPT, FIRST_OTHER };

/* The guard must not keep our pipes and locks open. */
static void keep_only(int channel, int script)
{
    /* Both are above the standard streams. */
    (void)dup2(channel, CHANNEL);
    if (script < 0 || dup2(script, SCRIPT) < 0)
        (void)close(SCRIPT);
    if (syscall(SYS_close_range, (unsigned)FIRST_OTHER, ~0u, 0u) == 0)
        return;
    for (int fd = FIRST_OTHER; fd < 65536; fd++)
        (void)close(fd);
}

static void be_guard(pid_t script, int channel)
{
    /* Outside the script's group and session, which may be signalled as a whole.  All signals are
     * blocked: only SIGKILL ends it. */
    (void)setsid();
    (void)chdir("/");
    (void)prctl(PR_SET_NAME, "staged-guard");
    keep_only(channel, (int)syscall(SYS_pidfd_open, script, 0));
    struct pollfd fds[] = {
        [CHANNEL] = {.fd = CHANNEL, .events = POLLIN}, [SCRIPT] = {.fd = SCRIPT, .events = POLLIN}};
    int ready;
    do {
        ready = poll(fds, FIRST_OTHER, getppid() == script ? -1 : 0);
    } while (ready < 0 && errno == EINTR);
    char word;
    if (fds[CHANNEL].revents == 0 || read(CHANNEL, &word, 1) != 1)
        stg_families_kill_of(script);
    _exit(0);
}

bool stg_guard_start(stg_guard *guard)
{
    int channel;
    *guard = (stg_guard){.channel = -1};
    if (stg_fd_pipe(&channel, &guard->channel) != 0)
        return false;
    const pid_t script = getpid();
    sigset_t all, before;
    sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    /* It sends no SIGCHLD: code that waits for any child does not get it. */
    guard->pid = (pid_t)syscall(SYS_clone, 0, 0, 0, 0, 0);
    if (guard->pid == 0)
        be_guard(script, channel);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    stg_fd_close(&channel);
    if (guard->pid > 0)
        return true;
    guard->pid = 0;
    stg_fd_close(&guard->channel);
    return false;
}

void stg_guard_dismiss(stg_guard *guard)
{
    if (guard->pid == 0)
        return;
    const stg_signal_guard pipe_guard = stg_signal_guard_begin(SIGPIPE);
    (void)!write(guard->channel, "", 1);
    stg_signal_guard_end(pipe_guard);
    stg_fd_close(&guard->channel);
    while (waitpid(guard->pid, NULL, __WALL) < 0 && errno == EINTR)
        ;
    guard->pid = 0;
}
