/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/constrain.h"

static void draw_constrain(const staged_renderable *self, stg_draw *draw,
                           const stg_draw_options *options, stg_segments *out)
{
    const stg_constrain *c = (const stg_constrain *)self;
    const stg_draw_options inner =
        stg_draw_narrowed(options, c->width < options->width ? c->width : options->width);
    stg_item_draw(c->child, draw, &inner, out);
}

/* As in Rich: measured with its own width, even where there is less room. */
static stg_measurement measure_constrain(const staged_renderable *self, stg_draw *draw,
                                         const stg_draw_options *options)
{
    const stg_constrain *c = (const stg_constrain *)self;
    const stg_draw_options inner = stg_draw_narrowed(options, c->width);
    return stg_item_measure(c->child, draw, &inner);
}

static const stg_item_kind passing_kind = {draw_constrain, measure_constrain, NULL};

stg_constrain stg_constrain_around(const staged_renderable *child, int width)
{
    return (stg_constrain){
        .base = {.kind = &passing_kind, .depth = child->depth + 1}, .child = child, .width = width};
}

/* A constraint kept by an author. */
typedef struct kept_constrain {
    stg_constrain constrain;
    staged_renderable *child;
} kept_constrain;

static void clear_constrain(staged_renderable *self)
{
    staged_renderable_free(((kept_constrain *)self)->child);
}

static const stg_item_kind kept_kind = {draw_constrain, measure_constrain, clear_constrain};

staged_renderable *staged_constrain_new(int width, staged_renderable *child)
{
    kept_constrain *kept = (kept_constrain *)stg_item_new_around(&kept_kind, sizeof *kept, child);
    if (kept == NULL)
        return NULL;
    kept->child = child;
    kept->constrain.child = child;
    kept->constrain.width = width > 0 ? stg_item_columns(width) : 80;
    return &kept->constrain.base;
}
