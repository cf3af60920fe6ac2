/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting for whatever happens to a command. */
#ifndef STG_PROCESS_RUN_PUMP_H
#define STG_PROCESS_RUN_PUMP_H

#include "process/run/process.h"
#include "process/system/active_time.h"

/* Waits until something happens, `until_ns` at the latest, and deals with it: output, input, the
 * command's end, its timeout, the ending of what it started.
 *   watch_signals   also return when a signal is due (stg_signals_due) */
void stg_process_pump(staged_process *process, int64_t until_ns, bool watch_signals);
/* Whether there is nothing more to come: it has ended, its output was read, and nothing is being
 * ended. */
bool stg_process_is_settled(const staged_process *process);
/* Begins to end it, because of a signal to us (0: because the author says so). */
void stg_process_begin_ending(staged_process *process, int signal);

#endif
