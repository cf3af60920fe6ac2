/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command in a job of Slurm. */
#ifndef STG_PLACE_SLURM_JOB_H
#define STG_PLACE_SLURM_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/place.h>
#include <staged/process.h>

#include "base/text/buf.h"
#include "place/slurm/folder.h"
#include "place/slurm/query.h"
#include "place/slurm/words.h"

/* A job, whose `keeper` is the shell that runs srun for it (program.h). */
typedef struct stg_slurm_job {
    const stg_slurm_place *place;
    char *folder;
    bool owns_folder;       /* it is below --folder, and is removed with its files */
    char *where;            /* the file that has its path then */
    char *directory;        /* of the command, absolute */
    char *program;          /* the first of its words */
    staged_process *keeper; /* NULL: that of an earlier run, or none */
    const char *client[6];
    int64_t began_ns;

    /* What is known. */
    stg_slurm_log log;
    bool runs, has_ended;
    bool is_over; /* Slurm says that it has ended, though it should run */
    int64_t queue_ns;
    stg_slurm_query *query; /* what Slurm is being asked */
    int64_t next_query_ns;
    double query_pause_s, look_pause_s;
    staged_place_state waiting; /* STAGED_PLACE_STATE_WAITS or STAGED_PLACE_STATE_AWAY */
    char reason[128];

    bool is_stopped;
    bool was_waited_for; /* it was stopped because it waited for too long */
    bool is_lost;        /* it was stopped because srun is gone */
    double grace_s;
    bool is_left; /* it could not be ended: its files stay */

    stg_buf message, left;
} stg_slurm_job;

/* The functions of the kind; see staged/place.h. */
staged_status stg_slurm_begin(void *place, const staged_place_command *command,
                              staged_place_client *client, staged_place_end *failure);
void stg_slurm_look(void *job, staged_place_look *look);
void stg_slurm_stop(void *job, double grace_s);
void stg_slurm_end(void *job, int exit_code, staged_place_end *end);
void stg_slurm_release(void *job);

/* Signals the keeper to end the job, unless it has said that it does so. */
void stg_slurm_urge(stg_slurm_job *job);
/* Whether the keeper has said that srun has ended.
 *   code  receives srun's exit code; NULL: not wanted */
bool stg_slurm_has_ended(stg_slurm_job *job, int *code);

#endif
