/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Signals.  The state of their handlers belongs to the process, and is kept here. */
#include "process/signals/signals.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "process/family/family.h"
#include "process/framework.h"
#include "process/signals/terminal.h"
#include "process/system/active_time.h"
#include "process/system/fd.h"

/* The same signal again within this time is the same request: timeout(1), for one, signals a
 * process and then its group. */
#define SAME_REQUEST_NS INT64_C(50000000)

typedef struct handled_signal {
    int number;
    bool ends;    /* asks us to end */
    bool crashes; /* a crash */
    bool is_ours; /* only if nobody else handles it: not a request, but it would kill us silently */
    bool installed;
    struct sigaction before;
} handled_signal;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int installs;
static handled_signal handled[] = {
    {.number = SIGINT, .ends = true},
    {.number = SIGTERM, .ends = true},
    {.number = SIGHUP, .ends = true},
    {.number = SIGQUIT, .ends = true},
    {.number = SIGTSTP, .ends = false},
    {.number = SIGCONT, .ends = false},
    {.number = SIGWINCH, .ends = false},
    {.number = SIGPIPE, .ends = false},
    {.number = SIGXFSZ, .ends = false},
    {.number = SIGUSR1, .ends = true, .is_ours = true},
    {.number = SIGUSR2, .ends = true, .is_ours = true},
    {.number = SIGALRM, .ends = true, .is_ours = true},
    {.number = SIGXCPU, .ends = true, .is_ours = true},
    {.number = SIGSEGV, .crashes = true},
    {.number = SIGBUS, .crashes = true},
    {.number = SIGILL, .crashes = true},
    {.number = SIGFPE, .crashes = true},
    {.number = SIGABRT, .crashes = true},
    {.number = SIGSYS, .crashes = true},
};
static sigset_t unblocked; /* those that the installing thread had blocked */
static int wake_write = -1;
static stg_terminal terminal;
static pid_t catching; /* the process that installed them; not a fork of it */

static atomic_int wake_read = -1;
static atomic_int leaving_read = -1, leaving_write = -1;

static atomic_flag is_claimed = ATOMIC_FLAG_INIT;
static atomic_int caught;
static _Atomic int64_t caught_ns;
static atomic_bool is_from_terminal;
static atomic_bool is_acknowledged;
static atomic_bool is_leaving;
static atomic_int starting; /* how many threads are starting a process */
static atomic_bool has_started;
static atomic_uint screen_changes;
static atomic_int terminal_users;
static void (*_Atomic before_leaving)(void *context);
static void *_Atomic leaving_context;
static stg_typist *_Atomic typist;
static stg_follower *_Atomic follower;

static int64_t now_ns(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Safe in a handler. */
static void raise_default(int number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    (void)sigaction(number, &action, NULL);
    (void)pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    (void)raise(number);
}

/* Safe in a handler. */
static void call_before_leaving(void)
{
    void (*last)(void *) = atomic_load(&before_leaving);
    if (last != NULL)
        last(atomic_load(&leaving_context));
}

/* A line for each that may read one.  It stays in the pipe when we are gone.  A fork of us may
 * leave without us.  Safe in a handler. */
static void tell_leaving(void)
{
    char lines[4096];
    const int pipe = atomic_load(&leaving_write);
    memset(lines, '\n', sizeof lines);
    if (pipe >= 0 && getpid() == catching)
        (void)!write(pipe, lines, sizeof lines);
}

/* Safe in a handler. */
static void leave(int number)
{
    atomic_store(&is_leaving, true);
    tell_leaving();
    /* A process that is just being started would be missed.  That takes less than a millisecond. */
    for (int i = 0; i < 1000 && atomic_load(&starting) > 0; i++)
        (void)poll(NULL, 0, 1);
    stg_families_kill_now();
    stg_terminal_restore(&terminal);
    call_before_leaving();
    raise_default(number);
    /* The first process of a container is not ended by its own signals. */
    _exit(128 + number);
}

static void on_end(int number, siginfo_t *info, void *context)
{
    (void)context;
    const int saved_errno = errno;
    if (getpid() != catching) {
        raise_default(number);
    } else if (!atomic_flag_test_and_set(&is_claimed)) {
        atomic_store(&caught_ns, now_ns());
        atomic_store(&is_from_terminal, info->si_code > 0);
        atomic_store(&caught, number);
        (void)!write(wake_write, "", 1);
    } else if (number != atomic_load(&caught) ||
               now_ns() - atomic_load(&caught_ns) > SAME_REQUEST_NS) {
        leave(number);
    }
    errno = saved_errno;
}

/* A crash handler needs its own stack: the crash may be a stack overflow. */
static char crash_stack[64 * 1024];

/* Ends all processes, then crashes where it would have. */
static void on_crash(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (getpid() == catching) {
        atomic_store(&is_leaving, true);
        stg_families_kill_now();
        stg_terminal_restore(&terminal);
        call_before_leaving();
    }
    const struct sigaction action = {.sa_handler = SIG_DFL};
    (void)sigaction(number, &action, NULL);
    /* A fault that the processor raised is raised again on return. */
    if (info->si_code <= 0 || number == SIGABRT)
        raise_default(number);
}

static void on_screen_change(int number, siginfo_t *info, void *context)
{
    const int saved_errno = errno;
    atomic_fetch_add(&screen_changes, 1);
    stg_follower *following = atomic_load(&follower);
    if (following != NULL && number == SIGWINCH && getpid() == catching)
        (void)!write(following->wake_write, "", 1);
    for (size_t i = 0; i < sizeof handled / sizeof handled[0]; i++) {
        const struct sigaction *before = &handled[i].before;
        if (handled[i].number != number || before->sa_handler == SIG_DFL ||
            before->sa_handler == SIG_IGN)
            continue;
        if ((before->sa_flags & SA_SIGINFO) != 0)
            before->sa_sigaction(number, info, context);
        else
            before->sa_handler(number);
    }
    errno = saved_errno;
}

/* Stops, as without a handler, and measures for how long.  Safe in a handler. */
static void stop(int number)
{
    const int64_t before_ns = now_ns();
    struct sigaction again;
    (void)sigaction(number, NULL, &again);
    call_before_leaving();
    stg_typist *typing = atomic_load(&typist);
    if (typing != NULL)
        stg_terminal_restore(&typing->terminal);
    raise_default(number);
    if (typing != NULL) {
        atomic_store(&typing->was_stopped, true);
        (void)!write(typing->wake_write, "", 1);
    }
    (void)sigaction(number, &again, NULL);
    stg_active_leave_out(now_ns() - before_ns);
    atomic_fetch_add(&screen_changes, 1);
}

static void on_stop(int number, siginfo_t *info, void *context)
{
    (void)info;
    (void)context;
    const int saved_errno = errno;
    stg_follower *following = atomic_load(&follower);
    if (following != NULL && getpid() == catching) {
        atomic_store(&following->is_to_stop, true);
        (void)!write(following->wake_write, "", 1);
    } else {
        stop(number);
    }
    errno = saved_errno;
}

static void install_one(handled_signal *h)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    h->installed = false;
    if (sigaction(h->number, NULL, &h->before) != 0)
        return;
    if (h->crashes) {
        if ((h->before.sa_flags & SA_SIGINFO) != 0 || h->before.sa_handler != SIG_DFL)
            return;
        action.sa_sigaction = on_crash;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    } else if (h->ends) {
        /* A parent that started us with a signal ignored wants us to survive it. */
        if (h->before.sa_handler == SIG_IGN || (h->is_ours && h->before.sa_handler != SIG_DFL))
            return;
        action.sa_sigaction = on_end;
        action.sa_flags = SA_SIGINFO;
    } else if (h->number == SIGPIPE || h->number == SIGXFSZ) {
        action.sa_handler = SIG_IGN;
        action.sa_flags = 0;
    } else if (h->number == SIGTSTP) {
        if (h->before.sa_handler != SIG_DFL)
            return;
        action.sa_sigaction = on_stop;
    } else {
        action.sa_sigaction = on_screen_change;
    }
    h->installed = sigaction(h->number, &action, NULL) == 0;
}

/* A parent that started us with a signal blocked did so by mistake: the signal would wait forever.
 */
static void unblock_all(void)
{
    sigset_t ours, blocked;
    sigemptyset(&ours);
    sigemptyset(&unblocked);
    for (size_t i = 0; i < sizeof handled / sizeof handled[0]; i++) {
        if (handled[i].installed)
            sigaddset(&ours, handled[i].number);
    }
    (void)pthread_sigmask(SIG_UNBLOCK, &ours, &blocked);
    for (size_t i = 0; i < sizeof handled / sizeof handled[0]; i++) {
        if (handled[i].installed && sigismember(&blocked, handled[i].number) == 1)
            sigaddset(&unblocked, handled[i].number);
    }
}

static void lend_crash_stack(bool begin)
{
    stack_t stack = {0};
    if (sigaltstack(NULL, &stack) != 0)
        return;
    if (begin && (stack.ss_flags & SS_DISABLE) != 0)
        (void)sigaltstack(&(stack_t){.ss_sp = crash_stack, .ss_size = sizeof crash_stack}, NULL);
    else if (!begin && stack.ss_sp == crash_stack)
        (void)sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
}

static staged_status open_pipes(void)
{
    int read_end, leaving[2];
    if (stg_fd_pipe(&read_end, &wake_write) != 0)
        return STAGED_IO;
    if (stg_fd_pipe(&leaving[0], &leaving[1]) != 0) {
        stg_fd_close(&read_end);
        stg_fd_close(&wake_write);
        return STAGED_IO;
    }
    (void)stg_fd_set_nonblocking(wake_write);
    (void)stg_fd_set_nonblocking(leaving[1]);
    atomic_store(&wake_read, read_end);
    atomic_store(&leaving_read, leaving[0]);
    atomic_store(&leaving_write, leaving[1]);
    return STAGED_OK;
}

static void close_pipe(atomic_int *end)
{
    int fd = atomic_exchange(end, -1);
    stg_fd_close(&fd);
}

static staged_status install_all(void)
{
    STAGED_TRY(open_pipes());
    catching = getpid();
    atomic_store(&caught, 0);
    atomic_store(&is_acknowledged, false);
    atomic_store(&screen_changes, 0);
    atomic_flag_clear(&is_claimed);
    terminal = stg_terminal_save();
    for (size_t i = 0; i < sizeof handled / sizeof handled[0]; i++)
        install_one(&handled[i]);
    lend_crash_stack(true);
    unblock_all();
    return STAGED_OK;
}

staged_status staged_signals_install(void)
{
    (void)pthread_mutex_lock(&lock);
    const staged_status status = installs == 0 ? install_all() : STAGED_OK;
    if (status == STAGED_OK)
        installs++;
    (void)pthread_mutex_unlock(&lock);
    return status;
}

void staged_signals_uninstall(void)
{
    (void)pthread_mutex_lock(&lock);
    if (installs > 0 && --installs == 0) {
        (void)pthread_sigmask(SIG_BLOCK, &unblocked, NULL);
        for (size_t i = 0; i < sizeof handled / sizeof handled[0]; i++) {
            if (handled[i].installed)
                (void)sigaction(handled[i].number, &handled[i].before, NULL);
            handled[i].installed = false;
        }
        lend_crash_stack(false);
        close_pipe(&wake_read);
        close_pipe(&leaving_read);
        close_pipe(&leaving_write);
        stg_fd_close(&wake_write);
    }
    (void)pthread_mutex_unlock(&lock);
}

bool stg_signals_are_caught(void)
{
    return stg_signals_installs() > 0 && getpid() == catching;
}

int stg_signals_installs(void)
{
    (void)pthread_mutex_lock(&lock);
    const int count = installs;
    (void)pthread_mutex_unlock(&lock);
    return count;
}

int staged_signals_caught(void)
{
    return atomic_load(&caught);
}

int staged_signals_acknowledge(void)
{
    const int number = atomic_load(&caught);
    if (number != 0)
        atomic_store(&is_acknowledged, true);
    return number;
}

void staged_signals_before_leaving(void (*last)(void *context), void *context)
{
    atomic_store(&leaving_context, context);
    atomic_store(&before_leaving, last);
}

void staged_signals_die(int number)
{
    leave(number);
}

uint32_t staged_signals_screen_changes(void)
{
    return atomic_load(&screen_changes);
}

int stg_signals_due(void)
{
    return atomic_load(&is_acknowledged) ? 0 : atomic_load(&caught);
}

bool stg_signals_from_terminal(void)
{
    return atomic_load(&is_from_terminal);
}

int stg_signals_leaving_descriptor(void)
{
    return atomic_load(&leaving_read);
}

int staged_signals_descriptor(void)
{
    return atomic_load(&is_acknowledged) ? -1 : atomic_load(&wake_read);
}

bool stg_gate_enter(void)
{
    atomic_fetch_add(&starting, 1);
    atomic_store(&has_started, true);
    if (!atomic_load(&is_leaving))
        return true;
    stg_gate_leave();
    return false;
}

void stg_gate_leave(void)
{
    atomic_fetch_sub(&starting, 1);
}

bool stg_gate_was_entered(void)
{
    return atomic_load(&has_started);
}

void stg_signals_set_typist(stg_typist *now)
{
    atomic_store(&typist, now);
}

bool stg_signals_set_follower(stg_follower *now)
{
    stg_follower *none = NULL;
    return atomic_compare_exchange_strong(&follower, &none, now);
}

void stg_signals_unset_follower(stg_follower *now)
{
    stg_follower *expected = now;
    (void)atomic_compare_exchange_strong(&follower, &expected, NULL);
}

void stg_signals_stop(void)
{
    stop(SIGTSTP);
}

atomic_int *stg_signals_terminal_users(void)
{
    return &terminal_users;
}
