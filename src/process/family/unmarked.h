/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The families of this process that are known by no mark: their process groups, or on Linux the
 * commands that they began with.  Held by the process, because a signal handler has to find them;
 * all of this is safe in one. */
#ifndef STG_PROCESS_FAMILY_UNMARKED_H
#define STG_PROCESS_FAMILY_UNMARKED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Their places; 0 where none is noted. */
atomic_int *stg_unmarked_places(size_t *count);
/* Whether one is noted. */
bool stg_unmarked_has(pid_t root);

#endif
