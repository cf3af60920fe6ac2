/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Asking the policies, for the controller. */
#ifndef STG_RETRY_POLICY_H
#define STG_RETRY_POLICY_H

#include <staged/retry.h>

/* Whether each function is there, each number is one, a chain has parts, and nothing is nested too
 * deep. */
bool stg_stop_is_valid(const staged_stop *stop);
bool stg_wait_is_valid(const staged_wait *wait);

/* Of valid ones. */
bool stg_stop_asks(const staged_stop *stop, const staged_retry_state *retry);
/* After how many attempts, or seconds since the first began, it asks to stop at the latest;
 * INT64_MAX, or infinity: they are not limited. */
int64_t stg_stop_most_attempts(const staged_stop *stop);
double stg_stop_most_seconds(const staged_stop *stop);
double stg_wait_seconds(const staged_wait *wait, staged_retry_state *retry);

#endif
