/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/framework.h"

#include "console/renderable/item.h"

typedef struct edge {
    staged_renderable base;
    staged_renderable *child;
} edge;

static void draw_edge(const staged_renderable *self, stg_draw *draw,
                      const stg_draw_options *options, stg_segments *out)
{
    const edge *e = (const edge *)self;
    const stg_draw_options whole = stg_draw_narrowed(options, draw->width);
    const bool fits = stg_item_measure(e->child, draw, &whole).maximum <= options->width;
    const size_t first = out->count;
    stg_item_draw(e->child, draw, fits ? options : &whole, out);
    for (size_t i = first; i < out->count && !fits; i++)
        out->items[i].extent = STG_FROM_EDGE;
}

static stg_measurement measure_edge(const staged_renderable *self, stg_draw *draw,
                                    const stg_draw_options *options)
{
    return stg_item_measure(((const edge *)self)->child, draw, options);
}

static void clear_edge(staged_renderable *self)
{
    staged_renderable_free(((edge *)self)->child);
}

static const stg_item_kind edge_kind = {draw_edge, measure_edge, clear_edge};

staged_renderable *stg_edge_new(staged_renderable *child)
{
    edge *e = (edge *)stg_item_new_around(&edge_kind, sizeof *e, child);
    if (e == NULL)
        return NULL;
    e->child = child;
    e->base.may_exceed = true;
    return &e->base;
}
