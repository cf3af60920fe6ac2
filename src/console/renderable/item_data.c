/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Machine-readable output of other programs, as renderables: coloured lines that are kept whole. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "console/markup/highlight.h"
#include "console/markup/rules.h"
#include "console/renderable/item.h"

typedef void color_function(stg_draw *draw, stg_text *text);

typedef struct data_item {
    staged_renderable base;
    char *text;
    size_t length;
    color_function *color;
} data_item;

/* Lines that do not fit are not cut. */
static void keep_whole(stg_segments *segments, size_t first, int width)
{
    size_t cells = 0;
    for (size_t i = first; i < segments->count; i++) {
        const stg_segment *s = &segments->items[i];
        cells += s->cells;
        const bool is_end = s->length > 0 && s->text[s->length - 1] == '\n';
        if (!is_end && i + 1 < segments->count)
            continue;
        for (; cells > (size_t)width && first <= i; first++)
            segments->items[first].extent = STG_WHOLE;
        first = i + 1;
        cells = 0;
    }
}

static void draw_data(const staged_renderable *self, stg_draw *draw,
                      const stg_draw_options *options, stg_segments *out)
{
    const data_item *item = (const data_item *)self;
    stg_text text = stg_text_of(draw, item->text, item->length);
    item->color(draw, &text);
    stg_rules_apply(draw, &text);
    text.end = "\n";
    stg_draw_options whole = *options;
    whole.width = INT_MAX;
    whole.overflow = STAGED_OVERFLOW_IGNORE;
    whole.no_wrap = STAGED_YES;
    const size_t first = out->count;
    stg_text_draw(draw, &text, &whole, out);
    keep_whole(out, first, options->width);
}

static stg_measurement measure_data(const staged_renderable *self, stg_draw *draw,
                                    const stg_draw_options *options)
{
    const data_item *item = (const data_item *)self;
    (void)options;
    const stg_text text = stg_text_of(draw, item->text, item->length);
    return stg_text_measure(&text, draw->tab_size);
}

static void clear_data(staged_renderable *self)
{
    free(((data_item *)self)->text);
}

static const stg_item_kind data_kind = {draw_data, measure_data, clear_data};

static staged_renderable *new_data(const char *text, color_function *color)
{
    data_item *item = (data_item *)stg_item_new(&data_kind, sizeof *item);
    if (item == NULL)
        return NULL;
    if (!stg_item_copy_text(&item->text, text == NULL ? "" : text)) {
        staged_renderable_free(&item->base);
        return NULL;
    }
    item->length = strlen(item->text);
    item->length -= item->length > 0 && item->text[item->length - 1] == '\n';
    item->color = color;
    item->base.may_exceed = true;
    return &item->base;
}

staged_renderable *staged_json_new(const char *text)
{
    return new_data(text, stg_highlight_json);
}

staged_renderable *staged_diff_new(const char *text)
{
    return new_data(text, stg_highlight_diff);
}
