/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command with all the processes that it started, and those that they started, and so on: found
 * and ended as one.  One file per system does it: tree_linux.c, tree_posix.c. */
#ifndef STG_PROCESS_FAMILY_FAMILY_H
#define STG_PROCESS_FAMILY_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "process/family/ended.h"

/* A process that survives SIGKILL for this long, in this many searches, is stuck in the kernel or
 * belongs to another user.  On a busy machine one search may take all of that time. */
#define STG_PATIENCE_NS INT64_C(2000000000)
enum { STG_LEAST_LOOKS = 10 };

typedef struct stg_family {
    pid_t root;    /* the command itself, until its owner has reaped it; 0 then */
    uint64_t mark; /* Linux: the mark of all members */
    bool daemon;   /* its remaining processes may stay */
} stg_family;

/* Whether a command's processes can be found without their own process group. */
bool stg_family_needs_group(void);
/* To call before the command starts, */
void stg_family_prepare(stg_family *family, bool daemon);
/* in the child, before it executes the program (async-signal-safe), */
void stg_family_join(const stg_family *family);
/* and in our process, once it has started. */
void stg_family_begin(stg_family *family, pid_t root);

/* In our process, for a process that another one has started: joins for it, and begins. */
void stg_family_take_in(stg_family *family, pid_t root);

/* The command's owner has reaped it, or is about to learn that somebody else has. */
void stg_family_end(stg_family *family);

/* Sends a signal to each member that lives.
 *   signal       0: none, only count
 *   spare_group  members of this process group are counted, but not sent anything; 0: none
 *   ended        records whom it signals, each signal once per process; NULL: not recorded
 * Returns how many live.  Reaps dead members that nobody else waits for.
 */
size_t stg_family_signal(const stg_family *family, int signal, pid_t spare_group, stg_ended *ended);
/* The same for all families of this process except daemons. */
size_t stg_families_signal(int signal, stg_ended *ended);
/* Kills all of them and waits briefly until they are dead.  Safe in a signal handler. */
void stg_families_kill_now(void);
/* The same for a dead script, called by its guard; only on Linux. */
void stg_families_kill_of(pid_t script);
/* Whether a member of a family of this process is in a process group.  Safe in a signal
 * handler. */
bool stg_families_have_group(pid_t group);
/* Reaps dead processes that commands left behind.  Cheap if there are none. */
void stg_families_reap(void);

/* Whether a process is dead, reaped or not, as far as the system says. */
bool stg_process_is_dead(pid_t pid);

#endif
