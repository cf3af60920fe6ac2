/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Time limits of stages, and the script's deadline. */
#ifndef STG_SCRIPT_COMMAND_TIME_LIMIT_H
#define STG_SCRIPT_COMMAND_TIME_LIMIT_H

#include "script/state/object.h"

/* Nanoseconds until the stage or the script must end; 0 if that time has passed, INT64_MAX if what
 * runs now has no limit. */
int64_t stg_time_left_ns(const staged_script *script);
/* Returns `status`, or a failure if the time limit has been exceeded. */
staged_status stg_unless_too_late(staged_script *script, staged_status status);

#endif
