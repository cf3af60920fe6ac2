/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The texts for sh that run a command in a job: on its nodes, beside srun, and as its client. */
#ifndef STG_PLACE_SLURM_PROGRAM_H
#define STG_PLACE_SLURM_PROGRAM_H

#include <stdbool.h>

#include <staged/place.h>

#include "base/text/buf.h"

/* Adds the program that each task of the job runs on its node.  It writes the file task.N of the
 * folder, with N its number in the job:
 *   start JOB NODE TASKS UPTIME
 *   lacks directory|program         in place of all that follows
 *   ...                             what the shell says of a signal
 *   end CODE UPTIME TOLD PEAK       TOLD: 1 if it was told to end, else 0; PEAK: bytes, 0: unknown
 *   two lines of `times`
 *   done
 *   directory    absolute
 *   hides_conf   whether SLURM_CONF is not for the command */
void stg_slurm_program_write(stg_buf *out, const staged_place_command *command, const char *folder,
                             const char *directory, bool hides_conf);

/* `sh -c stg_slurm_keeper sh FOLDER PATH WORDS...`: runs srun (WORDS), survives us, and ends it
 * when it gets SIGUSR1: the file stop has how many tenths of a second there are until SIGKILL; or,
 * at once, when there is a line to read.
 * PATH is where it finds its own programs.  Writes the files
 *   pids      its own number, and that of srun
 *   log       what srun says
 *   stopping  it has begun to end the job
 *   code      srun's exit code; then it ends */
extern const char stg_slurm_keeper[];
/* `sh -c stg_slurm_array_keeper sh FOLDER`: when there is a line to read, ends all arrays that were
 * submitted in a directory in FOLDER, until there are none.  First it makes a file `ended` in each
 * of these. */
extern const char stg_slurm_array_keeper[];
/* `sh -c stg_slurm_waiter sh JOB`: in place of srun, ends when Slurm has no job JOB any more. */
extern const char stg_slurm_waiter[];
/* `sh -c stg_slurm_follower sh FOLDER`: copies the growing files out and err until there is a file
 * code. */
extern const char stg_slurm_follower[];

#endif
