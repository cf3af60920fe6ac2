/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Renderables that lay out their own lines, anew for each drawing. */
#include <limits.h>

#include "console/framework.h"
#include "console/renderable/item.h"

typedef struct laid_out {
    staged_renderable base;
    stg_lay_out_function *lay_out;
    stg_release_function *release;
    void *source;
    staged_choice highlight;
} laid_out;

struct stg_drawn {
    stg_draw *draw;
    stg_segments *out;
    staged_choice highlight;
};

void stg_canvas_add_line(stg_canvas *canvas, const char *text, size_t length, stg_extent extent)
{
    stg_draw *draw = canvas->drawn->draw;
    stg_segments *out = canvas->drawn->out;
    const char *copy = stg_draw_copy(draw, text, length);
    if (copy == NULL)
        return;
    const stg_markup markup = {.text = copy, .length = length};
    stg_text styled = stg_markup_to_text(draw, &markup, STAGED_NO, canvas->drawn->highlight);
    styled.end = "\n";
    const stg_draw_options options = {
        .width = INT_MAX, .overflow = STAGED_OVERFLOW_IGNORE, .no_wrap = STAGED_YES};
    const size_t first = out->count;
    stg_text_draw(draw, &styled, &options, out);
    for (size_t i = first; i < out->count; i++)
        out->items[i].extent = extent;
}

void stg_canvas_fail(stg_canvas *canvas)
{
    stg_draw_fail(canvas->drawn->draw, STAGED_NO_MEMORY, "%s",
                  staged_status_text(STAGED_NO_MEMORY));
}

static void draw_laid_out(const staged_renderable *self, stg_draw *draw,
                          const stg_draw_options *options, stg_segments *out)
{
    const laid_out *l = (const laid_out *)self;
    struct stg_drawn drawn = {.draw = draw, .out = out, .highlight = l->highlight};
    stg_canvas canvas = {.width = options->width,
                         .terminal = draw->terminal,
                         .room = draw->room,
                         .ascii = draw->ascii,
                         .drawn = &drawn};
    l->lay_out(l->source, &canvas);
}

static stg_measurement measure_laid_out(const staged_renderable *self, stg_draw *draw,
                                        const stg_draw_options *options)
{
    (void)self;
    (void)draw;
    return (stg_measurement){options->width, options->width};
}

static void clear_laid_out(staged_renderable *self)
{
    const laid_out *l = (const laid_out *)self;
    l->release(l->source);
}

static const stg_item_kind laid_out_kind = {draw_laid_out, measure_laid_out, clear_laid_out};

staged_renderable *stg_laid_out_new(stg_lay_out_function *lay_out, stg_release_function *release,
                                    void *source, bool highlight)
{
    laid_out *l = (laid_out *)stg_item_new(&laid_out_kind, sizeof *l);
    if (l == NULL) {
        release(source);
        return NULL;
    }
    l->base.may_exceed = true;
    l->lay_out = lay_out;
    l->release = release;
    l->source = source;
    l->highlight = highlight ? STAGED_AUTO : STAGED_NO;
    return &l->base;
}
