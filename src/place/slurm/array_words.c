/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/array_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"

void stg_slurm_list_add(stg_slurm_list *list, const char *word)
{
    if (word != NULL && !list->failed &&
        stg_grow(&list->words, &list->capacity, list->count + 2, sizeof *list->words))
        list->words[list->count++] = word;
    else
        list->failed = true;
}

void stg_slurm_list_add_all(stg_slurm_list *list, const char *const *words)
{
    for (; *words != NULL; words++)
        stg_slurm_list_add(list, *words);
}

void stg_slurm_list_free(stg_slurm_list *list)
{
    free(list->words);
    *list = (stg_slurm_list){0};
}

/* Options without a value that sbatch does not have: they are about how srun runs a step.  Sources:
 * srun(1), sbatch(1). */
static bool is_for_srun_alone(const char *word)
{
    static const char *const alone[] = {
        "-l",
        "--label",
        "-u",
        "--unbuffered",
        "-K",
        "--kill-on-bad-exit",
        "-X",
        "--disable-status",
        "-E",
        "--preserve-env",
        "-q",
        "--quit-on-interrupt",
        "-I",
        "--immediate",
        "--resv-ports",
        "--send-libs",
        "--exact",
        "--whole",
        "--interactive",
    };
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        const size_t length = strlen(alone[i]);
        if (strncmp(word, alone[i], length) == 0 && (word[length] == '\0' || word[length] == '='))
            return true;
    }
    return false;
}

void stg_slurm_list_add_place(stg_slurm_list *list, const stg_slurm_place *place)
{
    for (size_t i = 0; i < place->count; i++) {
        if (!is_for_srun_alone(place->words[i]))
            stg_slurm_list_add(list, place->words[i]);
    }
}

const char *stg_slurm_place_value(const stg_slurm_place *place, char letter, const char *name)
{
    const size_t length = strlen(name);
    for (size_t i = 0; i < place->count; i++) {
        const char *word = place->words[i];
        const char *next = i + 1 < place->count ? place->words[i + 1] : NULL;
        if (word[0] == '-' && word[1] == letter)
            return word[2] == '\0' ? next : word + 2;
        if (strncmp(word, "--", 2) != 0 || strncmp(word + 2, name, length) != 0)
            continue;
        if (word[length + 2] == '\0')
            return next;
        if (word[length + 2] == '=')
            return word + length + 3;
    }
    return NULL;
}
