/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The processes that had to be ended. */
#ifndef STG_SCRIPT_COMMAND_LEFTOVER_H
#define STG_SCRIPT_COMMAND_LEFTOVER_H

#include "script/state/object.h"

/* Logs which of a command's processes had to be killed, or would not end even so. */
void stg_log_killed(staged_script *script, const staged_location *where,
                    staged_ended_process *const *ended, size_t count);
/* Ends what commands left running, unless they were to leave a daemon, and logs it. */
void stg_end_leftovers(staged_script *script);

#endif
