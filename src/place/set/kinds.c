/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/set/kinds.h"

#include <string.h>

#include "place/set/place.h"
#include "place/slurm/arrays.h"
#include "place/slurm/slurm.h"
#include "place/ssh/ssh.h"

static const staged_place_kind *const kinds[] = {
    &stg_place_slurm,
    &stg_place_ssh,
    NULL,
};

const staged_place_kind *stg_place_kind(const char *name)
{
    for (size_t i = 0; kinds[i] != NULL; i++) {
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    }
    return NULL;
}

const char *stg_place_kind_name(size_t index)
{
    return kinds[index] == NULL ? NULL : kinds[index]->name;
}

/* ---- Arrays ---- */

/* An author's kind cannot have the name of one of ours. */
static const stg_array_kind *const array_kinds[] = {
    &stg_slurm_arrays,
    NULL,
};

const stg_array_kind *stg_place_arrays(const stg_place *place, void **opened)
{
    *opened = place->opened;
    for (size_t i = 0; array_kinds[i] != NULL; i++) {
        if (strcmp(array_kinds[i]->kind, place->kind.name) == 0)
            return array_kinds[i];
    }
    return NULL;
}

size_t stg_place_room(const stg_place *place)
{
    return strcmp(place->kind.name, stg_place_ssh.name) == 0 ? stg_ssh_room(place->opened) : 0;
}
