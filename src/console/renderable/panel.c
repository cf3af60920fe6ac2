/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "console/renderable/box.h"
#include "console/renderable/item.h"
#include "console/renderable/padding.h"

typedef struct panel {
    staged_renderable base;
    staged_renderable *child;
    char *title, *subtitle, *style, *border_style;
    staged_panel_options options; /* do not use the texts in it */
} panel;

/* One drawing of a panel. */
typedef struct frame {
    stg_draw *draw;
    stg_segments *out;
    stg_box box;
    stg_style border;
    int width; /* between the sides */
    stg_draw_options inner;
} frame;

/* A title as it appears in the border: on one line, with a blank on both sides. */
static stg_text title_text(stg_draw *draw, const char *title)
{
    if (title == NULL || title[0] == '\0')
        return (stg_text){.plain = true};
    stg_text text = stg_markup_read(draw, &(stg_markup){.text = title, .length = strlen(title)});
    text.end = NULL;
    text.no_wrap = STAGED_YES;
    stg_text_flatten(draw, &text);
    stg_text_expand_tabs(draw, &text, 0);
    stg_text_pad_left(draw, &text, 1);
    stg_text_pad_right(draw, &text, 1);
    return text;
}

static void append_fill(frame *f, stg_text *text, const char *part, size_t count)
{
    const size_t size = strlen(part);
    char *fill = stg_draw_alloc(f->draw, count * size);
    for (size_t i = 0; fill != NULL && i < count; i++)
        memcpy(fill + i * size, part, size);
    if (fill != NULL)
        stg_text_append(f->draw, text, fill, count * size,
                        stg_style_is_null(&f->border) ? NULL : &f->border);
}

/* The title with the border to both sides of it, `width` cells wide. */
static stg_text aligned(frame *f, stg_text *title, int width, staged_align align, const char *part)
{
    stg_text_truncate(f->draw, title, width, STAGED_OVERFLOW_FOLD, false);
    const size_t cells = stg_text_cells(title);
    const size_t excess = (size_t)width > cells ? (size_t)width - cells : 0;
    if (excess == 0)
        return *title;
    size_t left = excess / 2;
    if (align == STAGED_ALIGN_LEFT)
        left = 0;
    else if (align == STAGED_ALIGN_RIGHT)
        left = excess;
    stg_text line = {.plain = true, .no_wrap = STAGED_YES};
    append_fill(f, &line, part, left);
    stg_text_append_text(f->draw, &line, title);
    append_fill(f, &line, part, excess - left);
    return line;
}

/* Draws the upper or the lower border. */
static void draw_border(frame *f, stg_box_line line, stg_text *title, staged_align align)
{
    const int width = f->width + 2;
    char(*parts)[4] = f->box.parts[line];
    if (title->length == 0 || width <= 4) {
        stg_box_draw_line(f->draw, &f->box, line, &f->width, 1, true, 1, &f->border, f->out);
    } else {
        stg_text_add_span_before(f->draw, title, &f->border);
        const stg_text text = aligned(f, title, width - 4, align, parts[STG_BOX_FILL]);
        const stg_draw_options options = stg_draw_narrowed(&f->inner, width - 4);
        stg_box_draw_parts(f->draw, parts[STG_BOX_LEFT], parts[STG_BOX_FILL], &f->border, f->out);
        stg_text_draw(f->draw, &text, &options, f->out);
        stg_box_draw_parts(f->draw, parts[STG_BOX_FILL], parts[STG_BOX_RIGHT], &f->border, f->out);
    }
    stg_segments_newline(f->draw, f->out);
}

static void draw_contents(frame *f, const staged_renderable *contents, const stg_style *style)
{
    stg_lines lines = {0};
    stg_item_lines(contents, f->draw, &f->inner, style, &lines);
    char(*parts)[4] = f->box.parts[STG_BOX_MIDDLE];
    for (size_t i = 0; i < lines.count; i++) {
        stg_box_draw_parts(f->draw, parts[STG_BOX_LEFT], NULL, &f->border, f->out);
        stg_segments_line(f->draw, f->out, &lines.items[i]);
        stg_box_draw_parts(f->draw, parts[STG_BOX_RIGHT], NULL, &f->border, f->out);
        stg_segments_newline(f->draw, f->out);
    }
}

static int width_of_contents(const panel *p, frame *f, const staged_renderable *contents,
                             const stg_draw_options *options, const stg_text *title)
{
    int width = options->width;
    if (p->options.width > 0 && p->options.width < width)
        width = p->options.width;
    width -= 2;
    if (p->options.expand == STAGED_NO) {
        const stg_draw_options inner = stg_draw_narrowed(options, width);
        width = stg_item_measure(contents, f->draw, &inner).maximum;
    }
    if (title->length > 0) {
        const int wanted = (int)stg_text_cells(title) + 2;
        width = wanted > width ? wanted : width;
        width = options->width - 2 < width ? options->width - 2 : width;
    }
    return width;
}

static void draw_panel(const staged_renderable *self, stg_draw *draw,
                       const stg_draw_options *options, stg_segments *out)
{
    const panel *p = (const panel *)self;
    const bool padded = !stg_pad_is_none(&p->options.padding);
    const stg_padding padding = stg_padding_around(p->child, p->options.padding);
    const staged_renderable *contents = padded ? &padding.base : p->child;
    const stg_style style = stg_draw_style(draw, p->style);
    const stg_style own_border = stg_draw_style(draw, p->border_style);
    frame f = {.draw = draw, .out = out};
    f.box = stg_box_get(p->options.box, draw->ascii, true);
    f.border = stg_style_combine(&style, &own_border);
    stg_text title = title_text(draw, p->title);
    f.width = width_of_contents(p, &f, contents, options, &title);
    f.inner = stg_draw_narrowed(options, f.width);
    f.inner.highlight = p->options.highlight ? STAGED_YES : STAGED_NO;
    draw_border(&f, STG_BOX_TOP, &title, p->options.title_align);
    draw_contents(&f, contents, &style);
    stg_text subtitle = title_text(draw, p->subtitle);
    draw_border(&f, STG_BOX_BOTTOM, &subtitle, p->options.subtitle_align);
}

static stg_measurement measure_panel(const staged_renderable *self, stg_draw *draw,
                                     const stg_draw_options *options)
{
    const panel *p = (const panel *)self;
    const stg_text title = title_text(draw, p->title);
    if (p->options.width > 0)
        return (stg_measurement){p->options.width, p->options.width};
    const int extra = p->options.padding.left + p->options.padding.right + 2;
    const stg_draw_options inner = stg_draw_narrowed(options, options->width - extra);
    int width = stg_item_measure(p->child, draw, &inner).maximum;
    if (title.length > 0) {
        const stg_text_item item = stg_text_item_of(&title);
        const int wanted = stg_item_measure(&item.base, draw, &inner).maximum;
        width = wanted > width ? wanted : width;
    }
    return (stg_measurement){width + extra, width + extra};
}

static void clear_panel(staged_renderable *self)
{
    panel *p = (panel *)self;
    staged_renderable_free(p->child);
    free(p->title);
    free(p->subtitle);
    free(p->style);
    free(p->border_style);
}

static const stg_item_kind panel_kind = {draw_panel, measure_panel, clear_panel};

staged_renderable *staged_panel_new(const staged_panel_options *options, staged_renderable *child)
{
    panel *p = (panel *)stg_item_new_around(&panel_kind, sizeof *p, child);
    if (p == NULL)
        return NULL;
    p->child = child;
    stg_item_refuse_options(&p->base, STG_READ_OPTIONS(&p->options, options, staged_panel_options));
    if (p->options.box == STAGED_BOX_DEFAULT || p->options.box == STAGED_BOX_NONE)
        p->options.box = STAGED_BOX_ROUNDED;
    if (!p->options.padding.given)
        p->options.padding = (staged_pad){.right = 1, .left = 1};
    p->options.padding = stg_item_pad(p->options.padding);
    p->options.width = stg_item_columns(p->options.width);
    if (!stg_item_copy_text(&p->title, p->options.title) ||
        !stg_item_copy_text(&p->subtitle, p->options.subtitle) ||
        !stg_item_copy_text(&p->style, p->options.style) ||
        !stg_item_copy_text(&p->border_style, p->options.border_style)) {
        staged_renderable_free(&p->base);
        return NULL;
    }
    return &p->base;
}
