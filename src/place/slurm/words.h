/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The words that declare a place of Slurm: ours, and those that srun gets. */
#ifndef STG_PLACE_SLURM_WORDS_H
#define STG_PLACE_SLURM_WORDS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/status.h>

#include "base/memory/arena.h"

/* A place of Slurm, as declared. */
typedef struct stg_slurm_place {
    char **words; /* for srun, ended with NULL */
    size_t count;
    char *folder;    /* for the folders of commands; NULL: the framework says where they are */
    int64_t wait_ns; /* how long a command may wait to begin; INT64_MAX: no limit */
    bool has_name;   /* the words name the job */
    /* In seconds: the first pause until Slurm is asked whether a job that runs still does, and how
     * long srun may take to notice that it does not. */
    double oversee_s, notice_s;
    /* Messages of commands that could not begin, which are of any thread. */
    pthread_mutex_t mutex;
    stg_arena messages;
} stg_slurm_place;

/* Reads them.  Returns STAGED_BAD_INPUT and a message, which the caller frees, or
 * STAGED_NO_MEMORY. */
staged_status stg_slurm_words_read(const char *const *words, stg_slurm_place **place,
                                   char **problem);
/* Takes NULL. */
void stg_slurm_place_free(stg_slurm_place *place);

#endif
