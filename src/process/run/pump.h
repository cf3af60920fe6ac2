/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting for events of a command. */
#ifndef STG_PROCESS_RUN_PUMP_H
#define STG_PROCESS_RUN_PUMP_H

#include "process/run/process.h"
#include "process/system/active_time.h"

/* Waits for the next event, until `until_ns` at the latest, and handles it: output, input, the
 * command's end, its timeout, the ending of its family.
 *   watch_signals   also return when a signal is due (stg_signals_due) */
void stg_process_pump(staged_process *process, int64_t until_ns, bool watch_signals);
/* Whether it is done: it has ended, its output was read, and nothing is being ended. */
bool stg_process_is_settled(const staged_process *process);
/* Starts ending it because of a signal to us (0: because the caller asks for it). */
void stg_process_begin_ending(staged_process *process, int signal);

#endif
