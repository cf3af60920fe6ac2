/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the framework (src/script) needs of retries beyond the public header. */
#ifndef STG_RETRY_FRAMEWORK_H
#define STG_RETRY_FRAMEWORK_H

#include <stdbool.h>

#include <staged/retry.h>

/* Whether no function is NULL, no number is NaN, chains have parts, and nothing nests too deeply.
 */
bool stg_policy_is_valid(const staged_retry_policy *policy);

struct staged_retry_state {
    staged_retry_policy policy;
    const char *problem; /* with the policy: nothing is tried again; NULL: none */
    const staged_clock *clock;
    const staged_random *random; /* NULL: one of its own */
    uint64_t random_state;
    staged_retry_statistics statistics;
    int64_t attempt_number;     /* of the attempt that runs or ran last, from 1 */
    bool has_outcome;           /* whether that attempt has ended */
    staged_status outcome;      /* how it ended */
    double seconds_since_start; /* when it ended, after the start of the first attempt */
    double upcoming_wait;       /* seconds until the next attempt, as decided last */
};

/* As staged_retry_state_new, in a place of the caller's.  Returns STAGED_BAD_USE for an invalid
 * policy. */
staged_status stg_retry_begin(staged_retry_state *retry, const staged_retry_policy *policy,
                              const staged_clock *clock, const staged_random *random);

#endif
