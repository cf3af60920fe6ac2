/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Evaluating policies, for the controller. */
#ifndef STG_RETRY_POLICY_H
#define STG_RETRY_POLICY_H

#include <staged/retry.h>

#include "retry/framework.h"

/* The parts of stg_policy_is_valid. */
bool stg_stop_is_valid(const staged_stop *stop);
bool stg_wait_is_valid(const staged_wait *wait);

/* For valid policies. */
bool stg_stop_asks(const staged_stop *stop, const staged_retry_state *retry);
/* The attempts, or seconds since the first one began, after which it always stops; INT64_MAX or
 * infinity: no limit. */
int64_t stg_stop_most_attempts(const staged_stop *stop);
double stg_stop_most_seconds(const staged_stop *stop);
double stg_wait_seconds(const staged_wait *wait, staged_retry_state *retry);

#endif
