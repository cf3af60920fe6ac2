/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The states of jobs and the reasons for them, as Slurm writes them, and what they mean. */
#ifndef STG_PLACE_SLURM_STATES_H
#define STG_PLACE_SLURM_STATES_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/place.h>

/* How far a job has come. */
typedef enum stg_slurm_phase {
    STG_SLURM_UNKNOWN = 0, /* no such state */
    STG_SLURM_WAITS,       /* to begin, also again */
    STG_SLURM_RUNS,        /* also suspended */
    STG_SLURM_ENDS,        /* its processes are being ended */
    STG_SLURM_ENDED
} stg_slurm_phase;

/* Returns the phase of a job.
 *   state  as squeue (%T), scontrol and sacct write it, in upper case; what follows the first word
 *          ("CANCELLED by 1000") does not matter */
stg_slurm_phase stg_slurm_phase_of(const char *state);

/* What kept a job from its own end.
 *   failure   STAGED_PLACE_OK: nothing (COMPLETED, FAILED), or the state is no end
 *   words     as in "the job JOB was cancelled": what stands behind the job
 *   may_pass  whether another attempt is worth it */
typedef struct stg_slurm_verdict {
    staged_place_failure failure;
    const char *words;
    bool may_pass;
} stg_slurm_verdict;

/* Returns what a job's state, as above, says of its end. */
stg_slurm_verdict stg_slurm_judge(const char *state);

/* Returns what a job waits for, in words, as they stand behind "waiting" ("for free nodes").
 *   reason  Slurm's ("Resources"), which is returned as it is if there are no words for it; NULL:
 *           unknown
 * Returns NULL if nothing is known. */
const char *stg_slurm_reason(const char *reason);

/* Reads a field (`NAME=value`) of a line of `scontrol -o show`.
 *   value  receives it, cut to `size` with its NUL
 * Returns whether it is there and is not "(null)". */
bool stg_slurm_field(const char *line, const char *name, char *value, size_t size);

#endif
