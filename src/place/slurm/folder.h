/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The folder of a command, and what its programs write there (program.h says what). */
#ifndef STG_PLACE_SLURM_FOLDER_H
#define STG_PLACE_SLURM_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/text/buf.h"

/* The option of srun whose value is the folder: by that, a job and its srun are known. */
#define STG_SLURM_FOLDER_WORD "--chdir="

/* Room for the number of a job, and for the names of nodes as they are shown. */
enum { STG_SLURM_JOB_SIZE = 24, STG_SLURM_NODE_SIZE = 256 };

/* What srun has said of a job.
 *   job         its number; "": none yet
 *   nodes       their names; "": none yet
 *   is_queued   whether it has waited for nodes
 *   is_started  whether it has nodes, and starts the tasks on them */
typedef struct stg_slurm_log {
    char job[STG_SLURM_JOB_SIZE];
    char nodes[STG_SLURM_NODE_SIZE];
    bool is_queued, is_started;
} stg_slurm_log;

/* What the tasks of a command have written, together.
 *   begun        how many have begun
 *   ended        how many have ended, or cannot run
 *   expected     how many there are; 0: unknown
 *   lacks        what a node lacks: "directory" or "program"; NULL: nothing
 *   exit_code    the largest of those that have ended; -N: a task was ended by signal N
 *   was_told     whether a signal has told one to end
 *   job, node    of the first one
 *   begin_wall_ns
 *                when it began, by the clock of the file system; 0: unknown
 *   duration_ns  of the longest
 *   user_ns, system_ns
 *                their CPU time, together
 *   peak_kib     the largest peak memory; 0: unknown */
typedef struct stg_slurm_tasks {
    size_t begun, ended, expected;
    const char *lacks;
    int exit_code;
    bool was_told;
    char job[STG_SLURM_JOB_SIZE];
    char node[STG_SLURM_NODE_SIZE];
    int64_t begin_wall_ns;
    int64_t duration_ns;
    int64_t user_ns, system_ns;
    int64_t peak_kib;
} stg_slurm_tasks;

/* Returns the path of a file in a folder, which the caller frees; NULL: out of memory. */
char *stg_slurm_path(const char *folder, const char *name);
/* Writes a file of ours anew, which nobody else can read.  Returns 0 or an errno. */
int stg_slurm_write(const char *folder, const char *name, const char *text, size_t length);
/* Reads the first `most` bytes of a file.  Returns false if it is not there or cannot be read. */
bool stg_slurm_read(const char *folder, const char *name, size_t most, stg_buf *text);
bool stg_slurm_has(const char *folder, const char *name);
void stg_slurm_remove(const char *folder, const char *name);
/* Returns when a file was last written, by the clock of the file system; 0: it is not there. */
int64_t stg_slurm_written_ns(const char *folder, const char *name);

/* Reads what srun has said until now, */
void stg_slurm_log_read(const char *folder, stg_slurm_log *log);
/* and what tasks have written. */
void stg_slurm_tasks_read(const char *folder, stg_slurm_tasks *tasks);
/* Whether all tasks have ended. */
bool stg_slurm_are_complete(const stg_slurm_tasks *tasks);
/* Returns the process id of the folder's keeper, or of its srun; 0: it does not run. */
pid_t stg_slurm_keeper_of(const char *folder);
pid_t stg_slurm_srun_of(const char *folder);
/* Removes all of our files in the folder. */
void stg_slurm_folder_clear(const char *folder);

#endif
