/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What Linux tells of a process.  Everything but stg_proc_name is safe in a signal handler. */
#ifndef STG_PROCESS_SYSTEM_PROC_LINUX_H
#define STG_PROCESS_SYSTEM_PROC_LINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What of /proc/PID/stat is of interest. */
typedef struct stg_proc_facts {
    /* 'R', 'S', ..., 'Z' for one that has died but was not reaped (not for one whose first thread
     * has ended and others go on, which Linux shows as 'Z', too); '?': it is there, but that is all
     * that can be learned; 0: it is not there */
    char state;
    pid_t parent;
    pid_t group;
} stg_proc_facts;

stg_proc_facts stg_proc_facts_of(pid_t pid);
/* Whether that process has died, reaped or not. */
bool stg_proc_is_over(const stg_proc_facts *facts);

/* Opens the folder of all processes; -1: there is none that is about the processes which our
 * numbers are of, or no descriptor. */
int stg_proc_open(void);
/* Reads a file of a process ("limits").  Returns its length, 0 when that is not possible; `text`
 * ends with a NUL. */
size_t stg_proc_read(pid_t pid, const char *name, char *text, size_t size);
/* Reads a decimal number.  Returns where it ends. */
const char *stg_proc_read_number(const char *text, unsigned long long *number);
/* The command line, cut if very long; to be released with free().  NULL: out of memory. */
char *stg_proc_name(pid_t pid);

/* The highest number that a process can have.  Where the system does not tell, a bound that holds
 * unless the numbers have all been used once while we ran. */
pid_t stg_proc_highest(void);
/* Reads that bound while there is a descriptor for it. */
void stg_proc_learn_highest(void);
/* The number that was given out last; 0: the system does not tell. */
pid_t stg_proc_newest(void);

#endif
