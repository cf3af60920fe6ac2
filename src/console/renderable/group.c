/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Renderables one after another, and renderables made on demand. */
#include <stdlib.h>

#include "console/renderable/item.h"
#include "console/renderable/measured.h"

typedef struct group {
    staged_renderable base;
    stg_items items;
} group;

static void draw_group(const staged_renderable *self, stg_draw *draw,
                       const stg_draw_options *options, stg_segments *out)
{
    const group *g = (const group *)self;
    for (size_t i = 0; i < g->items.count; i++)
        stg_item_draw(g->items.items[i], draw, options, out);
}

static stg_measurement measure_group(const staged_renderable *self, stg_draw *draw,
                                     const stg_draw_options *options)
{
    const group *g = (const group *)self;
    stg_measurement widest = {0, 0};
    for (size_t i = 0; i < g->items.count; i++) {
        const stg_measurement one = stg_item_measure(g->items.items[i], draw, options);
        widest = stg_measurement_at_least(widest, one.minimum);
        if (one.maximum > widest.maximum)
            widest.maximum = one.maximum;
    }
    return widest;
}

static void clear_group(staged_renderable *self)
{
    stg_items_free(&((group *)self)->items);
}

static const stg_item_kind group_kind = {draw_group, measure_group, clear_group};

staged_renderable *staged_render_group_new(void)
{
    return stg_item_new(&group_kind, sizeof(group));
}

staged_status staged_render_group_add(staged_renderable *renderable, staged_renderable *child)
{
    group *g = (group *)renderable;
    return stg_items_add(g == NULL ? NULL : &g->items, renderable, &group_kind, child);
}

typedef struct dynamic {
    staged_renderable base;
    staged_render_function *make;
    void *context;
    void (*release)(void *context);
} dynamic;

/* Calls the author's function for what to draw now; NULL after a failure. */
static staged_renderable *make_now(const staged_renderable *self, stg_draw *draw,
                                   const stg_draw_options *options)
{
    const dynamic *d = (const dynamic *)self;
    staged_renderable *made = d->make(d->context, options->width);
    if (made == NULL)
        stg_draw_fail(draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
    return made;
}

static void draw_dynamic(const staged_renderable *self, stg_draw *draw,
                         const stg_draw_options *options, stg_segments *out)
{
    const size_t first = out->count;
    const size_t measured = stg_measured_count(draw);
    staged_renderable *made = make_now(self, draw, options);
    if (made == NULL)
        return;
    stg_item_draw(made, draw, options, out);
    stg_segments_keep(draw, out, first);
    stg_measured_forget(draw, measured);
    staged_renderable_free(made);
}

static stg_measurement measure_dynamic(const staged_renderable *self, stg_draw *draw,
                                       const stg_draw_options *options)
{
    const size_t before = stg_measured_count(draw);
    staged_renderable *made = make_now(self, draw, options);
    const stg_measurement measured =
        made == NULL ? (stg_measurement){0} : stg_item_measure(made, draw, options);
    stg_measured_forget(draw, before);
    staged_renderable_free(made);
    return measured;
}

static void clear_dynamic(staged_renderable *self)
{
    dynamic *d = (dynamic *)self;
    if (d->release != NULL)
        d->release(d->context);
}

static const stg_item_kind dynamic_kind = {draw_dynamic, measure_dynamic, clear_dynamic};

staged_renderable *staged_dynamic_new(staged_render_function *make, void *context,
                                      void (*release)(void *context))
{
    dynamic *d = (dynamic *)stg_item_new(&dynamic_kind, sizeof *d);
    if (d == NULL) {
        if (release != NULL)
            release(context);
        return NULL;
    }
    d->make = make;
    d->context = context;
    d->release = release;
    return &d->base;
}
