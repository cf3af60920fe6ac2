/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/waiting.h"

#include <time.h>

#include "base/system/now.h"

#define MS_NS INT64_C(1000000)
#define SECOND_NS INT64_C(1000000000)

void stg_ssh_wait(stg_ssh_pool *pool, int64_t until_ns)
{
    /* Short, for the clock that this waits by can be set. */
    int64_t wait_ns = until_ns - stg_now_ns();
    wait_ns = wait_ns > 100 * MS_NS ? 100 * MS_NS : wait_ns;
    if (wait_ns <= 0)
        return;
    struct timespec until = {0};
    (void)clock_gettime(CLOCK_REALTIME, &until);
    wait_ns += until.tv_nsec;
    until.tv_sec += (time_t)(wait_ns / SECOND_NS);
    until.tv_nsec = (long)(wait_ns % SECOND_NS);
    (void)pthread_cond_timedwait(&pool->changed, &pool->mutex, &until);
}
