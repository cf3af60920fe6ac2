/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The record of the kind "slurm". */
#include "place/slurm/job.h"
#include "place/slurm/slurm.h"
#include "place/slurm/words.h"

static staged_status open_place(const char *const *words, void **place, char **problem)
{
    stg_slurm_place *made = NULL;
    const staged_status status = stg_slurm_words_read(words, &made, problem);
    *place = made;
    return status;
}

static void close_place(void *place)
{
    stg_slurm_place_free(place);
}

const staged_place_kind stg_place_slurm = {
    .size = sizeof stg_place_slurm,
    .name = "slurm",
    .open = open_place,
    .close = close_place,
    .begin = stg_slurm_begin,
    .look = stg_slurm_look,
    .stop = stg_slurm_stop,
    .end = stg_slurm_end,
    .release = stg_slurm_release,
    .shares_files = true,
    .needs_folder = true,
};
