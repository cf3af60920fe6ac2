/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a script's run looks like in a CI system's log: an observer, which writes as things happen.
 */
#ifndef STG_SCRIPT_FACE_FACE_H
#define STG_SCRIPT_FACE_FACE_H

#include "script/state/object.h"

/* Adds it to a script, if it runs in such a system or is asked to.
 *   wanted  what the author says */
staged_status stg_face_add(staged_script *script, staged_ci wanted);
/* Logs that STAGED_CI names no system, if it names something else. */
void stg_face_tell_unknown(staged_script *script);

#endif
