/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A list of the processes that had to be ended. */
#ifndef STG_PROCESS_FAMILY_ENDED_H
#define STG_PROCESS_FAMILY_ENDED_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <staged/process.h>

/* All zero is an empty list.  In the order of process ids. */
typedef struct stg_ended {
    staged_ended_process *items;
    size_t count;
    size_t capacity;
    bool failed; /* out of memory: the list is not complete */
} stg_ended;

void stg_ended_free(stg_ended *ended);
/* Notes that a process is sent a signal; returns whether it was not sent that one before.
 *   name   returns the text to remember it by, which the caller frees; only asked the first
 *          time */
bool stg_ended_note(stg_ended *ended, pid_t pid, int signal, char *(*name)(pid_t pid));
/* Whether a process was noted.  Safe in a signal handler. */
bool stg_ended_has(const stg_ended *ended, pid_t pid);
/* Says which are gone. */
void stg_ended_settle(stg_ended *ended, bool (*is_dead)(pid_t pid));

#endif
