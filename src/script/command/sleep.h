/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waits on the script's clock. */
#ifndef STG_SCRIPT_COMMAND_SLEEP_H
#define STG_SCRIPT_COMMAND_SLEEP_H

#include "script/state/object.h"

/* Waits; returns STAGED_INTERRUPTED if a signal asks the script to end. */
staged_status stg_sleep_ns(staged_script *script, int64_t nanoseconds);

#endif
