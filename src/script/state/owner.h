/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which thread is which: the one that runs the script, work beside its stages, and others. */
#ifndef STG_SCRIPT_STATE_OWNER_H
#define STG_SCRIPT_STATE_OWNER_H

#include "script/state/object.h"

void stg_lock(const staged_script *script);
void stg_unlock(const staged_script *script);
/* The calling thread runs the script from now on. */
void stg_become_owner(staged_script *script);
/* Whether the calling thread runs the script.  For one who holds the lock. */
bool stg_is_owner(const staged_script *script);

#endif
