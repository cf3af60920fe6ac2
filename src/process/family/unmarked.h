/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The families of this process without a mark: their process groups or, on Linux, their commands.
 * They belong to the process, because a signal handler must find them; everything here is
 * async-signal-safe. */
#ifndef STG_PROCESS_FAMILY_UNMARKED_H
#define STG_PROCESS_FAMILY_UNMARKED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The slots; 0 is a free one. */
atomic_int *stg_unmarked_places(size_t *count);
/* Whether there is one. */
bool stg_unmarked_has(pid_t root);

#endif
