/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting on the clock of the script. */
#ifndef STG_SCRIPT_COMMAND_SLEEP_H
#define STG_SCRIPT_COMMAND_SLEEP_H

#include "script/state/object.h"

/* Seconds as nanoseconds to wait: never less than none, nor more than can be added to a time. */
int64_t stg_wait_ns(double seconds);
/* Waits; returns STAGED_INTERRUPTED when a signal asks the script to end. */
staged_status stg_sleep_ns(staged_script *script, int64_t nanoseconds);

#endif
