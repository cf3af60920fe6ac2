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

#endif
