/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Ends background work. */
#ifndef STG_SCRIPT_COMMAND_BACKGROUND_H
#define STG_SCRIPT_COMMAND_BACKGROUND_H

#include "script/state/object.h"

/* If `status` is STAGED_OK, joins the work that began after the script's `work_count` was `older`;
 * cancels what remains of it.  Returns `status`, or the first failure of that work. */
staged_status stg_join_works(staged_script *script, uint64_t older, staged_status status);
/* Cancels all work and waits for its end. */
void stg_cancel_works(staged_script *script);

#endif
