/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What completion offers for --on. */
#include <stdlib.h>
#include <string.h>

#include "args/framework.h"
#include "base/memory/grow.h"
#include "script/arguments/arguments.h"
#include "script/place/places.h"
#include "script/state/stage_state.h"

typedef struct offering {
    const staged_script *script;
    stg_arena *arena;
    staged_value *items;
    size_t count, capacity;
    bool failed;
} offering;

static void offer(offering *all, const char *word)
{
    if (word == NULL ||
        !stg_grow(&all->items, &all->capacity, all->count + 1, sizeof *all->items)) {
        all->failed = true;
        return;
    }
    all->items[all->count++] = staged_value_text(word);
}

static void offer_place(void *context, const char *name)
{
    offering *all = context;
    const staged_script *script = all->script;
    offer(all, stg_arena_text(all->arena, name));
    for (size_t i = 0; i < script->stage_count; i++)
        offer(all, stg_arena_printf(all->arena, "%s=%s", script->stages[i].name, name));
}

/* Every stage at every place: shells take whole words, and show those that begin alike. */
const staged_value *stg_offer_places(void *script, stg_arena *arena)
{
    offering all = {.script = script, .arena = arena};
    staged_value *list = NULL;
    if (stg_visit_places(script, offer_place, &all) && !all.failed)
        list = stg_arena_alloc(arena, sizeof *list + all.count * sizeof *all.items);
    if (list != NULL) {
        staged_value *items = list + 1;
        memcpy(items, all.items, all.count * sizeof *items);
        *list = staged_value_list(items, all.count);
    }
    free(all.items);
    return list;
}
