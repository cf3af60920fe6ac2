/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The marks that identify families on Linux.
 *
 * A process can leave its process group and session, and its ancestry is lost when its parent dies;
 * but it cannot shed its resource limits by accident.  Two of them carry marks: RLIMIT_LOCKS, which
 * limits nothing any more since Linux 2.4, and RLIMIT_RTTIME (CPU time of real-time processes, in
 * microseconds), with values too high to limit anything.  If one of them is a real limit, it stays,
 * and the other carries the mark.
 *
 * The soft limits hold the mark of the innermost family.  A script that is itself a command
 * overwrites them for its own families, and may die before they do.  So the outermost two scripts
 * also leave their marks in the hard limits, which nobody overwrites. */
#include "process/family/mark_linux.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "base/system/resource.h"
#include "process/family/family.h"
#include "process/family/unmarked.h"
#include "process/framework.h"
#include "process/system/proc_linux.h"

/* How many ancestors to try when a process's marks cannot be read. */
enum { GENERATIONS = 16 };

/* A mark, from its highest bit: 01, whether the family is a daemon, the process id of the script,
 * that of the command (22 bits each, as long as Linux has them), and 17 bits that tell families
 * apart whose process ids were reused.  In a hard limit it begins with 10, and so is never below
 * the soft one. */
#define MARK_BIT (UINT64_C(1) << 62)
#define DAEMON_BIT (UINT64_C(1) << 61)
#define FORM_BITS (UINT64_C(3) << 62)
enum { PID_BITS = 22, NONCE_BITS = 17 };
#define PID_MASK ((UINT64_C(1) << PID_BITS) - 1)
#define NONCE_MASK ((UINT64_C(1) << NONCE_BITS) - 1)

typedef struct carrier {
    stg_resource resource;
    const char *name; /* in /proc/PID/limits */
} carrier;

static const carrier carriers[STG_MARK_CARRIERS] = {
    {RLIMIT_LOCKS, "Max file locks"},
    {RLIMIT_RTTIME, "Max realtime timeout"},
};

static bool is_mark(uint64_t soft)
{
    return soft >> 62 == 1;
}

static bool is_outer_mark(uint64_t hard)
{
    return hard >> 62 == 2;
}

/* Converts between the forms of soft and hard limits. */
static uint64_t in_other_form(uint64_t mark)
{
    return mark ^ FORM_BITS;
}

pid_t stg_mark_script(uint64_t mark)
{
    return (pid_t)(mark >> (PID_BITS + NONCE_BITS) & PID_MASK);
}

pid_t stg_mark_root(uint64_t mark)
{
    return (pid_t)(mark >> NONCE_BITS & PID_MASK);
}

bool stg_mark_is_of_daemon(uint64_t mark)
{
    return (mark & DAEMON_BIT) != 0;
}

static uint64_t mark_with_root(uint64_t mark, pid_t root)
{
    return (mark & ~(PID_MASK << NONCE_BITS)) | ((uint64_t)root & PID_MASK) << NONCE_BITS;
}

/* ---- Giving them ---- */

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
    stg_proc_learn_highest();
}

/* A real limit stays. */
static bool can_carry(const struct rlimit *limit)
{
    return limit->rlim_cur == RLIM_INFINITY || is_mark((uint64_t)limit->rlim_cur);
}

bool stg_families_are_found(void)
{
    struct rlimit limit;
    for (int i = 0; i < STG_MARK_CARRIERS; i++) {
        if (getrlimit(carriers[i].resource, &limit) == 0 && can_carry(&limit))
            return true;
    }
    return false;
}

/* `pid` 0: the calling process. */
static void give_mark(pid_t pid, uint64_t mark)
{
    bool is_kept = false; /* in a hard limit */
    for (int i = 0; i < STG_MARK_CARRIERS; i++) {
        struct rlimit limit;
        if (prlimit(pid, carriers[i].resource, NULL, &limit) != 0 || !can_carry(&limit))
            continue;
        limit.rlim_cur = (rlim_t)mark;
        if (!is_kept && limit.rlim_max == RLIM_INFINITY) {
            limit.rlim_max = (rlim_t)in_other_form(mark);
            is_kept = true;
        }
        (void)prlimit(pid, carriers[i].resource, &limit, NULL);
    }
}

void stg_family_join(const stg_family *family)
{
    give_mark(0, mark_with_root(family->mark, getpid()));
}

void stg_family_take_in(stg_family *family, pid_t root)
{
    give_mark(root, mark_with_root(family->mark, root));
    stg_family_begin(family, root);
}

void stg_family_begin(stg_family *family, pid_t root)
{
    family->root = root;
    family->mark = mark_with_root(family->mark, root);
    if (family->daemon || stg_marks_of(root).own == family->mark)
        return;
    /* Without a mark, a family is known by its root while that lives. */
    size_t count;
    atomic_int *roots = stg_unmarked_places(&count);
    for (size_t i = 0; i < count; i++) {
        int none = 0;
        if (atomic_compare_exchange_strong(&roots[i], &none, (int)root))
            return;
    }
}

void stg_family_end(stg_family *family)
{
    size_t count;
    atomic_int *roots = stg_unmarked_places(&count);
    for (size_t i = 0; i < count; i++) {
        int root = (int)family->root;
        (void)atomic_compare_exchange_strong(&roots[i], &root, 0);
    }
    family->root = 0;
}

/* ---- Reading them ---- */

static void take(stg_marks *marks, int number, uint64_t soft, uint64_t hard)
{
    if (marks->own == 0 && is_mark(soft))
        marks->own = soft;
    if (is_outer_mark(hard))
        marks->outer[number] = in_other_form(hard);
}

/* From /proc/PID/limits, which everybody can read unless /proc hides processes. */
static bool read_public_marks(pid_t pid, stg_marks *marks)
{
    char text[2048];
    *marks = (stg_marks){0};
    if (stg_proc_read(pid, "limits", text, sizeof text) == 0)
        return false;
    for (int i = 0; i < STG_MARK_CARRIERS; i++) {
        const char *at = strstr(text, carriers[i].name);
        unsigned long long soft, hard;
        if (at == NULL)
            continue;
        at = stg_proc_read_number(at + strlen(carriers[i].name), &soft);
        (void)stg_proc_read_number(at, &hard);
        take(marks, i, soft, hard);
    }
    return true;
}

/* Returns an errno. */
static int read_marks(pid_t pid, stg_marks *marks)
{
    *marks = (stg_marks){0};
    for (int i = 0; i < STG_MARK_CARRIERS; i++) {
        struct rlimit limit;
        if (prlimit(pid, carriers[i].resource, NULL, &limit) != 0)
            return errno;
        take(marks, i, (uint64_t)limit.rlim_cur, (uint64_t)limit.rlim_max);
    }
    return 0;
}

/* We may not be allowed to read the marks of a program that changed its user, even as root in a
 * container.  If /proc does not show them either, take its parent's. */
stg_marks stg_marks_of(pid_t pid)
{
    stg_marks marks = {0};
    for (int i = 0; i < GENERATIONS && pid > 1; i++) {
        if (read_marks(pid, &marks) != EPERM || read_public_marks(pid, &marks))
            return marks;
        pid = stg_proc_facts_of(pid).parent;
    }
    return (stg_marks){0};
}

bool stg_marks_read(pid_t pid, stg_marks *marks)
{
    return read_marks(pid, marks) == 0;
}
