/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/common/clock.h"

#include <staged/clock.h>

int64_t tool_now_ns(void)
{
    const staged_clock *clock = staged_clock_system();
    return clock->monotonic_ns(clock->context);
}

double tool_now_s(void)
{
    return (double)tool_now_ns() / 1e9;
}
