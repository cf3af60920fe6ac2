/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/clock.h>

#include <errno.h>
#include <time.h>

static int64_t system_monotonic_ns(void *context)
{
    (void)context;
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t system_wall_ns(void *context)
{
    (void)context;
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static staged_status system_sleep_ns(void *context, int64_t nanoseconds)
{
    (void)context;
    if (nanoseconds <= 0)
        return STAGED_OK;
    const struct timespec wanted = {.tv_sec = (time_t)(nanoseconds / 1000000000),
                                    .tv_nsec = (long)(nanoseconds % 1000000000)};
    if (nanosleep(&wanted, NULL) != 0 && errno == EINTR)
        return STAGED_INTERRUPTED;
    return STAGED_OK;
}

const staged_clock *staged_clock_system(void)
{
    static const staged_clock clock = {
        .monotonic_ns = system_monotonic_ns,
        .wall_ns = system_wall_ns,
        .sleep_ns = system_sleep_ns,
    };
    return &clock;
}
