/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Processes beside us that outlive us, and end jobs: each command has one, and the arrays of an
 * each have one together. */
#ifndef STG_PLACE_SLURM_KEEPER_H
#define STG_PLACE_SLURM_KEEPER_H

#include <stdbool.h>

#include <staged/process.h>

/* Starts one, in a session of its own.  Its input is what tells it that we leave at once
 * (stg_signals_leaving_descriptor).
 *   words        ended with NULL
 *   environment, without, clear_environment
 *                as of staged_process_options */
staged_status stg_slurm_keeper_start(const char *const *words, const char *const *environment,
                                     const char *const *without, bool clear_environment,
                                     staged_process **keeper);

#endif
