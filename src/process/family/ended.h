/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The list of processes that had to be ended. */
#ifndef STG_PROCESS_FAMILY_ENDED_H
#define STG_PROCESS_FAMILY_ENDED_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <staged/process.h>

/* All zero is an empty list.  In the order of process ids. */
typedef struct stg_ended {
    staged_ended_process **items;
    size_t count;
    size_t capacity;
    bool failed; /* out of memory: the list is incomplete */
} stg_ended;

void stg_ended_free(stg_ended *ended);
/* Records that a process is sent a signal; returns whether that signal is new to it.
 *   name   returns the text to remember it by, which the caller frees; only asked the first
 *          time */
bool stg_ended_note(stg_ended *ended, pid_t pid, int signal, char *(*name)(pid_t pid));
/* Whether a process is in the list.  Safe in a signal handler. */
bool stg_ended_has(const stg_ended *ended, pid_t pid);
/* Marks those that are gone. */
void stg_ended_settle(stg_ended *ended, bool (*is_dead)(pid_t pid));

#endif
