/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A process that ends our families when we die without a chance to: by SIGKILL, by the OOM killer,
 * or by _exit(). */
#ifndef STG_PROCESS_FAMILY_GUARD_H
#define STG_PROCESS_FAMILY_GUARD_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct stg_guard {
    pid_t pid; /* 0: none */
    int channel;
} stg_guard;

/* Starts one; wait() never returns it.  Returns false if that is not possible. */
bool stg_guard_start(stg_guard *guard);
/* Tells the guard that there is nothing left to do, and waits until it is gone.  Does nothing
 * without a guard. */
void stg_guard_dismiss(stg_guard *guard);

#endif
