/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The end of what goes on beside a stage. */
#ifndef STG_SCRIPT_BACKGROUND_H
#define STG_SCRIPT_BACKGROUND_H

#include <staged/waiting.h>

/* Joins the work that was begun after `older` (NULL: all), if `status` is STAGED_OK; cancels what
 * then remains of it.  Answers `status`, or the first failure among the work. */
staged_status stg_join_works(staged_script *script, const staged_background *older,
                             staged_status status);
/* Cancels all work and waits for its end. */
void stg_cancel_works(staged_script *script);

#endif
