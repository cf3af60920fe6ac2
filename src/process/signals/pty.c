/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/signals/pty.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/system/system.h"
#include "process/family/family.h"
#include "process/signals/signals.h"
#include "process/system/fd.h"

#if STG_ON_LINUX
#include "process/system/proc_linux.h"
#endif

enum { LONGEST_PATH = 128 };

/* The settings of the pseudo-terminal are those of the terminal, but nothing is done with output:
 * the terminal does that. */
struct staged_pty {
    int terminal;
    int ours;   /* where to read; -1: closed, or somebody else's */
    int theirs; /* where commands write; -1: handed out, with ours */
    char path[LONGEST_PATH];
    struct termios first;     /* its settings at first, */
    struct termios passed_on; /* and those that the terminal has got */
    bool processes;           /* whether the terminal did something with output */
    stg_follower follower;
    bool follows;  /* the terminal; another one may */
    int wake_read; /* gets a byte when something becomes of that; -1: none could be made */
};

/* ---- Opening ---- */

static bool find_path(int descriptor, char path[LONGEST_PATH])
{
#if STG_ON_LINUX
    return ptsname_r(descriptor, path, LONGEST_PATH) == 0;
#else
    /* What it returns is static. */
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    (void)pthread_mutex_lock(&lock);
    const char *found = ptsname(descriptor);
    const bool fits = found != NULL && strlen(found) < LONGEST_PATH;
    if (fits)
        memcpy(path, found, strlen(found) + 1);
    (void)pthread_mutex_unlock(&lock);
    return fits;
#endif
}

static bool open_ends(staged_pty *p)
{
    p->ours = posix_openpt(O_RDWR | O_NOCTTY);
    if (p->ours < 0)
        return false;
    (void)fcntl(p->ours, F_SETFD, FD_CLOEXEC);
    return stg_fd_raise(&p->ours) == 0 && grantpt(p->ours) == 0 && unlockpt(p->ours) == 0 &&
           stg_fd_set_nonblocking(p->ours) == 0 && find_path(p->ours, p->path) &&
           stg_fd_open(p->path, O_RDWR, &p->theirs) == 0;
}

static bool copy_settings(staged_pty *p)
{
    struct winsize size;
    if (tcgetattr(p->terminal, &p->first) != 0)
        return false;
    p->processes = (p->first.c_oflag & OPOST) != 0;
    p->first.c_oflag &= ~(tcflag_t)OPOST;
    if (tcsetattr(p->theirs, TCSANOW, &p->first) != 0 || tcgetattr(p->theirs, &p->first) != 0)
        return false;
    p->passed_on = p->first;
    if (ioctl(p->terminal, TIOCGWINSZ, &size) == 0)
        (void)ioctl(p->theirs, TIOCSWINSZ, &size);
    return true;
}

/* Without a descriptor left we are stopped at once. */
static void open_wake(staged_pty *p)
{
    if (stg_fd_pipe(&p->wake_read, &p->follower.wake_write) == 0) {
        (void)stg_fd_set_nonblocking(p->wake_read);
        (void)stg_fd_set_nonblocking(p->follower.wake_write);
    }
}

staged_pty *staged_pty_new(int terminal)
{
    staged_pty *p = isatty(terminal) == 1 ? calloc(1, sizeof *p) : NULL;
    if (p == NULL)
        return NULL;
    p->terminal = terminal;
    p->ours = p->theirs = p->wake_read = p->follower.wake_write = -1;
    if (open_ends(p) && copy_settings(p)) {
        open_wake(p);
        return p;
    }
    stg_fd_close(&p->ours);
    stg_fd_close(&p->theirs);
    free(p);
    return NULL;
}

int staged_pty_descriptor(const staged_pty *pty)
{
    return pty->ours;
}

const char *staged_pty_path(const staged_pty *pty)
{
    return pty->path;
}

int staged_pty_begin_waits(staged_pty *pty)
{
    if (!pty->follows)
        pty->follows = pty->wake_read >= 0 && stg_signals_set_follower(&pty->follower);
    return pty->follows ? pty->wake_read : -1;
}

int stg_pty_take_command_end(staged_pty *pty)
{
    const int descriptor = pty->theirs;
    pty->theirs = -1;
    return descriptor;
}

/* ---- Settings ---- */

static bool is_same(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
           a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

/* As cfmakeraw makes them.  That it also leaves output as it is cannot be seen, as it was so. */
static bool is_raw(const struct termios *settings)
{
    return (settings->c_lflag & (tcflag_t)(ICANON | ISIG | ECHO | IEXTEN)) == 0 &&
           (settings->c_iflag & (tcflag_t)(ICRNL | IXON)) == 0 &&
           (settings->c_oflag & (tcflag_t)ONLCR) != 0;
}

static tcflag_t changed(tcflag_t value, tcflag_t from, tcflag_t to)
{
    return (value & ~(from ^ to)) | (to & (from ^ to));
}

/* Changes what differs between two settings, and nothing else: more may have been set at the
 * terminal itself. */
static void change(const staged_pty *p, struct termios *settings, const struct termios *from,
                   const struct termios *to)
{
    settings->c_iflag = changed(settings->c_iflag, from->c_iflag, to->c_iflag);
    settings->c_oflag = changed(settings->c_oflag, from->c_oflag, to->c_oflag);
    settings->c_cflag = changed(settings->c_cflag, from->c_cflag, to->c_cflag);
    settings->c_lflag = changed(settings->c_lflag, from->c_lflag, to->c_lflag);
    for (size_t i = 0; i < sizeof to->c_cc / sizeof to->c_cc[0]; i++) {
        if (from->c_cc[i] != to->c_cc[i])
            settings->c_cc[i] = to->c_cc[i];
    }
    if (is_raw(to))
        settings->c_oflag &= ~(tcflag_t)OPOST;
    else if (is_raw(from) && p->processes)
        settings->c_oflag |= OPOST;
}

/* The process group in the foreground of the terminal, if that is ours or a command's; 0: neither.
 * Whoever is in the background leaves the terminal alone. */
static pid_t our_foreground(const staged_pty *p)
{
    const pid_t group = tcgetpgrp(p->terminal);
    return group > 0 && (group == getpgrp() || stg_families_have_group(group)) ? group : 0;
}

/* From a group that is not in the foreground, although a command's is, this would stop us. */
static void set_terminal(const staged_pty *p, const struct termios *settings)
{
    sigset_t only, before;
    sigemptyset(&only);
    sigaddset(&only, SIGTTOU);
    (void)pthread_sigmask(SIG_BLOCK, &only, &before);
    (void)tcsetattr(p->terminal, TCSANOW, settings);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void pass_on(staged_pty *p, const struct termios *now)
{
    struct termios settings;
    if (is_same(now, &p->passed_on) || our_foreground(p) == 0 ||
        tcgetattr(p->terminal, &settings) != 0)
        return;
    change(p, &settings, &p->passed_on, now);
    set_terminal(p, &settings);
    p->passed_on = *now;
}

bool staged_pty_is_changed(const staged_pty *pty)
{
    return !is_same(&pty->passed_on, &pty->first);
}

/* ---- The size ---- */

/* The terminal has told of a new size before we could pass it on: commands that have looked
 * meanwhile look again. */
static void pass_size_on(const staged_pty *p)
{
    struct winsize of_terminal, of_pty;
    if (ioctl(p->terminal, TIOCGWINSZ, &of_terminal) != 0 ||
        ioctl(p->ours, TIOCGWINSZ, &of_pty) != 0)
        return;
    if (of_terminal.ws_row == of_pty.ws_row && of_terminal.ws_col == of_pty.ws_col &&
        of_terminal.ws_xpixel == of_pty.ws_xpixel && of_terminal.ws_ypixel == of_pty.ws_ypixel)
        return;
    (void)ioctl(p->ours, TIOCSWINSZ, &of_terminal);
    const pid_t group = our_foreground(p);
    if (group != 0)
        (void)kill(-group, SIGWINCH);
}

/* ---- Stops ---- */

#if STG_ON_LINUX
/* For how long a command is waited for that does not stop. */
enum { PATIENCE_MS = 2000 };

/* Whether all others that Ctrl-Z is for are stopped. */
static bool have_stopped(void)
{
    bool is_none_left = true;
    const int fd = stg_proc_open();
    DIR *proc = fd < 0 ? NULL : fdopendir(fd);
    if (proc == NULL && fd >= 0)
        (void)close(fd);
    for (const struct dirent *entry; proc != NULL && (entry = readdir(proc)) != NULL;) {
        const pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid <= 0 || pid == getpid())
            continue;
        const stg_proc_facts facts = stg_proc_facts_of(pid);
        if (facts.group == getpgrp() && facts.state != 'T' && !stg_proc_is_over(&facts))
            is_none_left = false;
    }
    if (proc != NULL)
        (void)closedir(proc);
    return is_none_left;
}
#else
/* Nobody can tell: they are given that time. */
enum { PATIENCE_MS = 500 };

static bool have_stopped(void)
{
    return false;
}
#endif

/* Commands that are to stop leave the screen in order first, which is to be seen.  One that does
 * not stop does not keep us. */
static void show_until_stopped(const staged_pty *p, staged_pty_show_function *show, void *context)
{
    enum { TICK_MS = 5, MOST_TICKS = PATIENCE_MS / TICK_MS, SILENCE_MS = 30, MOST_PIECES = 100 };
    for (int i = 0; i < MOST_TICKS && !have_stopped(); i++) {
        (void)poll(NULL, 0, TICK_MS);
        (void)show(context);
    }
    for (int i = 0; i < MOST_PIECES && p->ours >= 0; i++) {
        struct pollfd look = {.fd = p->ours, .events = POLLIN};
        if (poll(&look, 1, SILENCE_MS) == 0 || !show(context))
            return;
    }
}

static void stop_if_due(staged_pty *p, staged_pty_show_function *show, void *context)
{
    if (!atomic_load(&p->follower.is_to_stop))
        return;
    if (show != NULL)
        show_until_stopped(p, show, context);
    /* Typed twice, it is still one stop. */
    atomic_store(&p->follower.is_to_stop, false);
    stg_signals_stop();
    /* The shell has had the terminal. */
    p->passed_on = p->first;
}

static void forget_wake(const staged_pty *p)
{
    char byte;
    while (p->follows && read(p->wake_read, &byte, 1) > 0)
        continue;
}

void staged_pty_end_waits(staged_pty *pty)
{
    if (!pty->follows)
        return;
    stg_signals_unset_follower(&pty->follower);
    pty->follows = false;
    stop_if_due(pty, NULL, NULL);
}

void staged_pty_attend(staged_pty *pty, staged_pty_show_function *show, void *context)
{
    struct termios now;
    forget_wake(pty);
    stop_if_due(pty, show, context);
    if (pty->ours < 0)
        return;
    pass_size_on(pty);
    /* On most systems this is what commands have set. */
    if (tcgetattr(pty->ours, &now) == 0)
        pass_on(pty, &now);
}

/* ---- The end ---- */

void stg_pty_leave(staged_pty *pty)
{
    pty->ours = -1;
}

void stg_pty_free_as_it_is(staged_pty *pty)
{
    staged_pty_end_waits(pty);
    if (pty->theirs >= 0)
        stg_fd_close(&pty->ours);
    stg_fd_close(&pty->theirs);
    stg_fd_close(&pty->wake_read);
    stg_fd_close(&pty->follower.wake_write);
    free(pty);
}

void staged_pty_free(staged_pty *pty)
{
    if (pty == NULL)
        return;
    staged_pty_end_waits(pty);
    pass_on(pty, &pty->first);
    stg_pty_free_as_it_is(pty);
}
