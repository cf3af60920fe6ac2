/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/padding.h"

#include <stdlib.h>

#include "base/failure/options.h"

bool stg_pad_is_none(const staged_pad *pad)
{
    return pad->top == 0 && pad->right == 0 && pad->bottom == 0 && pad->left == 0;
}

static void draw_blank_lines(stg_draw *draw, int count, int width, const stg_style *style,
                             stg_segments *out)
{
    for (int i = 0; i < count; i++)
        stg_segments_blank_line(draw, out, width < 0 ? 0 : (size_t)width, style);
}

static size_t blanks(int count)
{
    return count < 0 ? 0 : (size_t)count;
}

static void draw_padding(const staged_renderable *self, stg_draw *draw,
                         const stg_draw_options *options, stg_segments *out)
{
    const stg_padding *p = (const stg_padding *)self;
    const stg_style style = stg_draw_style(draw, p->style);
    int width = options->width;
    if (!p->expand) {
        const int needed =
            stg_item_measure(p->child, draw, options).maximum + p->pad.left + p->pad.right;
        width = needed < width ? needed : width;
    }
    const stg_draw_options inner = stg_draw_narrowed(options, width - p->pad.left - p->pad.right);
    stg_lines lines = {0};
    const int room = draw->room;
    draw->room -= p->pad.left + p->pad.right;
    stg_item_lines(p->child, draw, &inner, &style, &lines);
    draw->room = room;
    draw_blank_lines(draw, p->pad.top, width, &style, out);
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.items[i].extent != STG_FROM_EDGE)
            stg_segments_blanks(draw, out, blanks(p->pad.left), &style);
        stg_segments_line(draw, out, &lines.items[i]);
        stg_segments_blanks(draw, out, blanks(p->pad.right), &style);
        stg_segments_newline(draw, out);
    }
    draw_blank_lines(draw, p->pad.bottom, width, &style, out);
}

static stg_measurement measure_padding(const staged_renderable *self, stg_draw *draw,
                                       const stg_draw_options *options)
{
    const stg_padding *p = (const stg_padding *)self;
    const int extra = p->pad.left + p->pad.right;
    if (options->width - extra < 1)
        return (stg_measurement){options->width, options->width};
    stg_measurement measured = stg_item_measure(p->child, draw, options);
    measured.minimum += extra;
    measured.maximum += extra;
    return stg_measurement_at_most(measured, options->width);
}

static const stg_item_kind passing_kind = {draw_padding, measure_padding, NULL};

stg_padding stg_padding_around(const staged_renderable *child, staged_pad pad)
{
    return (stg_padding){.base = {.kind = &passing_kind, .depth = child->depth + 1},
                         .child = child,
                         .pad = pad,
                         .expand = true};
}

/* A padding kept by an author. */
typedef struct kept_padding {
    stg_padding padding;
    staged_renderable *child;
    char *style;
} kept_padding;

static void clear_padding(staged_renderable *self)
{
    kept_padding *kept = (kept_padding *)self;
    staged_renderable_free(kept->child);
    free(kept->style);
}

static const stg_item_kind kept_kind = {draw_padding, measure_padding, clear_padding};

staged_renderable *staged_padding_new(const staged_padding_options *options,
                                      staged_renderable *child)
{
    staged_padding_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_padding_options);
    kept_padding *kept = (kept_padding *)stg_item_new_around(&kept_kind, sizeof *kept, child);
    if (kept == NULL)
        return NULL;
    stg_item_refuse_options(&kept->padding.base, problem);
    kept->child = child;
    kept->padding.child = child;
    kept->padding.pad = stg_item_pad(own.pad);
    kept->padding.expand = own.expand != STAGED_NO;
    if (!stg_item_copy_text(&kept->style, own.style)) {
        staged_renderable_free(&kept->padding.base);
        return NULL;
    }
    kept->padding.style = kept->style;
    return &kept->padding.base;
}
