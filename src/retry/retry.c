/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The controller: what to do after an attempt. */
#include <stdlib.h>

#include "base/failure/options.h"
#include "retry/policy.h"

static const char invalid[] =
    "the retry policy is invalid: a function or part is NULL, a number is "
    "out of range, or it nests too deeply";

bool stg_policy_is_valid(const staged_retry_policy *policy)
{
    return stg_stop_is_valid(&policy->stop) && stg_wait_is_valid(&policy->wait);
}

staged_status stg_retry_begin(staged_retry_state *retry, const staged_retry_policy *policy,
                              const staged_clock *clock, const staged_random *random)
{
    if (clock == NULL)
        clock = staged_clock_system();
    const int64_t now_ns = clock->monotonic_ns(clock->context);
    staged_retry_policy own;
    const char *problem = STG_READ_OPTIONS(&own, policy, staged_retry_policy);
    if (problem == NULL && (!stg_policy_is_valid(&own) || (random != NULL && random->next == NULL)))
        problem = invalid;
    *retry = (staged_retry_state){
        .policy = own,
        .problem = problem,
        .clock = clock,
        .random = random,
        /* The address distinguishes controllers that begin at the same moment. */
        .random_state = (uint64_t)now_ns ^ (uint64_t)clock->wall_ns(clock->context) << 20 ^
                        (uint64_t)(uintptr_t)retry,
        .statistics = {.start_ns = now_ns, .attempts = 1},
        .attempt_number = 1,
    };
    return problem == NULL ? STAGED_OK : STAGED_BAD_USE;
}

staged_retry_state *staged_retry_state_new(const staged_retry_policy *policy,
                                           const staged_clock *clock, const staged_random *random)
{
    staged_retry_state *retry = malloc(sizeof *retry);
    if (retry != NULL)
        (void)stg_retry_begin(retry, policy, clock, random);
    return retry;
}

void staged_retry_state_free(staged_retry_state *retry)
{
    free(retry);
}

const char *staged_retry_state_error(const staged_retry_state *retry)
{
    return retry->problem == NULL ? "" : retry->problem;
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
    return retry->problem == NULL &&
           (retry->outcome == STAGED_RETRY ||
            (policy->retry_if != NULL && policy->retry_if(policy->context, retry->outcome)));
}

/* As long as a clock can wait at most. */
static int64_t sum_of_waits(int64_t waited_ns, int64_t wait_ns)
{
    return waited_ns > INT64_MAX - wait_ns ? INT64_MAX : waited_ns + wait_ns;
}

staged_retry_action staged_retry_state_decide(staged_retry_state *retry, staged_status outcome)
{
    staged_retry_statistics *statistics = &retry->statistics;
    const int64_t elapsed_ns =
        retry->clock->monotonic_ns(retry->clock->context) - statistics->start_ns;
    retry->has_outcome = true;
    retry->outcome = outcome;
    retry->seconds_since_start = (double)elapsed_ns / 1e9;
    if (!is_to_be_retried(retry))
        return STAGED_RETRY_DONE;

    statistics->elapsed_ns = elapsed_ns;
    retry->upcoming_wait = stg_wait_seconds(&retry->policy.wait, retry);
    if (stg_stop_asks(&retry->policy.stop, retry))
        return STAGED_RETRY_ABANDON;

    statistics->idle_ns = sum_of_waits(statistics->idle_ns, nanoseconds(retry->upcoming_wait));
    statistics->attempts++;
    return STAGED_RETRY_AGAIN;
}

int64_t staged_retry_state_wait_ns(const staged_retry_state *retry)
{
    return nanoseconds(retry->upcoming_wait);
}

void staged_retry_state_next(staged_retry_state *retry)
{
    retry->has_outcome = false;
    retry->attempt_number++;
}

int64_t staged_retry_state_attempt(const staged_retry_state *retry)
{
    return retry->attempt_number;
}

bool staged_retry_state_is_running(const staged_retry_state *retry)
{
    return !retry->has_outcome;
}

staged_status staged_retry_state_outcome(const staged_retry_state *retry)
{
    return retry->has_outcome ? retry->outcome : STAGED_OK;
}

const staged_retry_statistics *staged_retry_state_statistics(const staged_retry_state *retry)
{
    return &retry->statistics;
}
