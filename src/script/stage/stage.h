/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The running stage, for the default hooks. */
#ifndef STG_SCRIPT_STAGE_STAGE_H
#define STG_SCRIPT_STAGE_STAGE_H

#include "script/state/object.h"

/* Restarts the running attempt's clock. */
void stg_restart_attempt_clock(staged_script *script);
/* Ends the running attempt: reports its end, once, and returns its duration. */
int64_t stg_end_attempt(staged_script *script);

#endif
