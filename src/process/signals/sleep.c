/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The system's clock, with a sleep that a signal interrupts. */
#include <poll.h>
#include <stddef.h>

#include "process/framework.h"
#include "process/signals/signals.h"

static int64_t system_monotonic_ns(void *context)
{
    (void)context;
    const staged_clock *clock = staged_clock_system();
    return clock->monotonic_ns(clock->context);
}

static int64_t system_wall_ns(void *context)
{
    (void)context;
    const staged_clock *clock = staged_clock_system();
    return clock->wall_ns(clock->context);
}

static staged_status sleep_ns(void *context, int64_t nanoseconds)
{
    const int64_t end_ns = nanoseconds > INT64_MAX - system_monotonic_ns(context)
                               ? INT64_MAX
                               : system_monotonic_ns(context) + nanoseconds;
    while (stg_signals_due() == 0) {
        const int64_t left_ns = end_ns - system_monotonic_ns(context);
        if (left_ns <= 0)
            return STAGED_OK;
        const int64_t left_ms = left_ns / 1000000 + (left_ns % 1000000 != 0);
        struct pollfd wake = {.fd = staged_signals_descriptor(), .events = POLLIN};
        (void)poll(&wake, 1, left_ms > 60000 ? 60000 : (int)left_ms);
    }
    return STAGED_INTERRUPTED;
}

const staged_clock *staged_signals_clock(void)
{
    static const staged_clock clock = {
        .monotonic_ns = system_monotonic_ns,
        .wall_ns = system_wall_ns,
        .sleep_ns = sleep_ns,
    };
    return &clock;
}
