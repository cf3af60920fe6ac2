/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The marks that identify families on Linux. */
#ifndef STG_PROCESS_FAMILY_MARK_LINUX_H
#define STG_PROCESS_FAMILY_MARK_LINUX_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { STG_MARK_CARRIERS = 2 };

/* A process's marks; 0: none. */
typedef struct stg_marks {
    uint64_t own;                      /* of the innermost family */
    uint64_t outer[STG_MARK_CARRIERS]; /* of the outermost families around it */
} stg_marks;

/* Safe in a signal handler. */
stg_marks stg_marks_of(pid_t pid);
/* The same with just two system calls; false: it does not exist, or we may not read them. */
bool stg_marks_read(pid_t pid, stg_marks *marks);

pid_t stg_mark_script(uint64_t mark);
pid_t stg_mark_root(uint64_t mark);
bool stg_mark_is_of_daemon(uint64_t mark);

#endif
