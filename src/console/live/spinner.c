/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/spinner.h"

#include <stdlib.h>

#include "base/failure/options.h"
#include "console/live/spinner_table.h"
#include "console/renderable/item.h"

typedef struct spinner {
    staged_renderable base;
    const stg_spinner_frames *frames;
    const staged_clock *clock;
    int64_t start_ns;
    double speed;
    char *style;             /* NULL: none */
    staged_renderable *text; /* NULL: none */
} spinner;

/* The current frame and the text behind it. */
static stg_text text_of_spinner(const spinner *self, stg_draw *draw)
{
    const stg_spinner_frames *frames = draw->ascii ? stg_spinner_find("line") : self->frames;
    const int64_t passed_ns = self->clock->monotonic_ns(self->clock->context) - self->start_ns;
    const double number = (double)passed_ns * self->speed / (frames->interval_ms * 1e6);
    const uint64_t whole = number > 0 && number < 9e15 ? (uint64_t)number : 0;
    size_t length;
    const char *frame = stg_spinner_frame(frames, (size_t)whole, &length);
    stg_text text = stg_text_of(draw, frame, length);
    if (self->style != NULL)
        stg_text_set_style(draw, &text, self->style);
    stg_text behind;
    if (self->text == NULL || !stg_item_as_text(self->text, draw, STAGED_YES, STAGED_NO, &behind) ||
        stg_text_is_empty(&behind))
        return text;
    const stg_text blank = stg_text_of(draw, " ", 1);
    const stg_text parts[] = {text, blank, behind};
    return stg_text_join(draw, parts, sizeof parts / sizeof *parts);
}

static void draw_spinner(const staged_renderable *self, stg_draw *draw,
                         const stg_draw_options *options, stg_segments *out)
{
    const stg_text text = text_of_spinner((const spinner *)self, draw);
    stg_text_draw(draw, &text, options, out);
}

static stg_measurement measure_spinner(const staged_renderable *self, stg_draw *draw,
                                       const stg_draw_options *options)
{
    (void)options;
    const stg_text text = text_of_spinner((const spinner *)self, draw);
    return stg_text_measure(&text, draw->tab_size);
}

static void clear_spinner(staged_renderable *renderable)
{
    spinner *self = (spinner *)renderable;
    free(self->style);
    staged_renderable_free(self->text);
}

static const stg_item_kind spinner_kind = {draw_spinner, measure_spinner, clear_spinner};

staged_renderable *stg_spinner_new(const staged_spinner_options *options, const staged_clock *clock,
                                   int64_t start_ns)
{
    staged_spinner_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_spinner_options);
    const stg_spinner_frames *frames = stg_spinner_find(own.name == NULL ? "dots" : own.name);
    spinner *self = frames == NULL ? NULL : (spinner *)stg_item_new(&spinner_kind, sizeof *self);
    if (self == NULL)
        return NULL;
    stg_item_refuse_options(&self->base, problem);
    self->frames = frames;
    self->clock = clock;
    self->start_ns = start_ns;
    self->speed = own.speed == 0 ? 1 : own.speed;
    if (stg_item_copy_text(&self->style, own.style))
        return &self->base;
    staged_renderable_free(&self->base);
    return NULL;
}

staged_renderable *stg_spinner_with_text(staged_renderable *item, staged_renderable *text)
{
    if (item == NULL || !stg_item_is_usable(text)) {
        staged_renderable_free(item);
        staged_renderable_free(text);
        return NULL;
    }
    ((spinner *)item)->text = text;
    stg_item_adopt(item, text);
    return item;
}

/* A spinner that starts now, with a text that is taken over. */
static staged_renderable *begin_now(const staged_spinner_options *options, staged_renderable *text)
{
    const staged_clock *clock = staged_clock_system();
    return stg_spinner_with_text(
        stg_spinner_new(options, clock, clock->monotonic_ns(clock->context)), text);
}

staged_renderable *staged_spinner_new_v(const staged_spinner_options *options, const char *format,
                                        va_list values)
{
    return begin_now(options, staged_markup_new_v(format, values));
}

staged_renderable *staged_spinner_new_text(const staged_spinner_options *options, const char *text)
{
    return begin_now(options, staged_text_new(NULL, text));
}

staged_renderable *staged_spinner_new(const staged_spinner_options *options, const char *format,
                                      ...)
{
    va_list values;
    va_start(values, format);
    staged_renderable *made = staged_spinner_new_v(options, format, values);
    va_end(values);
    return made;
}

bool staged_spinner_exists(const char *name)
{
    return stg_spinner_find(name) != NULL;
}
