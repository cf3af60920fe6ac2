/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/family/unmarked.h"

static atomic_int places[256];

atomic_int *stg_unmarked_places(size_t *count)
{
    *count = sizeof places / sizeof places[0];
    return places;
}

bool stg_unmarked_has(pid_t root)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (atomic_load(&places[i]) == root)
            return true;
    }
    return false;
}
