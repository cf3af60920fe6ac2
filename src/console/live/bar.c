/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/bar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <staged/clock.h>

#include "base/failure/options.h"
#include "console/renderable/item.h"

/* Columns until a pulse repeats, and how many it moves per second. */
#define PULSE_COLUMNS 20
#define PULSE_SPEED 15.0

#define BAR "━"
#define BAR_LEFT_HALF "╸"
#define BAR_RIGHT_HALF "╺"

enum { BACK, COMPLETE, FINISHED, PULSE, STYLES };

static const char *const default_styles[STYLES] = {"bar.back", "bar.complete", "bar.finished",
                                                   "bar.pulse"};

typedef struct bar {
    staged_renderable base;
    double total; /* finite; below 0: unknown */
    double completed;
    int width; /* 0: the available width */
    bool pulse;
    int64_t now_ns;
    char *styles[STYLES]; /* NULL: the default one */
} bar;

static stg_style style_of(const bar *self, stg_draw *draw, int which)
{
    const char *own = self->styles[which];
    return stg_draw_style(draw, own == NULL ? default_styles[which] : own);
}

static void add_repeated(stg_draw *draw, stg_segments *out, const char *character, size_t count,
                         const stg_style *style)
{
    const size_t size = strlen(character);
    char *text = count == 0 ? NULL : stg_draw_alloc(draw, count * size);
    if (text == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * size, character, size);
    stg_segments_add(draw, out, text, count * size, count, style);
}

/* How many of `all` half columns are done. */
static size_t halves_done(const bar *self, size_t all)
{
    if (!(self->total > 0 && self->completed < self->total))
        return all;
    if (!(self->completed > 0))
        return 0;
    /* In Rich's order of multiplication, so that halves round alike. */
    const double product = (double)all * self->completed;
    const double halves =
        isfinite(product) ? product / self->total : (double)all * (self->completed / self->total);
    return halves < (double)all ? (size_t)halves : all;
}

static void draw_done(const bar *self, stg_draw *draw, size_t width, stg_segments *out)
{
    const size_t halves = halves_done(self, width * 2);
    const bool is_finished = self->completed >= self->total;
    const stg_style complete = style_of(self, draw, is_finished ? FINISHED : COMPLETE);
    const stg_style back = style_of(self, draw, BACK);
    const size_t full = halves / 2;
    const size_t half = halves % 2;
    add_repeated(draw, out, draw->ascii ? "-" : BAR, full, &complete);
    add_repeated(draw, out, draw->ascii ? " " : BAR_LEFT_HALF, half, &complete);
    size_t rest = width - full - half;
    if (draw->no_color || draw->colors == STG_COLORS_NONE || rest == 0)
        return;
    if (half == 0 && full > 0) {
        add_repeated(draw, out, draw->ascii ? " " : BAR_RIGHT_HALF, 1, &back);
        rest--;
    }
    add_repeated(draw, out, draw->ascii ? "-" : BAR, rest, &back);
}

/* The share of the background colour in each column of a pulse:
 * 0.5 + cos(2 pi column / columns) / 2. */
static const double fades[PULSE_COLUMNS] = {1.0,
                                            0.9755282581475768,
                                            0.9045084971874737,
                                            0.7938926261462366,
                                            0.6545084971874737,
                                            0.5,
                                            0.34549150281252633,
                                            0.2061073738537635,
                                            0.09549150281252633,
                                            0.024471741852423234,
                                            0.0,
                                            0.024471741852423234,
                                            0.09549150281252622,
                                            0.20610737385376338,
                                            0.3454915028125262,
                                            0.4999999999999999,
                                            0.6545084971874736,
                                            0.7938926261462365,
                                            0.9045084971874737,
                                            0.9755282581475768};

/* The style of one column of a pulse. */
static stg_style pulse_style(const stg_draw *draw, const stg_style *front, const stg_style *back,
                             size_t column)
{
    const bool blends =
        !draw->no_color && (draw->colors == STG_COLORS_STANDARD || draw->colors == STG_COLORS_TRUE);
    if (!blends)
        return column < PULSE_COLUMNS / 2 ? *front : *back;
    const staged_terminal_theme *theme = staged_terminal_theme_find("light");
    const staged_rgb magenta = {255, 0, 255};
    const staged_rgb black = {0, 0, 0};
    const staged_rgb from =
        front->color.kind == STG_COLOR_UNSET ? magenta : stg_color_rgb(front->color, theme, true);
    const staged_rgb to =
        back->color.kind == STG_COLOR_UNSET ? black : stg_color_rgb(back->color, theme, true);
    const staged_rgb rgb = stg_rgb_blend(from, to, fades[column]);
    return (stg_style){.color = {STG_COLOR_TRUE, rgb.red, rgb.green, rgb.blue}};
}

static void draw_pulse(const bar *self, stg_draw *draw, size_t width, stg_segments *out)
{
    const stg_style front = style_of(self, draw, PULSE);
    const stg_style back = style_of(self, draw, BACK);
    const int64_t moved = (int64_t)((double)self->now_ns / 1e9 * PULSE_SPEED);
    size_t column = (size_t)((PULSE_COLUMNS - moved % PULSE_COLUMNS) % PULSE_COLUMNS);
    for (size_t i = 0; i < width; i++, column = (column + 1) % PULSE_COLUMNS) {
        const stg_style style = pulse_style(draw, &front, &back, column);
        const bool is_blank = draw->no_color && column >= PULSE_COLUMNS / 2;
        stg_segments_add_text(draw, out, is_blank ? " " : draw->ascii ? "-" : BAR, &style);
    }
}

static void draw_bar(const staged_renderable *renderable, stg_draw *draw,
                     const stg_draw_options *options, stg_segments *out)
{
    const bar *self = (const bar *)renderable;
    const int width =
        self->width > 0 && self->width < options->width ? self->width : options->width;
    if (self->pulse || self->total < 0)
        draw_pulse(self, draw, (size_t)width, out);
    else
        draw_done(self, draw, (size_t)width, out);
    /* Rich leaves the line open; here a printed bar is a line, like everything else. */
    stg_segments_newline(draw, out);
}

static stg_measurement measure_bar(const staged_renderable *renderable, stg_draw *draw,
                                   const stg_draw_options *options)
{
    (void)draw;
    const bar *self = (const bar *)renderable;
    if (self->width > 0)
        return (stg_measurement){self->width, self->width};
    return (stg_measurement){4, options->width};
}

static void clear_bar(staged_renderable *renderable)
{
    bar *self = (bar *)renderable;
    for (size_t i = 0; i < STYLES; i++)
        free(self->styles[i]);
}

static const stg_item_kind bar_kind = {draw_bar, measure_bar, clear_bar};

staged_renderable *stg_bar_new(const staged_bar_options *chosen, double total, int64_t now_ns)
{
    bar *self = (bar *)stg_item_new(&bar_kind, sizeof *self);
    if (self == NULL)
        return NULL;
    self->total = isfinite(total) ? total : -1;
    self->completed = isnan(chosen->completed) ? 0 : chosen->completed;
    self->width = chosen->width;
    self->pulse = chosen->pulse;
    self->now_ns = now_ns;
    const char *const styles[STYLES] = {chosen->style, chosen->complete_style,
                                        chosen->finished_style, chosen->pulse_style};
    bool complete = true;
    for (size_t i = 0; i < STYLES; i++)
        complete = stg_item_copy_text(&self->styles[i], styles[i]) && complete;
    if (complete)
        return &self->base;
    staged_renderable_free(&self->base);
    return NULL;
}

staged_renderable *staged_bar_new(const staged_bar_options *options)
{
    staged_bar_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_bar_options);
    const staged_clock *clock = staged_clock_system();
    staged_renderable *made =
        stg_bar_new(&own, own.total == 0 ? -1 : own.total, clock->monotonic_ns(clock->context));
    if (made != NULL)
        stg_item_refuse_options(made, problem);
    return made;
}
