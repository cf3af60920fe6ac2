/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/memory/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/hash.h"

enum { SMALLEST = 16 };

void stg_names_free(stg_names *names)
{
    free(names->slots);
    *names = (stg_names){0};
}

/* The name's slot, or the free slot where it belongs. */
static stg_name *slot_of(const stg_names *names, const char *name, size_t length, uint32_t hash)
{
    const size_t mask = names->capacity - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        stg_name *slot = &names->slots[i];
        if (slot->name == NULL ||
            (slot->hash == hash && slot->length == length && memcmp(slot->name, name, length) == 0))
            return slot;
    }
}

static bool grow(stg_names *names)
{
    const size_t capacity = names->capacity == 0 ? SMALLEST : names->capacity * 2;
    stg_names larger = {.capacity = capacity, .count = names->count};
    larger.slots = calloc(capacity, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < names->capacity; i++) {
        const stg_name *old = &names->slots[i];
        if (old->name != NULL)
            *slot_of(&larger, old->name, old->length, old->hash) = *old;
    }
    free(names->slots);
    *names = larger;
    return true;
}

bool stg_names_put(stg_names *names, const char *name, size_t length, void *thing)
{
    /* At most three quarters full, to keep searches short. */
    if (names->count >= names->capacity / 4 * 3 && !grow(names))
        return false;
    const uint32_t hash = stg_hash(STG_HASH_BEGIN, name, length);
    stg_name *slot = slot_of(names, name, length, hash);
    names->count += slot->name == NULL;
    *slot = (stg_name){.name = name, .length = length, .hash = hash, .thing = thing};
    return true;
}

bool stg_names_put_text(stg_names *names, const char *name, void *thing)
{
    return stg_names_put(names, name, strlen(name), thing);
}

void *stg_names_get(const stg_names *names, const char *name, size_t length)
{
    if (names->count == 0)
        return NULL;
    return slot_of(names, name, length, stg_hash(STG_HASH_BEGIN, name, length))->thing;
}

void *stg_names_get_text(const stg_names *names, const char *name)
{
    return stg_names_get(names, name, strlen(name));
}
