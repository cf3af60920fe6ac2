/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STG_BASE_SYSTEM_NOW_H
#define STG_BASE_SYSTEM_NOW_H

#include <staged/clock.h>

/* The system's time that never goes back, in nanoseconds since some moment. */
static inline int64_t stg_now_ns(void)
{
    const staged_clock *clock = staged_clock_system();
    return clock->monotonic_ns(clock->context);
}

#endif
