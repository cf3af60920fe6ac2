/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting on the clock of the script. */
#ifndef STG_SCRIPT_COMMAND_SLEEP_H
#define STG_SCRIPT_COMMAND_SLEEP_H

#include "script/state/object.h"

/* Waits; returns STAGED_INTERRUPTED when a signal asks the script to end. */
staged_status stg_sleep_ns(staged_script *script, int64_t nanoseconds);

#endif
