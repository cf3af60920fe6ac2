/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/signal_guard.h"

#include <pthread.h>
#include <signal.h>

static sigset_t set_of(int number)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    return set;
}

static bool is_pending(int number)
{
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, number) == 1;
}

stg_signal_guard stg_signal_guard_begin(int number)
{
    struct sigaction action;
    /* A signal that is already pending belongs to somebody else and stays. */
    if (sigaction(number, NULL, &action) != 0 || action.sa_handler == SIG_IGN || is_pending(number))
        return (stg_signal_guard){0};
    const sigset_t only = set_of(number);
    sigset_t before;
    (void)pthread_sigmask(SIG_BLOCK, &only, &before);
    return (stg_signal_guard){
        .number = number, .active = true, .was_blocked = sigismember(&before, number) == 1};
}

void stg_signal_guard_end(stg_signal_guard guard)
{
    if (!guard.active)
        return;
    const sigset_t only = set_of(guard.number);
    int number;
    if (is_pending(guard.number))
        (void)sigwait(&only, &number);
    if (!guard.was_blocked)
        (void)pthread_sigmask(SIG_UNBLOCK, &only, NULL);
}
