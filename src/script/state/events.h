/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Notifies observers. */
#ifndef STG_SCRIPT_STATE_EVENTS_H
#define STG_SCRIPT_STATE_EVENTS_H

#include "script/state/object.h"

/* Fills in the time, the stage and the attempt, and notifies all observers. */
void stg_emit(staged_script *script, staged_event *event);
int64_t stg_elapsed_ns(const staged_script *script);

/* The innermost script that is in a stage; the outermost if none is. */
const staged_script *stg_at_a_stage(const staged_script *script);
/* Whether an observer wants to be notified of log lines. */
bool stg_logs_are_wanted(const staged_script *script);

#endif
