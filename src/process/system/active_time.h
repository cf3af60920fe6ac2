/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The time that commands are measured by: it stands still while this process is stopped. */
#ifndef STG_PROCESS_SYSTEM_ACTIVE_TIME_H
#define STG_PROCESS_SYSTEM_ACTIVE_TIME_H

#include <stdint.h>

/* Monotonic time, less the time for which this process was stopped (Ctrl-Z), as far as that is
 * known. */
int64_t stg_active_ns(void);
/* Leaves out a time for which it was stopped.  Safe in a signal handler. */
void stg_active_leave_out(int64_t stopped_ns);

#endif
