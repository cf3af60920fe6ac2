/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Preloaded by tools/changed_world: adds $OTHER_DATE_S seconds to the date.  The clock that never goes
 * back, with which waiting is measured, stays as it is. */
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

typedef int (*get_time)(clockid_t clock, struct timespec *now);

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static get_time real;
    static long offset_s;
    if (real == NULL) {
        const char *offset = getenv("OTHER_DATE_S");
        offset_s = offset == NULL ? 0 : strtol(offset, NULL, 10);
        *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    }
    const int status = real(clock, now);
    if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += offset_s;
    return status;
}

time_t time(time_t *copy)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (copy != NULL)
        *copy = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict moment, void *restrict zone)
{
    (void)zone;
    struct timespec now = {0};
    const int status = clock_gettime(CLOCK_REALTIME, &now);
    moment->tv_sec = now.tv_sec;
    moment->tv_usec = now.tv_nsec / 1000;
    return status;
}
