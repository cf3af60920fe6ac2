/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What Linux knows about a process.  Parsed by hand, so that it works in a signal handler. */
#include "process/system/proc_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* No Linux has more, and none has fewer than half of USUAL. */
enum { MOST_NUMBERS = 1 << 22, USUAL_NUMBERS = 1 << 16 };

static atomic_int highest; /* the system's value; 0: not read yet, or not available */

const char *stg_proc_read_number(const char *text, unsigned long long *number)
{
    *number = 0;
    while (*text == ' ')
        text++;
    for (; *text >= '0' && *text <= '9'; text++)
        *number = *number * 10 + (unsigned long long)(*text - '0');
    return text;
}

static const char *read_pid(const char *text, pid_t *pid)
{
    unsigned long long number;
    text = stg_proc_read_number(text, &number);
    *pid = (pid_t)number;
    return text;
}

/* Writes "PREFIX/PID/NAME". */
static void path_of(const char *prefix, pid_t pid, const char *name, char path[64])
{
    char digits[16];
    size_t n = 0, at = strlen(prefix);
    for (unsigned value = (unsigned)pid; value > 0 || n == 0; value /= 10)
        digits[n++] = (char)('0' + value % 10);
    memcpy(path, prefix, at);
    path[at++] = '/';
    while (n > 0)
        path[at++] = digits[--n];
    path[at++] = '/';
    memcpy(path + at, name, strlen(name) + 1);
}

static void proc_path(pid_t pid, const char *name, char path[64])
{
    path_of("/proc", pid, name, path);
}

/* Whether /proc exists and shows our PID name space: a process in a new name space may still see
 * the /proc of the old one.  Needs no descriptor. */
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

int stg_proc_open(void)
{
    return has_proc() ? open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
}

static size_t read_file(const char *path, char *text, size_t size)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    const ssize_t length = read(fd, text, size - 1);
    (void)close(fd);
    text[length > 0 ? length : 0] = '\0';
    return length > 0 ? (size_t)length : 0;
}

size_t stg_proc_read(pid_t pid, const char *name, char *text, size_t size)
{
    char path[64];
    proc_path(pid, name, path);
    return has_proc() ? read_file(path, text, size) : 0;
}

/* What can be learned without /proc, or without a descriptor left to read it. */
static stg_proc_facts facts_without_proc(pid_t pid)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid)
        return (stg_proc_facts){.state = 'Z', .parent = getpid()};
    return (stg_proc_facts){.state = kill(pid, 0) == 0 || errno == EPERM ? '?' : '\0'};
}

/* How many threads a process has; 0: not known.
 *   rest   of its "stat", behind the group */
static unsigned long long count_threads(const char *rest)
{
    enum { FIELDS_BEFORE = 14 };
    unsigned long long count = 0;
    for (int i = 0; i < FIELDS_BEFORE && *rest != '\0'; i++)
        rest += strcspn(rest + 1, " ") + 1;
    return *stg_proc_read_number(rest, &count) == ' ' ? count : 0;
}

stg_proc_facts stg_proc_facts_of(pid_t pid)
{
    char text[512];
    stg_proc_facts facts = {0};
    /* "PID (NAME) STATE PARENT GROUP ...", and the name may hold anything. */
    const char *end = stg_proc_read(pid, "stat", text, sizeof text) > 0 ? strrchr(text, ')') : NULL;
    if (end == NULL || end[1] != ' ')
        return facts_without_proc(pid);
    facts.state = end[2];
    const char *rest = read_pid(read_pid(end + 3, &facts.parent), &facts.group);
    if (facts.state == 'Z' && count_threads(rest) > 1)
        facts.state = 'S';
    return facts;
}

bool stg_proc_is_over(const stg_proc_facts *facts)
{
    return facts->state == 'Z' || facts->state == 'X' || facts->state == 0;
}

/* A folder has a link for itself, its name, and each folder in it. */
static bool has_one_thread(pid_t pid)
{
    enum { LINKS = 3 };
    char path[64];
    struct stat facts;
    proc_path(pid, "task", path);
    return stat(path, &facts) == 0 && facts.st_nlink == LINKS;
}

int stg_proc_children(pid_t pid, pid_t *children, int most)
{
    char folder[64], path[64], text[256];
    proc_path(pid, "task", folder);
    path_of(folder, pid, "children", path);
    const int fd = has_proc() && has_one_thread(pid) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    const ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        (void)close(fd);
    if (length < 0 || (size_t)length == sizeof text - 1)
        return -1;
    text[length] = '\0';
    int count = 0;
    for (const char *at = text; *at >= '0' && *at <= '9'; count++) {
        if (count == most)
            return -1;
        at = read_pid(at, &children[count]);
        at += *at == ' ';
    }
    return count;
}

char *stg_proc_name(pid_t pid)
{
    /* Long enough to mask all secrets in it before it is cut. */
    static const size_t longest = 32768;
    char *text = malloc(longest);
    if (text == NULL)
        return NULL;
    size_t length = stg_proc_read(pid, "cmdline", text, longest);
    while (length > 0 && text[length - 1] == '\0')
        length--;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0')
            text[i] = ' ';
    }
    text[length] = '\0';
    if (length == 0) {
        length = stg_proc_read(pid, "comm", text, longest);
        text[length > 0 ? length - 1 : 0] = '\0';
    }
    char *name = strdup(length > 0 ? text : "?");
    free(text);
    return name;
}

/* ---- The highest number, and the newest ---- */

void stg_proc_learn_highest(void)
{
    char text[32];
    pid_t limit;
    if (atomic_load(&highest) != 0)
        return;
    /* The /proc of another name space describes the same system. */
    if (read_file("/proc/sys/kernel/pid_max", text, sizeof text) > 0 &&
        read_pid(text, &limit) != text)
        atomic_store(&highest, limit);
}

/* Linux assigns numbers in ascending order and then wraps around: a new process has the highest
 * number in use, unless its number is lower than ours. */
static pid_t probe_newest(void)
{
    const pid_t probe = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (probe == 0)
        _exit(0);
    if (probe < 0)
        return MOST_NUMBERS;
    while (waitpid(probe, NULL, 0) < 0 && errno == EINTR)
        ;
    return probe < getpid() ? MOST_NUMBERS : probe;
}

pid_t stg_proc_highest(void)
{
    stg_proc_learn_highest();
    const pid_t told = atomic_load(&highest);
    if (told > 0)
        return told;
    /* Some are started while we look. */
    const pid_t bound = probe_newest() + 1024;
    return bound < USUAL_NUMBERS ? USUAL_NUMBERS : bound > MOST_NUMBERS ? MOST_NUMBERS : bound;
}

pid_t stg_proc_newest(void)
{
    char text[128];
    pid_t newest = 0;
    if (!has_proc() || read_file("/proc/loadavg", text, sizeof text) == 0)
        return 0;
    const char *last = strrchr(text, ' ');
    if (last != NULL)
        (void)read_pid(last, &newest);
    return newest;
}
