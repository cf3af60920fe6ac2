/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How long stages take: what is usual, by earlier runs, and what their author expects. */
#ifndef STG_SCRIPT_RECORDING_EXPECTATION_H
#define STG_SCRIPT_RECORDING_EXPECTATION_H

#include <staged/renderable.h>

#include "script/state/object.h"

/* Says on a terminal how long the stage that begins usually takes, where that is known. */
void stg_tell_usual_duration(staged_script *script);
/* Says that the attempt that has ended took longer than the author expects. */
void stg_tell_unexpected(staged_script *script, int64_t duration_ns);
/* What is remarkable of the durations of this run; NULL: nothing, or out of memory. */
staged_renderable *stg_remarks(const staged_script *script);

#endif
