/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The controller: what to do after an attempt. */
#include <staged/retry.h>

#include "retry/policy.h"

staged_status staged_retry_begin(staged_retry_state *retry, const staged_retry_policy *policy,
                                 const staged_clock *clock, const staged_random *random)
{
    if (!stg_stop_is_valid(&policy->stop) || !stg_wait_is_valid(&policy->wait) ||
        (random != NULL && random->next == NULL))
        return STAGED_BAD_USE;
    if (clock == NULL)
        clock = staged_clock_system();
    const int64_t now_ns = clock->monotonic_ns(clock->context);
    *retry = (staged_retry_state){
        .policy = *policy,
        .clock = clock,
        .random = random,
        /* The address tells apart what begins in the same moment. */
        .random_state = (uint64_t)now_ns ^ (uint64_t)clock->wall_ns(clock->context) << 20 ^
                        (uint64_t)(uintptr_t)retry,
        .statistics = {.start_time = (double)now_ns / 1e9, .attempt_number = 1},
        .started_ns = now_ns,
        .attempt_number = 1,
    };
    return STAGED_OK;
}

static int64_t nanoseconds(double seconds)
{
    if (!(seconds > 0))
        return 0;
    return seconds < 9e9 ? (int64_t)(seconds * 1e9) : INT64_MAX;
}

static bool is_to_be_retried(const staged_retry_state *retry)
{
    const staged_retry_policy *policy = &retry->policy;
    return retry->outcome == STAGED_RETRY ||
           (policy->retry_if != NULL && policy->retry_if(retry->outcome, policy->context));
}

staged_retry_decision staged_retry_decide(staged_retry_state *retry, staged_status outcome)
{
    const int64_t now_ns = retry->clock->monotonic_ns(retry->clock->context);
    retry->has_outcome = true;
    retry->outcome = outcome;
    retry->seconds_since_start = (double)(now_ns - retry->started_ns) / 1e9;
    if (!is_to_be_retried(retry))
        return (staged_retry_decision){.action = STAGED_RETRY_DONE};

    retry->upcoming_wait = stg_wait_seconds(&retry->policy.wait, retry);
    retry->statistics.delay_since_first_attempt = retry->seconds_since_start;
    if (stg_stop_asks(&retry->policy.stop, retry))
        return (staged_retry_decision){.action = STAGED_RETRY_ABANDON};

    retry->idle_for += retry->upcoming_wait;
    retry->statistics.idle_for += retry->upcoming_wait;
    retry->statistics.attempt_number++;
    return (staged_retry_decision){.action = STAGED_RETRY_AGAIN,
                                   .wait_seconds = retry->upcoming_wait,
                                   .wait_ns = nanoseconds(retry->upcoming_wait)};
}

void staged_retry_next(staged_retry_state *retry)
{
    retry->has_outcome = false;
    retry->attempt_number++;
}
