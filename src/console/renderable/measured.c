/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/measured.h"

#include <stdint.h>

#define NONE SIZE_MAX

typedef struct entry {
    const staged_renderable *item;
    int width;
    staged_choice markup;
    stg_measurement measurement;
    size_t next; /* an older one in the same bucket; or NONE */
} entry;

struct stg_measured {
    entry *entries;
    size_t count, capacity;
    size_t *buckets; /* the newest entry of each; there are `capacity` of them */
};

static size_t *bucket_of(const stg_measured *measured, const staged_renderable *item, int width,
                         staged_choice markup)
{
    uint64_t hash = (uint64_t)(uintptr_t)item ^ (uint64_t)(unsigned)width << 40 ^ (unsigned)markup;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return &measured->buckets[(size_t)(hash >> 32) % measured->capacity];
}

static void link_entry(stg_measured *measured, size_t index)
{
    entry *e = &measured->entries[index];
    size_t *bucket = bucket_of(measured, e->item, e->width, e->markup);
    e->next = *bucket;
    *bucket = index;
}

/* Makes room for one more entry; rebuilds the buckets when their number grows. */
static bool make_room(stg_draw *draw, stg_measured *measured)
{
    const size_t before = measured->capacity;
    if (!stg_draw_grow(draw, &measured->entries, &measured->capacity, measured->count,
                       measured->count + 1, sizeof *measured->entries))
        return false;
    if (measured->capacity == before)
        return true;
    measured->buckets = stg_draw_alloc(draw, measured->capacity * sizeof *measured->buckets);
    if (measured->buckets == NULL) {
        measured->count = measured->capacity = 0;
        return false;
    }
    for (size_t i = 0; i < measured->capacity; i++)
        measured->buckets[i] = NONE;
    for (size_t i = 0; i < measured->count; i++)
        link_entry(measured, i);
    return true;
}

bool stg_measured_find(const stg_draw *draw, const staged_renderable *item,
                       const stg_draw_options *options, stg_measurement *measurement)
{
    const stg_measured *measured = draw->measured;
    if (measured == NULL || measured->count == 0)
        return false;
    size_t i = *bucket_of(measured, item, options->width, options->markup);
    for (; i != NONE; i = measured->entries[i].next) {
        const entry *e = &measured->entries[i];
        if (e->item != item || e->width != options->width || e->markup != options->markup)
            continue;
        *measurement = e->measurement;
        return true;
    }
    return false;
}

void stg_measured_keep(stg_draw *draw, const staged_renderable *item,
                       const stg_draw_options *options, stg_measurement measurement)
{
    if (draw->measured == NULL)
        draw->measured = stg_draw_alloc(draw, sizeof *draw->measured);
    if (draw->measured == NULL || !make_room(draw, draw->measured))
        return;
    draw->measured->entries[draw->measured->count] = (entry){.item = item,
                                                             .width = options->width,
                                                             .markup = options->markup,
                                                             .measurement = measurement};
    link_entry(draw->measured, draw->measured->count++);
}

size_t stg_measured_count(const stg_draw *draw)
{
    return draw->measured == NULL ? 0 : draw->measured->count;
}

void stg_measured_forget(stg_draw *draw, size_t count)
{
    stg_measured *measured = draw->measured;
    while (measured != NULL && measured->count > count) {
        const entry *e = &measured->entries[--measured->count];
        *bucket_of(measured, e->item, e->width, e->markup) = e->next;
    }
}
