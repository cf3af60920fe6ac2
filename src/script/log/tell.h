/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Logs what went wrong. */
#ifndef STG_SCRIPT_LOG_TELL_H
#define STG_SCRIPT_LOG_TELL_H

#include "script/state/object.h"

/* Logs a command's failure that nobody has checked, if a hook returns STAGED_OK all the same. */
void stg_tell_unheeded(staged_script *script, staged_status answer);
/* Returns `status`, or a failure with a message if the status makes no sense here: a retry where
 * nothing is retried, an interrupt when no signal has arrived. */
staged_status stg_explained(staged_script *script, staged_status status);
/* Where the last failure was; where the stage is declared, if that is unknown. */
staged_location stg_place_of_error(const staged_script *script);
/* Logs the last failure, unless it was logged; `what` is "Stage 'x'" or the like. */
void stg_report(staged_script *script, const char *what);
/* The same for the reason of something that is no failure: a command went wrong, say, and the stage
 * asks for another attempt. */
void stg_tell_reason(staged_script *script, const char *what);
/* Notes the result of a stage or of `main`: the script has failed, exits, or was interrupted.  Logs
 * a failure. */
void stg_note(staged_script *script, staged_status status, const char *what);
/* The same for a stage that may fail: logs the failure, but the script has not failed. */
void stg_note_allowed(staged_script *script, const char *what);

#endif
