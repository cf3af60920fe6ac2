/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families of processes on systems with nothing better than process groups: a family is whatever
 * stayed in its command's group.  If the command shares our group, the family is the command alone.
 */
#include "process/family/family.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process/family/unmarked.h"
#include "process/framework.h"
#include "process/system/active_time.h"

/* A family's mark here: the group's id, or the command's id with this bit. */
#define ALONE_BIT (UINT64_C(1) << 32)

bool stg_family_needs_group(void)
{
    return true;
}

void stg_family_prepare(stg_family *family, bool daemon)
{
    *family = (stg_family){.daemon = daemon};
}

void stg_family_join(const stg_family *family)
{
    (void)family;
}

void stg_family_take_in(stg_family *family, pid_t root)
{
    stg_family_begin(family, root);
}

/* A target of kill(): a process, or a group if negative.  0: none. */
static int target_of(const stg_family *family)
{
    const int id = (int)(family->mark & ~ALONE_BIT);
    if ((family->mark & ALONE_BIT) == 0)
        return -id;
    /* The id of a reaped process may have been reused. */
    return family->root > 0 ? id : 0;
}

static bool is_living(int target)
{
    return target != 0 && (kill(target, 0) == 0 || errno == EPERM);
}

void stg_family_begin(stg_family *family, pid_t root)
{
    family->root = root;
    family->mark = (uint64_t)root | (getpgid(root) == root ? 0 : ALONE_BIT);
    if (family->daemon || (family->mark & ALONE_BIT) != 0)
        return;
    size_t count;
    atomic_int *groups = stg_unmarked_places(&count);
    for (size_t i = 0; i < count; i++) {
        int old = atomic_load(&groups[i]);
        if ((old == 0 || !is_living(-old)) &&
            atomic_compare_exchange_strong(&groups[i], &old, (int)root))
            return;
    }
}

void stg_family_end(stg_family *family)
{
    family->root = 0;
}

bool stg_families_are_found(void)
{
    return true;
}

static char *name_of(pid_t pid)
{
    char text[40];
    (void)snprintf(text, sizeof text, "process group %d", (int)pid);
    return strdup(text);
}

static size_t signal_one(int target, int signal, stg_ended *ended)
{
    if (!is_living(target))
        return 0;
    if (signal == 0 || (ended != NULL && !stg_ended_note(ended, abs(target), signal, name_of)))
        return 1;
    (void)kill(target, signal);
    /* A stopped process would not get the signal otherwise. */
    if (signal != SIGKILL)
        (void)kill(target, SIGCONT);
    return 1;
}

size_t stg_family_signal(const stg_family *family, int signal, pid_t spare_group, stg_ended *ended)
{
    const bool is_spared = spare_group != 0 && (family->mark & ALONE_BIT) != 0;
    return signal_one(target_of(family), is_spared ? 0 : signal, ended);
}

size_t stg_families_signal(int signal, stg_ended *ended)
{
    size_t count, living = 0;
    atomic_int *groups = stg_unmarked_places(&count);
    for (size_t i = 0; i < count; i++)
        living += signal_one(-atomic_load(&groups[i]), signal, ended);
    return living;
}

void stg_families_kill_now(void)
{
    const int64_t until_ns = stg_active_ns() + STG_PATIENCE_NS;
    while (stg_families_signal(SIGKILL, NULL) > 0 && stg_active_ns() < until_ns)
        (void)poll(NULL, 0, 1);
}

bool stg_families_have_group(pid_t group)
{
    return stg_unmarked_has(group);
}

void stg_families_reap(void)
{
    /* Orphans become init's children here.  But an empty group is forgotten before its number is
     * reused. */
    size_t count;
    atomic_int *groups = stg_unmarked_places(&count);
    for (size_t i = 0; i < count; i++) {
        int group = atomic_load(&groups[i]);
        if (group != 0 && !is_living(-group))
            (void)atomic_compare_exchange_strong(&groups[i], &group, 0);
    }
}

/* No guard: it would not know the groups that were created after it. */
bool stg_guard_start(stg_guard *guard)
{
    *guard = (stg_guard){.channel = -1};
    return false;
}

void stg_guard_dismiss(stg_guard *guard)
{
    (void)guard;
}

bool stg_process_is_dead(pid_t pid)
{
    return kill(pid, 0) != 0 && errno == ESRCH;
}
