/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The end of what goes on beside a stage. */
#ifndef STG_SCRIPT_COMMAND_BACKGROUND_H
#define STG_SCRIPT_COMMAND_BACKGROUND_H

#include "script/state/object.h"

/* Joins the work that was begun since the script's `work_count` was `older`, if `status` is
 * STAGED_OK; cancels what then remains of it.  Returns `status`, or the first failure among the
 * work. */
staged_status stg_join_works(staged_script *script, uint64_t older, staged_status status);
/* Cancels all work and waits for its end. */
void stg_cancel_works(staged_script *script);

#endif
