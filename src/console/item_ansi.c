/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What another program wrote to a terminal, as a renderable. */
#include <stdlib.h>
#include <string.h>

#include "console/ansi.h"
#include "console/item.h"

typedef struct ansi_item {
    staged_renderable base;
    char *bytes;
    size_t length;
} ansi_item;

static size_t count_runs(const ansi_item *self)
{
    stg_ansi ansi = {.text = self->bytes, .length = self->length};
    stg_ansi_run run;
    size_t count = 0;
    while (stg_ansi_next(&ansi, &run))
        count++;
    return count;
}

static stg_text text_of_ansi(const ansi_item *self, stg_draw *draw)
{
    const size_t count = count_runs(self);
    stg_text *parts = stg_draw_alloc(draw, (count + 1) * sizeof *parts);
    if (parts == NULL)
        return (stg_text){0};
    stg_ansi ansi = {.text = self->bytes, .length = self->length};
    stg_ansi_run run;
    size_t used = 0;
    for (; used < count && stg_ansi_next(&ansi, &run); used++) {
        const bool ends_line = run.length == 0;
        parts[used] = stg_text_of(draw, ends_line ? "\n" : run.text, ends_line ? 1 : run.length);
        parts[used].style = run.style;
        parts[used].has_style = !stg_style_is_null(&run.style);
    }
    /* The end of the last line is the text's own. */
    if (used > 0 && self->bytes[self->length - 1] == '\n')
        used--;
    return stg_text_join(draw, parts, used);
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
    return stg_text_measure(&text);
}

static void clear_ansi(staged_renderable *self)
{
    free(((ansi_item *)self)->bytes);
}

static const stg_item_kind ansi_kind = {draw_ansi, measure_ansi, clear_ansi};

staged_renderable *staged_ansi_new(const char *bytes, size_t length)
{
    ansi_item *self = (ansi_item *)stg_item_new(&ansi_kind, sizeof *self);
    if (self == NULL)
        return NULL;
    self->bytes = malloc(length + 1);
    if (self->bytes == NULL) {
        staged_renderable_free(&self->base);
        return NULL;
    }
    if (length > 0)
        memcpy(self->bytes, bytes, length);
    self->bytes[length] = '\0';
    self->length = length;
    return &self->base;
}
