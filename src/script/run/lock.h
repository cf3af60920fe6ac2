/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A lock that keeps a script from running twice at a time. */
#ifndef STG_SCRIPT_RUN_LOCK_H
#define STG_SCRIPT_RUN_LOCK_H

#include "script/state/object.h"

/* EX_TEMPFAIL of sysexits.h: another attempt may succeed. */
enum { STG_EXIT_LOCKED = 75 };

/* Takes the script's lock, if it has one; waits for it as long as it should.  The kernel releases
 * it when the process ends, however that happens.  Without a lock the script is asked to exit, and
 * a message has told why. */
staged_status stg_take_lock(staged_script *script);
/* Releases it, if there is one. */
void stg_release_lock(staged_script *script);

#endif
