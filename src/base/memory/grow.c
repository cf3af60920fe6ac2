/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/grow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool stg_grow(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return true;
    size_t wanted = *capacity < 8 ? 8 : *capacity;
    while (wanted < needed) {
        if (wanted > SIZE_MAX / 2)
            return false;
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / size)
        return false;
    void *old;
    memcpy(&old, items, sizeof old);
    char *grown = realloc(old, wanted * size);
    if (grown == NULL)
        return false;
    memset(grown + *capacity * size, 0, (wanted - *capacity) * size);
    memcpy(items, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}
