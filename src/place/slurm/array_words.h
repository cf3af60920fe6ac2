/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The words of programs of Slurm, and those of a place as sbatch takes them. */
#ifndef STG_PLACE_SLURM_ARRAY_WORDS_H
#define STG_PLACE_SLURM_ARRAY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "place/framework.h"
#include "place/slurm/words.h"

/* A growing list of words, which are borrowed; all zero is empty.
 *   words   ended with NULL
 *   failed  whether it is incomplete: out of memory */
typedef struct stg_slurm_list {
    const char **words;
    size_t count, capacity;
    bool failed;
} stg_slurm_list;

void stg_slurm_list_add(stg_slurm_list *list, const char *word);
/* Adds words that end with NULL. */
void stg_slurm_list_add_all(stg_slurm_list *list, const char *const *words);
void stg_slurm_list_free(stg_slurm_list *list);

/* Adds the words of a place, but for options that srun alone has. */
void stg_slurm_list_add_place(stg_slurm_list *list, const stg_slurm_place *place);
/* Returns the value of an option among the words of a place; NULL: it is not there.
 *   letter  its short form
 *   name    its long form, without "--" */
const char *stg_slurm_place_value(const stg_slurm_place *place, char letter, const char *name);

#endif
