/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The clock that measures commands: it stands still while this process is stopped. */
#ifndef STG_PROCESS_SYSTEM_ACTIVE_TIME_H
#define STG_PROCESS_SYSTEM_ACTIVE_TIME_H

#include <stdint.h>

/* Monotonic time minus the known time for which this process was stopped (Ctrl-Z). */
int64_t stg_active_ns(void);
/* Subtracts a time for which it was stopped.  Safe in a signal handler. */
void stg_active_leave_out(int64_t stopped_ns);

/* A moment that never comes, and a span of time that never ends. */
#define STG_NEVER INT64_MAX

/* The moment that is `span_ns`, 0 or more, after another. */
static inline int64_t stg_moment_after(int64_t from_ns, int64_t span_ns)
{
    return span_ns > STG_NEVER - from_ns ? STG_NEVER : from_ns + span_ns;
}

#endif
