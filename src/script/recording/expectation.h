/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How long stages take: usually, judging by earlier runs, and as expected by their author. */
#ifndef STG_SCRIPT_RECORDING_EXPECTATION_H
#define STG_SCRIPT_RECORDING_EXPECTATION_H

#include <staged/renderable.h>

#include "script/state/object.h"

/* Logs to a terminal how long the stage that begins usually takes, if known. */
void stg_tell_usual_duration(staged_script *script);
/* Logs that the attempt that has ended took longer than the author expects. */
void stg_tell_unexpected(staged_script *script, int64_t duration_ns);
/* Unusual durations in this run; NULL: none, or out of memory. */
staged_renderable *stg_remarks(const staged_script *script);

#endif
