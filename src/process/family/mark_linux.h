/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The marks by which families are known on Linux. */
#ifndef STG_PROCESS_FAMILY_MARK_LINUX_H
#define STG_PROCESS_FAMILY_MARK_LINUX_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { STG_MARK_CARRIERS = 2 };

/* What a process carries; 0: nothing. */
typedef struct stg_marks {
    uint64_t own;                      /* of the family that it belongs to most closely */
    uint64_t outer[STG_MARK_CARRIERS]; /* of the outermost families that this one is part of */
} stg_marks;

/* Safe in a signal handler. */
stg_marks stg_marks_of(pid_t pid);
/* The same at the price of two system calls; false: it is not there, or keeps them from us. */
bool stg_marks_read(pid_t pid, stg_marks *marks);

pid_t stg_mark_script(uint64_t mark);
pid_t stg_mark_root(uint64_t mark);
bool stg_mark_is_of_daemon(uint64_t mark);

#endif
