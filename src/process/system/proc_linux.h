/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What Linux knows about a process.  Everything but stg_proc_name is safe in a signal handler. */
#ifndef STG_PROCESS_SYSTEM_PROC_LINUX_H
#define STG_PROCESS_SYSTEM_PROC_LINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The fields of /proc/PID/stat that we use. */
typedef struct stg_proc_facts {
    /* 'R', 'S', ..., 'Z' for a dead process that was not reaped (but not, as in Linux, for one
     * whose first thread has ended while others run); '?': it exists, and nothing more is known; 0:
     * it does not exist */
    char state;
    pid_t parent;
    pid_t group;
} stg_proc_facts;

stg_proc_facts stg_proc_facts_of(pid_t pid);
/* Whether the process is dead, reaped or not. */
bool stg_proc_is_over(const stg_proc_facts *facts);

/* Lists the children of a process that has one thread, dead ones too.
 *   children  how many fit: `most`
 * Returns how many there are; negative: that is not known. */
int stg_proc_children(pid_t pid, pid_t *children, int most);

/* Opens /proc; -1: it does not show our PID name space, or no descriptor is left. */
int stg_proc_open(void);
/* Reads a file of a process ("limits").  Returns its length, 0 if it cannot be read; `text` ends
 * with a NUL. */
size_t stg_proc_read(pid_t pid, const char *name, char *text, size_t size);
/* Reads a decimal number.  Returns where it ends. */
const char *stg_proc_read_number(const char *text, unsigned long long *number);
/* The command line, truncated if very long; the caller frees it.  NULL: out of memory. */
char *stg_proc_name(pid_t pid);

/* The highest number that a process can have.  If the system does not say, a bound that holds
 * unless the numbers have wrapped around while we ran. */
pid_t stg_proc_highest(void);
/* Reads that bound while a descriptor is left. */
void stg_proc_learn_highest(void);
/* The number assigned last; 0: the system does not say. */
pid_t stg_proc_newest(void);

#endif
