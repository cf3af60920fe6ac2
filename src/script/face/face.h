/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Presents a script's run in a CI system's log: an observer that writes as things happen. */
#ifndef STG_SCRIPT_FACE_FACE_H
#define STG_SCRIPT_FACE_FACE_H

#include "script/state/object.h"

/* Adds the observer to a script that runs in such a system, or is asked for it.
 *   wanted  what the author says */
staged_status stg_face_add(staged_script *script, staged_ci wanted);
/* Logs that STAGED_CI has an unknown value, if so. */
void stg_face_tell_unknown(staged_script *script);

#endif
