/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What went wrong, as the log tells it. */
#ifndef STG_SCRIPT_LOG_TELL_H
#define STG_SCRIPT_LOG_TELL_H

#include "script/state/object.h"

/* A hook that returns STAGED_OK has passed over a command's failure, unless that was looked at. */
void stg_tell_unheeded(staged_script *script, staged_status answer);
/* Returns `status`, or a failure with a message when it makes no sense where it was returned:
 * another attempt where nothing is retried, an interrupt when nobody has interrupted. */
staged_status stg_explained(staged_script *script, staged_status status);
/* Where the last failure was; where the stage is declared, if nobody knows. */
staged_location stg_place_of_error(const staged_script *script);
/* Logs the last failure, unless the log has told of it; `what` is "Stage 'x'" or the like. */
void stg_report(staged_script *script, const char *what);
/* The same for what is no failure, but has a reason that is kept: a command went wrong, say, and
 * the stage asks for another attempt. */
void stg_tell_reason(staged_script *script, const char *what);
/* Takes note of what left a stage or `main`: the script has failed, exits, or was interrupted.
 * Reports a failure. */
void stg_note(staged_script *script, staged_status status, const char *what);
/* The same for a stage that may fail: the log tells of it, but the script has not failed. */
void stg_note_allowed(staged_script *script, const char *what);

#endif
