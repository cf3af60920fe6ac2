/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/system/active_time.h"

#include <stdatomic.h>
#include <time.h>

#include "process/framework.h"

static _Atomic int64_t left_out_ns;

int64_t stg_active_ns(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec - atomic_load(&left_out_ns);
}

int64_t stg_stopped_ns(void)
{
    return atomic_load(&left_out_ns);
}

void stg_active_leave_out(int64_t stopped_ns)
{
    atomic_fetch_add(&left_out_ns, stopped_ns);
}
