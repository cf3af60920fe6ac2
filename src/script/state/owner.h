/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Tells threads apart: the one that runs the script, background work, and others. */
#ifndef STG_SCRIPT_STATE_OWNER_H
#define STG_SCRIPT_STATE_OWNER_H

#include "script/state/object.h"

void stg_lock(const staged_script *script);
void stg_unlock(const staged_script *script);
/* From now on the calling thread runs the script. */
void stg_become_owner(staged_script *script);
/* Whether the calling thread runs the script.  Call it under the lock. */
bool stg_is_owner(const staged_script *script);

#endif
