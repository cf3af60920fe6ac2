/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families of processes on Linux.
 *
 * A process can leave its process group and its session, and when its parent dies its ancestry is
 * forgotten; what it cannot shed by accident is its resource limits.  So each command begins with a
 * mark: a value of RLIMIT_RTTIME (CPU time of real-time processes, in microseconds) that is so high
 * that it limits nothing, and that says which family it belongs to.  All that it starts inherit it.
 * Being a subreaper, this process becomes the parent of whoever loses theirs, so that a whole
 * family can be waited for.
 *
 * This process's other children, which the author's own code started, do not carry a mark: they are
 * neither signalled nor reaped here. */
#include "process/family.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "process/signals.h"

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

/* A mark, from its highest bit: 01, whether the family is a daemon, the process id of the script,
 * that of the command (22 bits each, as long as Linux has them), and 17 bits that tell apart
 * families whose process ids are the same because much time lies between them. */
#define MARK_BIT (UINT64_C(1) << 62)
#define DAEMON_BIT (UINT64_C(1) << 61)
enum { PID_BITS = 22, NONCE_BITS = 17 };
#define PID_MASK ((UINT64_C(1) << PID_BITS) - 1)
#define NONCE_MASK ((UINT64_C(1) << NONCE_BITS) - 1)

/* How many generations of scripts that start scripts are looked at, and of processes whose marks
 * may not be read. */
enum { GENERATIONS = 16 };

static bool is_mark(uint64_t value)
{
    return value >> 62 == 1;
}

static pid_t script_of(uint64_t mark)
{
    return (pid_t)(mark >> (PID_BITS + NONCE_BITS) & PID_MASK);
}

static pid_t root_of(uint64_t mark)
{
    return (pid_t)(mark >> NONCE_BITS & PID_MASK);
}

static uint64_t mark_with_root(uint64_t mark, pid_t root)
{
    return (mark & ~(PID_MASK << NONCE_BITS)) | ((uint64_t)root & PID_MASK) << NONCE_BITS;
}

bool stg_family_needs_group(void)
{
    return false;
}

void stg_family_prepare(stg_family *family, bool daemon)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    const uint64_t nonce = ((uint64_t)now.tv_sec << 10 | (uint64_t)now.tv_nsec >> 20) & NONCE_MASK;
    *family = (stg_family){
        .mark = MARK_BIT | (daemon ? DAEMON_BIT : 0) |
                ((uint64_t)getpid() & PID_MASK) << (PID_BITS + NONCE_BITS) | nonce,
        .daemon = daemon,
    };
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

void stg_family_join(const stg_family *family)
{
    struct rlimit limit;
    /* A limit that is meant as one stays. */
    if (getrlimit(RLIMIT_RTTIME, &limit) != 0 ||
        (limit.rlim_cur != RLIM_INFINITY && !is_mark((uint64_t)limit.rlim_cur)))
        return;
    limit.rlim_cur = (rlim_t)mark_with_root(family->mark, getpid());
    (void)setrlimit(RLIMIT_RTTIME, &limit);
}

void stg_family_begin(stg_family *family, pid_t root)
{
    family->root = root;
    family->mark = mark_with_root(family->mark, root);
}

/* What of /proc/PID/stat is of interest.  Read by hand: it must work in a signal handler. */
typedef struct process_facts {
    char state; /* 'R', 'S', ..., 'Z' for one that has died but was not reaped; '?': it is there,
                   but that is all that can be learned; 0: it is not there */
    pid_t parent;
    pid_t group;
} process_facts;

/* Writes "/proc/PID/NAME". */
static void proc_path(pid_t pid, const char *name, char path[64])
{
    char digits[16];
    size_t n = 0, at = strlen("/proc/");
    for (unsigned value = (unsigned)pid; value > 0 || n == 0; value /= 10)
        digits[n++] = (char)('0' + value % 10);
    memcpy(path, "/proc/", at);
    while (n > 0)
        path[at++] = digits[--n];
    path[at++] = '/';
    memcpy(path + at, name, strlen(name) + 1);
}

static const char *read_pid(const char *text, pid_t *pid)
{
    *pid = 0;
    while (*text == ' ')
        text++;
    for (; *text >= '0' && *text <= '9'; text++)
        *pid = *pid * 10 + (*text - '0');
    return text;
}

/* Whether /proc is there, and is about the processes that our numbers are of: who was put into a
 * name space of its own may see that of another one.  Needs no descriptor. */
static bool has_proc(void)
{
    char text[16];
    pid_t self = 0;
    const ssize_t length = readlink("/proc/self", text, sizeof text - 1);
    if (length > 0) {
        text[length] = '\0';
        (void)read_pid(text, &self);
    }
    return self == getpid();
}

static size_t read_proc(pid_t pid, const char *name, char *text, size_t size)
{
    char path[64];
    proc_path(pid, name, path);
    const int fd = has_proc() ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return 0;
    const ssize_t length = read(fd, text, size - 1);
    (void)close(fd);
    text[length > 0 ? length : 0] = '\0';
    return length > 0 ? (size_t)length : 0;
}

/* What can be known without /proc, or without a descriptor left to read it. */
static process_facts facts_without_proc(pid_t pid)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid)
        return (process_facts){.state = 'Z', .parent = getpid()};
    return (process_facts){.state = kill(pid, 0) == 0 || errno == EPERM ? '?' : '\0'};
}

static process_facts facts_of(pid_t pid)
{
    char text[512];
    process_facts facts = {0};
    /* "PID (NAME) STATE PARENT GROUP ...", and the name may hold anything. */
    const char *end = read_proc(pid, "stat", text, sizeof text) > 0 ? strrchr(text, ')') : NULL;
    if (end == NULL || end[1] != ' ')
        return facts_without_proc(pid);
    facts.state = end[2];
    (void)read_pid(read_pid(end + 3, &facts.parent), &facts.group);
    return facts;
}

/* The soft limit that /proc/PID/limits gives, which is for everybody to read; 0: it does not. */
static uint64_t public_limit_of(pid_t pid)
{
    static const char name[] = "Max realtime timeout";
    char text[2048];
    const char *at = read_proc(pid, "limits", text, sizeof text) > 0 ? strstr(text, name) : NULL;
    if (at == NULL)
        return 0;
    uint64_t limit = 0;
    for (at += strlen(name); *at == ' ';)
        at++;
    for (; *at >= '0' && *at <= '9'; at++)
        limit = limit * 10 + (uint64_t)(*at - '0');
    return limit;
}

/* The mark of a process; 0: none.  That of a program which changed its user may be kept from us,
 * even if we are root in a container; where /proc does not tell either, it is that of its parent.
 */
static uint64_t mark_of(pid_t pid)
{
    for (int i = 0; i < GENERATIONS && pid > 1; i++) {
        struct rlimit limit;
        if (prlimit(pid, RLIMIT_RTTIME, NULL, &limit) == 0)
            return is_mark((uint64_t)limit.rlim_cur) ? (uint64_t)limit.rlim_cur : 0;
        if (errno != EPERM)
            return 0;
        const uint64_t public_limit = public_limit_of(pid);
        if (is_mark(public_limit))
            return public_limit;
        pid = facts_of(pid).parent;
    }
    return 0;
}

/* Which processes are looked for. */
typedef struct search {
    uint64_t mark; /* of the family; 0: every family of this process that is no daemon */
    pid_t script;  /* this process */
    uint64_t own;  /* its own mark, if a script started it: its other children have that, too */
    int signal;
    pid_t spare_group;
    stg_ended *ended;
    size_t living;
    pid_t root; /* of the family; 0 once it was seen */
} search;

static bool is_wanted(const search *s, pid_t pid, uint64_t mark)
{
    for (int i = 0; i < GENERATIONS && mark != 0; i++) {
        if (s->mark != 0 ? mark == s->mark : script_of(mark) == s->script)
            return s->mark != 0 || (mark & DAEMON_BIT) == 0;
        /* Started by a command that is a script itself, whose own mark says more, or said more:
         * when such a script died, what it left became ours. */
        const pid_t inner = script_of(mark);
        if (inner != s->script && kill(inner, 0) != 0 && errno == ESRCH)
            return s->mark == 0 && facts_of(pid).parent == s->script;
        mark = mark_of(inner);
        pid = inner;
    }
    return false;
}

static char *name_of(pid_t pid)
{
    /* Long enough that who masks secrets in it, and cuts it then, sees all of them. */
    static const size_t longest = 32768;
    char *text = malloc(longest);
    if (text == NULL)
        return NULL;
    size_t length = read_proc(pid, "cmdline", text, longest);
    while (length > 0 && text[length - 1] == '\0')
        length--;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0')
            text[i] = ' ';
    }
    text[length] = '\0';
    if (length == 0) {
        length = read_proc(pid, "comm", text, longest);
        text[length > 0 ? length - 1 : 0] = '\0';
    }
    char *name = strdup(length > 0 ? text : "?");
    free(text);
    return name;
}

/* By a descriptor, so that a process with the same id that has just begun is not hit instead. */
static void send_signal(pid_t pid, uint64_t mark, int signal)
{
    const int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0) {
        if (errno != ESRCH)
            (void)kill(pid, signal);
        return;
    }
    if (mark_of(pid) == mark)
        (void)syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0);
    (void)close(fd);
}

static search search_for(uint64_t mark, int signal, stg_ended *ended)
{
    const pid_t script = getpid();
    return (search){
        .mark = mark, .script = script, .own = mark_of(script), .signal = signal, .ended = ended};
}

/* Whether a process that has died is for us to reap: not if it is a command, whose owner does. */
static bool is_left_behind(const search *s, pid_t pid, uint64_t mark)
{
    return pid != root_of(mark) || script_of(mark) != s->script;
}

static void visit(search *s, pid_t pid)
{
    const uint64_t mark = pid == s->script ? 0 : mark_of(pid);
    if (mark == 0 || mark == s->own)
        return;
    if (pid == s->root)
        s->root = 0;
    const process_facts facts = facts_of(pid);
    if (facts.state == 'Z' && facts.parent == s->script && is_left_behind(s, pid, mark))
        (void)waitpid(pid, NULL, WNOHANG);
    if (facts.state == 'Z' || facts.state == 'X' || facts.state == 0 || !is_wanted(s, pid, mark))
        return;
    s->living++;
    if (s->signal == 0 || (s->spare_group != 0 && facts.group == s->spare_group))
        return;
    if (s->ended != NULL && !stg_ended_note(s->ended, pid, s->signal, name_of))
        return;
    send_signal(pid, mark, s->signal);
    /* A stopped process would not hear of it otherwise. */
    if ((facts.state == 'T' || facts.state == '?') && s->signal != SIGKILL)
        send_signal(pid, mark, SIGCONT);
}

struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

/* Whoever lost its parent became our child, so that without children there is no family left. */
static bool has_children(void)
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

/* All processes that there could be.  Takes half a second where numbers are large. */
static void visit_all_numbers(search *s)
{
    for (pid_t pid = 2; pid < 1 << PID_BITS; pid++)
        visit(s, pid);
}

/* All processes there are.  No opendir: it must work in a signal handler. */
static void visit_all(search *s)
{
    s->living = 0;
    if (!has_children())
        return;
    const int fd = has_proc() ? open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0) {
        visit_all_numbers(s);
        return;
    }
    _Alignas(struct entry) char entries[4096];
    long length;
    while ((length = syscall(SYS_getdents64, fd, entries, sizeof entries)) > 0) {
        for (long at = 0; at < length;) {
            const struct entry *e = (const struct entry *)(const void *)(entries + at);
            pid_t pid;
            if (*read_pid(e->name, &pid) == '\0' && pid > 0)
                visit(s, pid);
            at += e->length;
        }
    }
    (void)close(fd);
}

size_t stg_family_signal(const stg_family *family, int signal, pid_t spare_group, stg_ended *ended)
{
    search s = search_for(family->mark, signal, ended);
    s.spare_group = spare_group;
    s.root = family->root;
    visit_all(&s);
    /* Where marks cannot be set or seen the command itself is still known. */
    if (s.root > 0 && facts_of(s.root).state != 'Z' && kill(s.root, signal) == 0)
        s.living++;
    return s.living;
}

size_t stg_families_signal(int signal, stg_ended *ended)
{
    search s = search_for(0, signal, ended);
    visit_all(&s);
    return s.living;
}

void stg_families_kill_now(void)
{
    /* Twice without finding one: who hands itself on from parent to child may be missed once. */
    search s = search_for(0, SIGKILL, NULL);
    const int64_t until_ns = stg_signals_active_ns() + STG_PATIENCE_NS;
    for (int i = 0, empty = 0; empty < 2 && (i < 3 || stg_signals_active_ns() < until_ns); i++) {
        visit_all(&s);
        empty = s.living == 0 ? empty + 1 : 0;
        if (empty == 0)
            (void)poll(NULL, 0, 1);
    }
}

void stg_families_reap(void)
{
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
            return;
        search s = search_for(0, 0, NULL);
        const uint64_t mark = mark_of(info.si_pid);
        if (mark == 0 || mark == s.own) {
            /* Not ours, but it hides those that are. */
            visit_all(&s);
            return;
        }
        if (!is_left_behind(&s, info.si_pid, mark) || waitpid(info.si_pid, NULL, WNOHANG) <= 0)
            return;
    }
}

bool stg_process_is_dead(pid_t pid)
{
    if (kill(pid, 0) != 0)
        return errno == ESRCH;
    const char state = facts_of(pid).state;
    return state == 'Z' || state == 'X' || state == 0;
}
