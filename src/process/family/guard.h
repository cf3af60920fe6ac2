/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A process that ends our families when we die and cannot do so ourselves: by SIGKILL, for lack of
 * memory, or by _exit(). */
#ifndef STG_PROCESS_FAMILY_GUARD_H
#define STG_PROCESS_FAMILY_GUARD_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct stg_guard {
    pid_t pid; /* 0: there is none */
    int channel;
} stg_guard;

/* Starts one; it is no child that wait() returns.  Returns false when that is not possible. */
bool stg_guard_start(stg_guard *guard);
/* Tells it that there is nothing left to do, and waits until it is gone.  Nothing if there is none.
 */
void stg_guard_dismiss(stg_guard *guard);

#endif
