/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Texts as renderables. */
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "console/markup/highlight.h"
#include "console/markup/markup.h"
#include "console/markup/rules.h"
#include "console/renderable/item.h"

/* ---- a text that lasts as long as the drawing ---- */

static void draw_text_item(const staged_renderable *self, stg_draw *draw,
                           const stg_draw_options *options, stg_segments *out)
{
    stg_text_draw(draw, &((const stg_text_item *)self)->text, options, out);
}

static stg_measurement measure_text_item(const staged_renderable *self, stg_draw *draw,
                                         const stg_draw_options *options)
{
    (void)options;
    return stg_text_measure(&((const stg_text_item *)self)->text, draw->tab_size);
}

static const stg_item_kind text_item_kind = {draw_text_item, measure_text_item, NULL};

stg_text_item stg_text_item_of(const stg_text *text)
{
    return (stg_text_item){.base = {.kind = &text_item_kind, .depth = 1}, .text = *text};
}

static bool is_text_item(const staged_renderable *item)
{
    return item->kind == &text_item_kind;
}

/* ---- markup and data ---- */

/* The author's styles go over those of the highlighter. */
static void add_found(stg_draw *draw, stg_text *text)
{
    stg_text highlighted = *text;
    highlighted.spans = NULL;
    highlighted.span_count = highlighted.span_capacity = 0;
    stg_highlight(draw, &highlighted);
    if (highlighted.span_count == 0)
        return;
    stg_text_add_spans(draw, &highlighted, text);
    *text = highlighted;
}

stg_text stg_markup_to_text(stg_draw *draw, const stg_markup *markup, staged_choice is_markup,
                            staged_choice highlight)
{
    const bool highlights = highlight == STAGED_AUTO ? draw->highlight : highlight == STAGED_YES;
    const bool read = is_markup == STAGED_AUTO ? draw->markup : is_markup == STAGED_YES;
    stg_text text =
        read ? stg_markup_read(draw, markup) : stg_text_of(draw, markup->text, markup->length);
    if (highlights && (draw->styled || text.splits))
        add_found(draw, &text);
    stg_rules_apply(draw, &text);
    return text;
}

static stg_text text_of_markup_item(const staged_renderable *self, stg_draw *draw,
                                    staged_choice is_markup, staged_choice highlight)
{
    const stg_markup_item *item = (const stg_markup_item *)self;
    return stg_markup_to_text(draw, &item->markup, is_markup, highlight);
}

static void draw_markup_item(const staged_renderable *self, stg_draw *draw,
                             const stg_draw_options *options, stg_segments *out)
{
    const stg_text text = text_of_markup_item(self, draw, options->markup, options->highlight);
    stg_text_draw(draw, &text, options, out);
}

static stg_measurement measure_markup_item(const staged_renderable *self, stg_draw *draw,
                                           const stg_draw_options *options)
{
    const stg_text text = text_of_markup_item(self, draw, options->markup, STAGED_NO);
    return stg_text_measure(&text, draw->tab_size);
}

static const stg_item_kind markup_item_kind = {draw_markup_item, measure_markup_item, NULL};

stg_markup_item stg_markup_item_of(const stg_markup *markup)
{
    return (stg_markup_item){.base = {.kind = &markup_item_kind, .depth = 1}, .markup = *markup};
}

/* ---- the same, kept by an author ---- */

typedef struct kept_markup {
    stg_markup_item item;
    stg_formatted formatted;
} kept_markup;

static void clear_kept_markup(staged_renderable *self)
{
    stg_formatted_free(&((kept_markup *)self)->formatted);
}

static const stg_item_kind kept_markup_kind = {draw_markup_item, measure_markup_item,
                                               clear_kept_markup};

staged_renderable *stg_markup_item_new(const char *markup)
{
    kept_markup *kept = (kept_markup *)stg_item_new(&kept_markup_kind, sizeof *kept);
    if (kept == NULL)
        return NULL;
    stg_buf_add_text(&kept->formatted.text, markup);
    kept->item.markup = stg_formatted_markup(&kept->formatted);
    return stg_item_with_format(&kept->item.base, stg_buf_status(&kept->formatted.text));
}

staged_renderable *stg_markup_item_of_formatted(stg_formatted *formatted, staged_status status)
{
    kept_markup *kept = (kept_markup *)stg_item_new(&kept_markup_kind, sizeof *kept);
    if (kept == NULL) {
        stg_formatted_free(formatted);
        return NULL;
    }
    kept->formatted = *formatted;
    *formatted = (stg_formatted){0};
    kept->item.markup = stg_formatted_markup(&kept->formatted);
    return stg_item_with_format(&kept->item.base, status);
}

const char *stg_markup_item_words(const staged_renderable *item)
{
    return item == NULL ? NULL : ((const kept_markup *)item)->item.markup.text;
}

void stg_markup_item_add_plain(const staged_renderable *item, stg_buf *out)
{
    if (item != NULL)
        stg_markup_add_plain(&((const kept_markup *)item)->item.markup, out);
}

staged_renderable *staged_markup_new_list(const char *format, const char *const *texts,
                                          size_t count)
{
    stg_formatted formatted = {0};
    const staged_status status = stg_formatted_add_list(&formatted, format, texts, count);
    return stg_markup_item_of_formatted(&formatted, status);
}

staged_renderable *staged_markup_new_v(const char *format, va_list values)
{
    stg_formatted formatted = {0};
    const staged_status status = stg_formatted_add_v(&formatted, format, values);
    return stg_markup_item_of_formatted(&formatted, status);
}

staged_renderable *staged_markup_new(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    staged_renderable *renderable = staged_markup_new_v(format, values);
    va_end(values);
    return renderable;
}

/* ---- a text with options of its own ---- */

typedef struct kept_text {
    staged_renderable base;
    char *text;
    char *style;
    stg_error error; /* what is wrong with its markup */
    staged_text_options options;
} kept_text;

/* As in Rich, an invalid style counts as none here. */
static stg_text text_of_kept(const staged_renderable *self, stg_draw *draw)
{
    const kept_text *kept = (const kept_text *)self;
    const stg_markup source = {.text = kept->text, .length = strlen(kept->text)};
    stg_text text = kept->options.markup ? stg_markup_read(draw, &source)
                                         : stg_text_of(draw, source.text, source.length);
    if (kept->style != NULL)
        stg_text_set_style(draw, &text, kept->style);
    text.justify = kept->options.justify;
    text.overflow = kept->options.overflow;
    text.no_wrap = kept->options.no_wrap;
    stg_rules_apply(draw, &text);
    return text;
}

static void draw_kept_text(const staged_renderable *self, stg_draw *draw,
                           const stg_draw_options *options, stg_segments *out)
{
    const stg_text text = text_of_kept(self, draw);
    stg_text_draw(draw, &text, options, out);
}

static stg_measurement measure_kept_text(const staged_renderable *self, stg_draw *draw,
                                         const stg_draw_options *options)
{
    (void)options;
    const stg_text text = text_of_kept(self, draw);
    return stg_text_measure(&text, draw->tab_size);
}

static void clear_kept_text(staged_renderable *self)
{
    kept_text *kept = (kept_text *)self;
    free(kept->text);
    free(kept->style);
    stg_error_free(&kept->error);
}

static const stg_item_kind kept_text_kind = {draw_kept_text, measure_kept_text, clear_kept_text};

/* Notes invalid markup.  Returns false when out of memory. */
static bool check_markup(kept_text *kept)
{
    const staged_status status = stg_markup_check(kept->text, strlen(kept->text), &kept->error);
    if (status == STAGED_BAD_MARKUP) {
        kept->base.failure = status;
        kept->base.why = stg_error_text(&kept->error);
    }
    return status != STAGED_NO_MEMORY;
}

staged_renderable *staged_text_new(const staged_text_options *options, const char *text)
{
    kept_text *kept = (kept_text *)stg_item_new(&kept_text_kind, sizeof *kept);
    if (kept == NULL)
        return NULL;
    stg_item_refuse_options(&kept->base,
                            STG_READ_OPTIONS(&kept->options, options, staged_text_options));
    if (!stg_item_copy_text(&kept->text, text == NULL ? "" : text) ||
        !stg_item_copy_text(&kept->style, kept->options.style)) {
        staged_renderable_free(&kept->base);
        return NULL;
    }
    kept->options.style = NULL;
    if (kept->options.markup && !check_markup(kept)) {
        staged_renderable_free(&kept->base);
        return NULL;
    }
    return &kept->base;
}

bool stg_item_as_text(const staged_renderable *item, stg_draw *draw, staged_choice is_markup,
                      staged_choice highlight, stg_text *text)
{
    if (item->failure != STAGED_OK)
        return false;
    if (item->kind == &kept_markup_kind || item->kind == &markup_item_kind)
        *text = text_of_markup_item(item, draw, is_markup, highlight);
    else if (item->kind == &kept_text_kind)
        *text = text_of_kept(item, draw);
    else if (is_text_item(item))
        *text = ((const stg_text_item *)item)->text;
    else
        return false;
    return true;
}
