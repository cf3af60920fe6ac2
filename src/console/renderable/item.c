/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/item.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "console/renderable/measured.h"

void staged_renderable_free(staged_renderable *renderable)
{
    if (renderable == NULL)
        return;
    if (renderable->kind->clear != NULL)
        renderable->kind->clear(renderable);
    free(renderable);
}

staged_renderable *stg_item_new(const stg_item_kind *kind, size_t size)
{
    staged_renderable *item = calloc(1, size);
    if (item != NULL) {
        item->kind = kind;
        item->depth = 1;
        item->is_kept = true;
    }
    return item;
}

staged_renderable *stg_item_new_around(const stg_item_kind *kind, size_t size,
                                       staged_renderable *child)
{
    staged_renderable *item = stg_item_is_usable(child) ? stg_item_new(kind, size) : NULL;
    if (item == NULL)
        staged_renderable_free(child);
    else
        stg_item_adopt(item, child);
    return item;
}

bool stg_item_is_usable(const staged_renderable *child)
{
    return child != NULL && child->depth < STG_DEEPEST;
}

void stg_item_refuse_options(staged_renderable *item, const char *problem)
{
    if (problem == NULL || item->failure != STAGED_OK)
        return;
    item->failure = STAGED_BAD_USE;
    item->why = problem;
}

void stg_item_adopt(staged_renderable *item, const staged_renderable *child)
{
    if (child == NULL)
        return;
    if (item->depth <= child->depth)
        item->depth = child->depth + 1;
    item->may_exceed = item->may_exceed || child->may_exceed;
    if (item->failure == STAGED_OK) {
        item->failure = child->failure;
        item->why = child->why;
    }
}

staged_status stg_items_add(stg_items *items, staged_renderable *owner, const stg_item_kind *kind,
                            staged_renderable *child)
{
    staged_status status = STAGED_OK;
    if (owner == NULL || !stg_item_is_usable(child))
        status = STAGED_NO_MEMORY;
    else if (owner->kind != kind)
        status = STAGED_BAD_USE;
    else if (!stg_grow(&items->items, &items->capacity, items->count + 1, sizeof *items->items))
        status = STAGED_NO_MEMORY;
    if (status != STAGED_OK) {
        staged_renderable_free(child);
        return status;
    }
    items->items[items->count++] = child;
    stg_item_adopt(owner, child);
    return STAGED_OK;
}

void stg_items_free(stg_items *items)
{
    for (size_t i = 0; i < items->count; i++)
        staged_renderable_free(items->items[i]);
    free(items->items);
}

staged_renderable *stg_item_with_format(staged_renderable *item, staged_status status)
{
    if (status == STAGED_NO_MEMORY) {
        staged_renderable_free(item);
        return NULL;
    }
    if (status != STAGED_OK) {
        item->failure = STAGED_BAD_USE;
        item->why = status == STAGED_BAD_INPUT
                        ? "a format needs as many values as it has %s, and no other conversions"
                        : "unsupported conversion in a format";
    }
    return item;
}

bool stg_item_copy_text(char **copy, const char *text)
{
    *copy = text == NULL ? NULL : strdup(text);
    return text == NULL || *copy != NULL;
}

void stg_item_draw(const staged_renderable *item, stg_draw *draw, const stg_draw_options *options,
                   stg_segments *out)
{
    if (item->failure != STAGED_OK)
        stg_draw_fail(draw, item->failure, "%s", item->why);
    if (draw->status == STAGED_OK && options->width >= 1)
        item->kind->draw(item, draw, options, out);
}

void stg_item_lines(const staged_renderable *item, stg_draw *draw, const stg_draw_options *options,
                    const stg_style *style, stg_lines *lines)
{
    stg_segments segments = {0};
    stg_item_draw(item, draw, options, &segments);
    stg_segments_apply(&segments, 0, style);
    const size_t first = lines->count;
    stg_lines_of(draw, &segments, lines);
    for (size_t i = first; i < lines->count; i++)
        stg_line_fit(draw, &lines->items[i], options->width, style);
}

static stg_measurement measure_anew(const staged_renderable *item, stg_draw *draw,
                                    const stg_draw_options *options)
{
    const stg_measurement none = {0, 0};
    stg_measurement measured = stg_measurement_normal(item->kind->measure(item, draw, options));
    measured = stg_measurement_at_most(measured, options->width);
    return measured.maximum < 1 ? none : stg_measurement_normal(measured);
}

stg_measurement stg_item_measure(const staged_renderable *item, stg_draw *draw,
                                 const stg_draw_options *options)
{
    stg_measurement measured = {0, 0};
    if (draw->status != STAGED_OK || options->width < 1)
        return measured;
    /* Measuring an item without children is as fast as a lookup. */
    const bool remembers = item->is_kept && item->depth > 1;
    if (remembers && stg_measured_find(draw, item, options, &measured))
        return measured;
    measured = measure_anew(item, draw, options);
    if (remembers)
        stg_measured_keep(draw, item, options, measured);
    return measured;
}
