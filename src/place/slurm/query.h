/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Asking the programs of Slurm (scontrol, squeue, scancel, sbatch), which block for as long as the
 * controller is away. */
#ifndef STG_PLACE_SLURM_QUERY_H
#define STG_PLACE_SLURM_QUERY_H

#include <stdbool.h>

#include <staged/process.h>

/* A program that was asked. */
typedef struct stg_slurm_query stg_slurm_query;

/* What it said.
 *   exit_code   as of staged_completed_process
 *   is_away     it did not end in time, or says that the controller does not answer
 *   is_missing  there is no such program, or no configuration of Slurm
 *   output, errors  never NULL */
typedef struct stg_slurm_answer {
    int exit_code;
    bool is_away;
    bool is_missing;
    const char *output;
    const char *errors;
} stg_slurm_answer;

/* Starts a program, even while a signal to us is due.
 *   words      ended with NULL; the environment is ours, without what would change the answer
 *   timeout_s  after which it is ended: the controller is away
 * Returns NULL when out of memory. */
stg_slurm_query *stg_slurm_query_start(const char *const *words, double timeout_s);
/* Whether it has ended; never waits.
 *   answer  receives what it said, which belongs to the query */
bool stg_slurm_query_is_done(stg_slurm_query *query, stg_slurm_answer *answer);
/* Starts a program and waits for its end, also while a signal to us is due.
 *   words, timeout_s  as above
 *   input             what it reads, as sbatch does a program; NULL: nothing
 *   directory         NULL: ours
 *   answer            receives what it said, which belongs to the query
 * Returns NULL when out of memory. */
stg_slurm_query *stg_slurm_ask(const char *const *words, const char *input, const char *directory,
                               double timeout_s, stg_slurm_answer *answer);
/* Ends it, if it still runs.  Takes NULL. */
void stg_slurm_query_free(stg_slurm_query *query);

/* Whether a program of Slurm says that the controller does not answer. */
bool stg_slurm_says_away(const char *errors);
/* Whether it says that Slurm is not set up here. */
bool stg_slurm_says_missing(const char *errors);
/* What people are told of a controller that does not answer. */
extern const char stg_slurm_away[];
/* Whether SLURM_CONF names a file that is not there, for which every program of Slurm would wait a
 * minute. */
bool stg_slurm_lacks_configuration(void);

/* Names of the environment, ended with NULL, that a program of Slurm must not get from us: they
 * change what it says, or, where we run in a job ourselves, make it part of that job.  Allocated in
 * one piece, which the caller frees; the names are borrowed from the environment.
 *   more  further ones, ended with NULL; NULL: none
 * Returns NULL when out of memory. */
const char **stg_slurm_unwanted(const char *const *more);

#endif
