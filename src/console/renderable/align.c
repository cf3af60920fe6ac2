/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/renderable/align.h"

#include <stdlib.h>

#include "base/failure/options.h"

static void draw_align(const staged_renderable *self, stg_draw *draw,
                       const stg_draw_options *options, stg_segments *out)
{
    const stg_align *a = (const stg_align *)self;
    int width = stg_item_measure(a->child, draw, options).maximum;
    if (a->width > 0 && a->width < width)
        width = a->width;
    if (width > options->width)
        width = options->width;
    const stg_draw_options inner = stg_draw_narrowed(options, width);
    const stg_style style = stg_draw_style(draw, a->style);
    const stg_style none = {0};
    const size_t first = out->count;
    stg_segments segments = {0};
    stg_lines lines = {0};
    stg_item_draw(a->child, draw, &inner, &segments);
    stg_lines_of(draw, &segments, &lines);
    size_t widest = 0;
    for (size_t i = 0; i < lines.count; i++)
        widest = lines.items[i].cells > widest ? lines.items[i].cells : widest;
    const size_t excess = (size_t)options->width > widest ? (size_t)options->width - widest : 0;
    size_t left = 0;
    if (a->align == STAGED_ALIGN_CENTER)
        left = excess / 2;
    else if (a->align == STAGED_ALIGN_RIGHT)
        left = excess;
    const size_t right = a->align == STAGED_ALIGN_RIGHT ? 0 : excess - left;
    for (size_t i = 0; i < lines.count; i++) {
        stg_line_fit(draw, &lines.items[i], (int)widest, &none);
        stg_segments_blanks(draw, out, left, NULL);
        stg_segments_line(draw, out, &lines.items[i]);
        stg_segments_blanks(draw, out, right, NULL);
        stg_segments_newline(draw, out);
    }
    stg_segments_apply(out, first, &style);
}

static stg_measurement measure_align(const staged_renderable *self, stg_draw *draw,
                                     const stg_draw_options *options)
{
    return stg_item_measure(((const stg_align *)self)->child, draw, options);
}

static const stg_item_kind passing_kind = {draw_align, measure_align, NULL};

stg_align stg_align_around(const staged_renderable *child, staged_align align)
{
    return (stg_align){
        .base = {.kind = &passing_kind, .depth = child->depth + 1}, .child = child, .align = align};
}

/* An alignment kept by an author. */
typedef struct kept_align {
    stg_align align;
    staged_renderable *child;
    char *style;
} kept_align;

static void clear_align(staged_renderable *self)
{
    kept_align *kept = (kept_align *)self;
    staged_renderable_free(kept->child);
    free(kept->style);
}

static const stg_item_kind kept_kind = {draw_align, measure_align, clear_align};

staged_renderable *staged_align_new(const staged_align_options *options, staged_align align,
                                    staged_renderable *child)
{
    staged_align_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_align_options);
    kept_align *kept = (kept_align *)stg_item_new_around(&kept_kind, sizeof *kept, child);
    if (kept == NULL)
        return NULL;
    stg_item_refuse_options(&kept->align.base, problem);
    kept->child = child;
    kept->align.child = child;
    kept->align.align = align == STAGED_ALIGN_DEFAULT ? STAGED_ALIGN_CENTER : align;
    kept->align.width = stg_item_columns(own.width);
    if (!stg_item_copy_text(&kept->style, own.style)) {
        staged_renderable_free(&kept->align.base);
        return NULL;
    }
    kept->align.style = kept->style;
    return &kept->align.base;
}
