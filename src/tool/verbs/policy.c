/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Growing waits between attempts. */
#include <staged/retry.h>

#include "tool/verbs/declaring.h"

static double seconds_or(const char *name, double otherwise, staged_namespace *words)
{
    return staged_namespace_is_set(words, name) ? staged_namespace_float(words, name) : otherwise;
}

/* Stops as a stage without a policy does. */
static staged_stop stop_of(staged_namespace *words)
{
    staged_stop *limits = sh_alloc(2 * sizeof *limits);
    limits[0] = staged_stop_after_delay(seconds_or("retry_timeout", 60, words));
    limits[1] = staged_stop_after_attempts(staged_namespace_int(words, "retry_attempts") + 1);
    return staged_stop_any(limits, 2);
}

const staged_retry_policy *sh_policy_of(staged_namespace *words)
{
    if (!staged_namespace_is_set(words, "retry_backoff") &&
        !staged_namespace_is_set(words, "retry_jitter"))
        return NULL;
    staged_retry_policy *policy = sh_alloc(sizeof *policy);
    policy->stop = stop_of(words);
    policy->wait = staged_wait_exponential_jitter(
        seconds_or("retry_delay", 1, words), seconds_or("retry_backoff", 1, words),
        seconds_or("retry_jitter", 0, words), 0,
        seconds_or("retry_max_delay", STAGED_WAIT_LONGEST, words));
    return policy;
}
