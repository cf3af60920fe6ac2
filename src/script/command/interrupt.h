/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Signals that ask the script to end. */
#ifndef STG_SCRIPT_COMMAND_INTERRUPT_H
#define STG_SCRIPT_COMMAND_INTERRUPT_H

#include "script/state/object.h"

/* Returns `status`, or, once a signal has asked the script to end, STAGED_INTERRUPTED: the signal
 * takes precedence over the result of a stage.  The first time, acknowledges the signal and logs
 * it, so that hooks can run commands again. */
staged_status stg_unless_interrupted(staged_script *script, staged_status status);
/* Acknowledges a signal that has arrived since the last check, if signals are caught.  Returns
 * whether one has; from then on only another signal counts, and it ends the process. */
bool stg_notice_signal(staged_script *script);

#endif
