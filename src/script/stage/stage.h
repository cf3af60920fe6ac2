/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The running stage, for its default hooks. */
#ifndef STG_SCRIPT_STAGE_STAGE_H
#define STG_SCRIPT_STAGE_STAGE_H

#include "script/state/object.h"

/* Sets the running attempt's start to now. */
void stg_restart_attempt_clock(staged_script *script);
/* Takes the duration of the running attempt, once, and reports its end. */
int64_t stg_end_attempt(staged_script *script);

#endif
