/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands of the run that is resumed, which may still run elsewhere. */
#ifndef STG_SCRIPT_PLACE_EARLIER_H
#define STG_SCRIPT_PLACE_EARLIER_H

#include <staged/events.h>

#include "record/framework.h"
#include "script/state/object.h"

/* Takes the job of the same command of the same stage at the same place.
 *   event  of the beginning of the command
 * Returns NULL if there is none. */
const stg_past_job *stg_take_earlier_job(const staged_script *script, const staged_event *event);
/* Logs the jobs that nothing has taken; they are left alone. */
void stg_tell_earlier_jobs(staged_script *script);

#endif
