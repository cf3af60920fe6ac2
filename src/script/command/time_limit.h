/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How long a stage, and the script as a whole, may take. */
#ifndef STG_SCRIPT_COMMAND_TIME_LIMIT_H
#define STG_SCRIPT_COMMAND_TIME_LIMIT_H

#include "script/state/object.h"

/* Nanoseconds until the stage or the script has to end, 0 if that time has passed, INT64_MAX if
 * there is no limit to what runs now. */
int64_t stg_time_left_ns(const staged_script *script);
/* Returns `status`, or a failure when the time is up. */
staged_status stg_unless_too_late(staged_script *script, staged_status status);

#endif
