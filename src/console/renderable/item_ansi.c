/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminal output of another program, as a renderable. */
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/text/buf.h"
#include "console/markup/ansi.h"
#include "console/markup/rules.h"
#include "console/renderable/item.h"

/* A piece of the text in one style. */
typedef struct piece {
    size_t length;
    stg_style style;
} piece;

typedef struct ansi_item {
    staged_renderable base;
    char *bytes; /* links of styles point into them */
    stg_buf text;
    piece *pieces;
    size_t count, capacity;
} ansi_item;

static staged_status add_piece(ansi_item *self, const stg_ansi_run *run)
{
    if (!stg_grow(&self->pieces, &self->capacity, self->count + 1, sizeof *self->pieces))
        return STAGED_NO_MEMORY;
    const bool ends_line = run->length == 0;
    stg_buf_add(&self->text, ends_line ? "\n" : run->text, ends_line ? 1 : run->length);
    self->pieces[self->count++] = (piece){ends_line ? 1 : run->length, run->style};
    return stg_buf_status(&self->text);
}

static staged_status read_pieces(ansi_item *self, size_t length)
{
    stg_ansi ansi = {.text = self->bytes, .length = length};
    stg_ansi_run run;
    staged_status status = STAGED_OK;
    while (status == STAGED_OK && stg_ansi_next(&ansi, &run))
        status = add_piece(self, &run);
    if (ansi.failed)
        status = STAGED_NO_MEMORY;
    /* The newline of the last line is the text's own. */
    if (ansi.ended && self->count > 0)
        self->count--;
    stg_ansi_free(&ansi);
    return status;
}

static stg_text text_of_ansi(const ansi_item *self, stg_draw *draw)
{
    stg_text *parts = stg_draw_alloc(draw, (self->count + 1) * sizeof *parts);
    if (parts == NULL)
        return (stg_text){0};
    const char *bytes = stg_buf_text(&self->text);
    for (size_t i = 0; i < self->count; i++) {
        const piece *from = &self->pieces[i];
        parts[i] = stg_text_of(draw, bytes, from->length);
        parts[i].style = from->style;
        parts[i].has_style = !stg_style_is_null(&from->style);
        bytes += from->length;
    }
    stg_text text = stg_text_join(draw, parts, self->count);
    stg_rules_apply(draw, &text);
    return text;
}

static void draw_ansi(const staged_renderable *self, stg_draw *draw,
                      const stg_draw_options *options, stg_segments *out)
{
    const stg_text text = text_of_ansi((const ansi_item *)self, draw);
    stg_text_draw(draw, &text, options, out);
}

static stg_measurement measure_ansi(const staged_renderable *self, stg_draw *draw,
                                    const stg_draw_options *options)
{
    (void)options;
    const stg_text text = text_of_ansi((const ansi_item *)self, draw);
    return stg_text_measure(&text, draw->tab_size);
}

static void clear_ansi(staged_renderable *self)
{
    ansi_item *item = (ansi_item *)self;
    free(item->bytes);
    free(item->pieces);
    stg_buf_free(&item->text);
}

static const stg_item_kind ansi_kind = {draw_ansi, measure_ansi, clear_ansi};

staged_renderable *staged_ansi_new(const char *bytes, size_t length)
{
    ansi_item *self = (ansi_item *)stg_item_new(&ansi_kind, sizeof *self);
    if (self == NULL)
        return NULL;
    self->bytes = malloc(length + 1);
    if (self->bytes != NULL && length > 0)
        memcpy(self->bytes, bytes, length);
    if (self->bytes == NULL || read_pieces(self, length) != STAGED_OK) {
        staged_renderable_free(&self->base);
        return NULL;
    }
    return &self->base;
}
