/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families of processes on Linux: finding their members and ending them.
 *
 * A family is known by its mark (mark_linux.c) or, where marks are impossible, by descent from its
 * command.  As a subreaper, this process adopts orphans, so every member of a family descends from
 * it, and it can wait for the whole family.
 *
 * Children that the author's own code started carry no mark: they are neither signalled nor reaped.
 */
#include "process/family/family.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/family/mark_linux.h"
#include "process/family/unmarked.h"
#include "process/framework.h"
#include "process/system/active_time.h"
#include "process/system/proc_linux.h"

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

/* How many levels of scripts in scripts are searched. */
enum { GENERATIONS = 16 };
/* How many generations of processes are searched without marks. */
enum { ANCESTORS = 64 };
/* How many numbers after a dead process its successor is searched for. */
enum { CHASE = 64, LONGEST_CHASE = 4096 };
/* Where Linux continues once all numbers were used. */
enum { LOWEST_NEW_NUMBER = 300 };
/* How many members are remembered without marks; bounded, because this runs in a signal handler. */
enum { MOST_NOTED = 512 };
/* How often to search again at once if a process died during the search. */
enum { LOOKS = 3, KILLING_LOOKS = 50 };

/* Which processes are wanted. */
typedef struct search {
    uint64_t mark; /* of the family; 0: every family of the script that is no daemon */
    pid_t script;  /* this process, or the one that the guard belongs to */
    uint64_t own;  /* its own mark, if a script started it; its other children inherit that */
    pid_t command; /* the family's command, until its owner has reaped it; 0: unknown */
    int signal;
    pid_t spare_group;
    pid_t only_group; /* 0: all */
    stg_ended *ended;
    bool by_descent; /* there are families without a mark */
    bool notes_only; /* who descends from whom, recorded before a kill destroys it */
    pid_t noted[MOST_NOTED];
    size_t noted_count;
    size_t living;
    size_t died;            /* of those that nobody else waits for, during the search */
    uint64_t dead_commands; /* the sum of the numbers of those that are not reaped yet */
    pid_t root;             /* of the family; 0 once found */
} search;

static bool is_gone(pid_t pid)
{
    return kill(pid, 0) != 0 && errno == ESRCH;
}

static bool was_noted(const search *s, pid_t pid)
{
    for (size_t i = 0; i < s->noted_count; i++) {
        if (s->noted[i] == pid)
            return true;
    }
    return false;
}

static void note(search *s, pid_t pid)
{
    if (s->noted_count < MOST_NOTED && !was_noted(s, pid))
        s->noted[s->noted_count++] = pid;
}

/* Whether it was in the family in the previous search. */
static bool was_seen(const search *s, pid_t pid)
{
    return was_noted(s, pid) || (s->ended != NULL && stg_ended_has(s->ended, pid));
}

/* ---- By descent ---- */

static bool has_unmarked_roots(void)
{
    size_t count;
    const atomic_int *roots = stg_unmarked_places(&count);
    for (size_t i = 0; i < count; i++) {
        if (atomic_load(&roots[i]) != 0)
            return true;
    }
    return false;
}

/* Whether a process descends from a wanted one, or from one found in the family.
 *   from_script   from any process of the script */
static bool descends(const search *s, pid_t pid, bool from_script)
{
    for (int i = 0; i < ANCESTORS && pid > 1; i++) {
        if (pid == s->script)
            return from_script && i > 0;
        if ((s->mark != 0 ? pid == s->command : stg_unmarked_has(pid)) || was_seen(s, pid))
            return true;
        pid = stg_proc_facts_of(pid).parent;
    }
    return false;
}

/* ---- By marks ---- */

typedef enum verdict { UNKNOWN, NO, YES } verdict;

static verdict judge(const search *s, uint64_t mark)
{
    if (mark == 0 || stg_mark_script(mark) != s->script)
        return UNKNOWN;
    return (s->mark != 0 ? mark == s->mark : !stg_mark_is_of_daemon(mark)) ? YES : NO;
}

/* For a process started by a dead script that was itself our command: what it left behind became
 * ours. */
static bool is_wanted_orphan(const search *s, pid_t pid, pid_t dead_script)
{
    return was_seen(s, dead_script) || descends(s, pid, s->mark == 0);
}

static bool is_wanted_by_mark(const search *s, pid_t pid, const stg_marks *marks)
{
    /* Also where it began within another family of this script, whose outer mark it has. */
    if (s->mark != 0 && marks->own == s->mark)
        return true;
    for (int i = 0; i < STG_MARK_CARRIERS; i++) {
        const verdict outer = judge(s, marks->outer[i]);
        if (outer != UNKNOWN)
            return outer == YES;
    }
    uint64_t mark = marks->own;
    for (int i = 0; i < GENERATIONS && mark != 0; i++) {
        const verdict told = judge(s, mark);
        if (told != UNKNOWN)
            return told == YES;
        /* Started by a command that is itself a script, whose own mark is, or was, more specific.
         */
        const pid_t inner = stg_mark_script(mark);
        if (is_gone(inner))
            return is_wanted_orphan(s, pid, inner);
        mark = stg_marks_of(inner).own;
    }
    return false;
}

/* ---- Looking ---- */

/* Through a descriptor, so that a new process with the same id is not hit instead. */
static void send_signal(pid_t pid, uint64_t mark, int signal)
{
    const int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0) {
        if (errno != ESRCH)
            (void)kill(pid, signal);
        return;
    }
    if (stg_marks_of(pid).own == mark)
        (void)syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0);
    (void)close(fd);
}

static search search_for(uint64_t mark, int signal, stg_ended *ended)
{
    const pid_t script = getpid();
    return (search){.mark = mark,
                    .script = script,
                    .own = stg_marks_of(script).own,
                    .signal = signal,
                    .ended = ended,
                    .by_descent = has_unmarked_roots()};
}

/* Whether a dead process is ours to reap; a command's owner reaps the command. */
static bool is_left_behind(const search *s, pid_t pid, uint64_t mark)
{
    return pid != stg_mark_root(mark) || stg_mark_script(mark) != s->script;
}

/* Whether it can be wanted: not our process, nor what we started besides commands. */
static bool is_candidate(const search *s, pid_t pid, const stg_marks *marks)
{
    return pid != s->script && pid != getpid() &&
           (marks->own == 0 ? s->by_descent : marks->own != s->own);
}

static bool is_wanted(const search *s, pid_t pid, const stg_marks *marks)
{
    return marks->own == 0 ? descends(s, pid, false) : is_wanted_by_mark(s, pid, marks);
}

/* What happened to a number that was tried. */
typedef enum trace { NOBODY, DEAD, HIT } trace;

/* Reaps or kills a wanted process after reading only its mark; one whose mark we may not read, we
 * may not kill either. */
static trace strike(search *s, pid_t pid)
{
    stg_marks marks;
    if (!stg_marks_read(pid, &marks) || marks.own == 0 || !is_candidate(s, pid, &marks) ||
        !is_wanted(s, pid, &marks))
        return NOBODY;
    if (is_left_behind(s, pid, marks.own) && waitpid(pid, NULL, WNOHANG) > 0)
        return DEAD;
    /* Its number is too new to have been reused. */
    (void)kill(pid, SIGKILL);
    if (s->ended != NULL)
        (void)stg_ended_note(s->ended, pid, SIGKILL, stg_proc_name);
    return HIT;
}

/* Where to pick up the trail of a dead process: just after the newest number, if known.  With many
 * other new processes, or many dead generations, a search from the start would be slower than the
 * trail grows. */
static pid_t head_of_trail(pid_t dead)
{
    const pid_t newest = stg_proc_newest();
    if (newest == 0 || (newest >= dead && newest - dead <= CHASE))
        return dead;
    return newest > CHASE ? newest - CHASE : 1;
}

/* A process that keeps forking and exiting dies before it can be killed; its child has one of the
 * next numbers and is as short-lived.  So we follow the trail of the dead. */
static void chase(search *s, pid_t pid)
{
    const pid_t highest = stg_proc_highest();
    pid = head_of_trail(pid);
    for (int tried = 0, total = 0; tried < CHASE && total < LONGEST_CHASE; tried++, total++) {
        pid = pid < highest ? pid + 1 : LOWEST_NEW_NUMBER;
        const trace found = strike(s, pid);
        s->died += found == DEAD;
        if (found != NOBODY)
            tried = 0;
    }
}

static void bury(search *s, pid_t pid, uint64_t mark)
{
    if (waitpid(pid, NULL, WNOHANG) <= 0 || judge(s, mark) == NO)
        return;
    s->died++;
    if (s->signal == SIGKILL)
        chase(s, pid);
}

static void visit(search *s, pid_t pid)
{
    const stg_marks marks = stg_marks_of(pid);
    if (!is_candidate(s, pid, &marks))
        return;
    if (pid == s->root)
        s->root = 0;
    const stg_proc_facts facts = stg_proc_facts_of(pid);
    if (facts.state == 'Z' && facts.parent == getpid() && marks.own != 0) {
        if (is_left_behind(s, pid, marks.own))
            bury(s, pid, marks.own);
        else
            s->dead_commands += (uint64_t)pid;
    }
    if (stg_proc_is_over(&facts) || !is_wanted(s, pid, &marks))
        return;
    if (s->notes_only) {
        note(s, pid);
        return;
    }
    if (s->only_group != 0 && facts.group != s->only_group)
        return;
    s->living++;
    if (s->signal == 0 || (s->spare_group != 0 && facts.group == s->spare_group))
        return;
    if (s->ended != NULL && !stg_ended_note(s->ended, pid, s->signal, stg_proc_name))
        return;
    send_signal(pid, marks.own, s->signal);
    /* A stopped process would not get the signal otherwise. */
    if ((facts.state == 'T' || facts.state == '?') && s->signal != SIGKILL)
        send_signal(pid, marks.own, SIGCONT);
}

struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

/* Orphans become our children: without children there is no family left. */
static bool has_children(void)
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

/* Whether none of our children can be wanted, nor has any children: a shell that waits for us, say.
 * While they stay the same, nobody else is below us: who loses its parent becomes our child. */
static bool has_strangers_alone(const search *s)
{
    enum { FEW = 4 };
    pid_t before[FEW], after[FEW], none[1];
    const int count = stg_proc_children(getpid(), before, FEW);
    for (int i = 0; i < count; i++) {
        const stg_marks marks = stg_marks_of(before[i]);
        if (is_candidate(s, before[i], &marks) || stg_proc_children(before[i], none, 0) != 0)
            return false;
    }
    return count > 0 && stg_proc_children(getpid(), after, FEW) == count &&
           memcmp(before, after, (size_t)count * sizeof *before) == 0;
}

static void visit_all_numbers(search *s)
{
    const pid_t highest = stg_proc_highest();
    for (pid_t pid = 2; pid <= highest; pid++)
        visit(s, pid);
}

/* All processes there are.  No opendir: it must work in a signal handler. */
static void visit_all(search *s)
{
    if (s->script == getpid() && (!has_children() || has_strangers_alone(s)))
        return;
    const int fd = stg_proc_open();
    if (fd < 0) {
        visit_all_numbers(s);
        return;
    }
    _Alignas(struct entry) char entries[4096];
    long length;
    while ((length = syscall(SYS_getdents64, fd, entries, sizeof entries)) > 0) {
        for (long at = 0; at < length;) {
            const struct entry *e = (const struct entry *)(const void *)(entries + at);
            unsigned long long pid;
            if (*stg_proc_read_number(e->name, &pid) == '\0' && pid > 0)
                visit(s, (pid_t)pid);
            at += e->length;
        }
    }
    (void)close(fd);
}

static void signal_noted(const search *s, int signal)
{
    for (size_t i = 0; i < s->noted_count; i++)
        send_signal(s->noted[i], 0, signal);
}

/* Records who descends from whom.  Wanted processes are stopped first: otherwise one could start
 * another meanwhile, whose descent would be lost with it. */
static void note_all(search *s)
{
    s->notes_only = true;
    visit_all(s);
    const bool is_first = s->ended != NULL && s->ended->count == 0;
    if (s->signal == SIGKILL || (s->signal != 0 && is_first)) {
        signal_noted(s, SIGSTOP);
        visit_all(s);
    }
    s->notes_only = false;
}

/* Searches until a member lives or nobody died during the search: a process that keeps forking and
 * exiting is never seen alive, but leaves us a dead parent each time.  Only a search during which
 * nothing happened shows that nobody is left.  A dead command counts the first time: it may have
 * died after the listing, which then misses its child. */
static void look(search *s)
{
    const int most = s->signal == SIGKILL ? KILLING_LOOKS : LOOKS;
    uint64_t dead_before = 0;
    for (int i = 0; i < most; i++) {
        s->living = s->died = 0;
        s->dead_commands = 0;
        if (s->by_descent)
            note_all(s);
        if (i > 0 && s->signal == SIGKILL)
            chase(s, stg_proc_newest());
        visit_all(s);
        if (s->signal != 0 && s->signal != SIGKILL)
            signal_noted(s, SIGCONT);
        if (s->living > 0 || (s->died == 0 && s->dead_commands == dead_before))
            return;
        dead_before = s->dead_commands;
    }
    s->living = s->died > 0 ? s->died : 1;
}

size_t stg_family_signal(const stg_family *family, int signal, pid_t spare_group, stg_ended *ended)
{
    search s = search_for(family->mark, signal, ended);
    s.spare_group = spare_group;
    s.root = s.command = family->root;
    s.by_descent = s.by_descent || !stg_families_are_found();
    look(&s);
    /* Without marks, the command itself is still known. */
    if (s.root > 0 && stg_proc_facts_of(s.root).state != 'Z' && kill(s.root, signal) == 0)
        s.living++;
    return s.living;
}

size_t stg_families_signal(int signal, stg_ended *ended)
{
    search s = search_for(0, signal, ended);
    look(&s);
    return s.living;
}

static void kill_now(search *s)
{
    const int64_t until_ns = stg_active_ns() + STG_PATIENCE_NS;
    for (int looks = 0; looks < STG_LEAST_LOOKS || stg_active_ns() < until_ns; looks++) {
        look(s);
        if (s->living == 0)
            return;
        (void)poll(NULL, 0, 1);
    }
}

void stg_families_kill_now(void)
{
    search s = search_for(0, SIGKILL, NULL);
    kill_now(&s);
}

void stg_families_kill_of(pid_t script)
{
    search s = search_for(0, SIGKILL, NULL);
    s.script = script;
    kill_now(&s);
}

bool stg_families_have_group(pid_t group)
{
    search s = search_for(0, 0, NULL);
    s.only_group = group;
    look(&s);
    return s.living > 0;
}

void stg_families_reap(void)
{
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
            return;
        search s = search_for(0, 0, NULL);
        const uint64_t mark = stg_marks_of(info.si_pid).own;
        if (mark == 0 || mark == s.own) {
            /* Not ours, but it hides ours. */
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
    const stg_proc_facts facts = stg_proc_facts_of(pid);
    return stg_proc_is_over(&facts);
}
