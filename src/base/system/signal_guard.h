/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Around a write that may raise a signal: SIGPIPE where the reader may have left, SIGXFSZ where a
 * file may not grow.  The thread does not get it, and the write fails. */
#ifndef STG_BASE_SYSTEM_SIGNAL_GUARD_H
#define STG_BASE_SYSTEM_SIGNAL_GUARD_H

#include <stdbool.h>

typedef struct stg_signal_guard {
    int number;
    bool active;
    bool was_blocked;
} stg_signal_guard;

stg_signal_guard stg_signal_guard_begin(int number);
void stg_signal_guard_end(stg_signal_guard guard);

#endif
