/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A lock that keeps a script from running twice at the same time. */
#ifndef STG_SCRIPT_RUN_LOCK_H
#define STG_SCRIPT_RUN_LOCK_H

#include "script/state/object.h"

/* EX_TEMPFAIL of sysexits.h: another attempt may succeed. */
enum { STG_EXIT_LOCKED = 75 };

/* Takes the script's lock, if it has one, and waits as long as it is set to.  The kernel releases
 * it however the process ends.  On failure the script is asked to exit, after a message that says
 * why. */
staged_status stg_take_lock(staged_script *script);
/* Releases it, if there is one. */
void stg_release_lock(staged_script *script);

#endif
