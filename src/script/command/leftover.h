/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Processes that had to be ended. */
#ifndef STG_SCRIPT_COMMAND_LEFTOVER_H
#define STG_SCRIPT_COMMAND_LEFTOVER_H

#include "script/state/object.h"

/* Logs which of a command's processes had to be killed, or survived even that. */
void stg_log_killed(staged_script *script, const staged_location *where,
                    staged_ended_process *const *ended, size_t count);
/* Ends and logs what commands left running, except intended daemons. */
void stg_end_leftovers(staged_script *script);

#endif
