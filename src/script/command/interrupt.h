/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Being asked to end by a signal. */
#ifndef STG_SCRIPT_COMMAND_INTERRUPT_H
#define STG_SCRIPT_COMMAND_INTERRUPT_H

#include "script/state/object.h"

/* Returns `status`, or, once a signal has asked the script to end, STAGED_INTERRUPTED: what the
 * signal asks for comes before what a stage says of itself.  The first time, takes note of the
 * signal and logs it, so that from then on the hooks can run commands again. */
staged_status stg_unless_interrupted(staged_script *script, staged_status status);
/* Takes note of a signal that has come since somebody looked last, where signals are caught.
 * Returns whether one has; after that only a second one counts, which ends the process. */
bool stg_notice_signal(staged_script *script);

#endif
