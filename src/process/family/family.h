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

/* A process that has not died so long after SIGKILL, and was seen so often, is in the kernel's
 * hands, or another user's.  On a busy machine a look may take as long as all of that time. */
#define STG_PATIENCE_NS INT64_C(2000000000)
enum { STG_LEAST_LOOKS = 10 };

typedef struct stg_family {
    pid_t root;    /* the command itself, until its owner has reaped it; 0 then */
    uint64_t mark; /* Linux: what all members carry */
    bool daemon;   /* what is left of it may stay */
} stg_family;

/* Whether a command's processes can be found without a process group of their own. */
bool stg_family_needs_group(void);
/* Before the command is started; */
void stg_family_prepare(stg_family *family, bool daemon);
/* in it, before anything that it runs (safe where signal handlers are); */
void stg_family_join(const stg_family *family);
/* and in us, once it was started. */
void stg_family_begin(stg_family *family, pid_t root);

/* In us, for a process that another one has started: joins for it, and begins. */
void stg_family_take_in(stg_family *family, pid_t root);

/* Its owner has reaped the command, or is about to know that another one has. */
void stg_family_end(stg_family *family);

/* Sends a signal to each member that lives.
 *   signal       0: none, only count
 *   spare_group  members of this process group are counted, but not sent anything; 0: none
 *   ended        who is sent something is noted here, and is sent the same but once; NULL: nowhere
 * Returns how many live.  Members that have died and that nobody else waits for are reaped. */
size_t stg_family_signal(const stg_family *family, int signal, pid_t spare_group, stg_ended *ended);
/* The same for all families of this process that are not daemons. */
size_t stg_families_signal(int signal, stg_ended *ended);
/* Kills all of them, and waits a little until they are dead.  Safe in a signal handler. */
void stg_families_kill_now(void);
/* The same for a script that has died, of which this process is the guard; only on Linux. */
void stg_families_kill_of(pid_t script);
/* Whether a member of a family of this process is in a process group.  Safe in a signal
 * handler. */
bool stg_families_have_group(pid_t group);
/* Reaps what commands left behind and has died since.  Cheap when there is nothing. */
void stg_families_reap(void);

/* Whether all that commands leave running can be found: some systems and limits hide it. */
bool stg_families_are_found(void);

/* Whether a process is dead; one that nobody has reaped yet is, as far as the system tells. */
bool stg_process_is_dead(pid_t pid);

#endif
