/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A text with styled spans, while it is being drawn.  Positions are bytes.  The bytes are clean
 * (see chars.h) and never changed in place, so that texts share them freely. */
#ifndef STG_CONSOLE_TEXT_TEXT_H
#define STG_CONSOLE_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/renderable.h>

#include "console/framework.h"
#include "console/style/style.h"
#include "console/text/draw.h"
#include "console/text/measure.h"
#include "console/text/segment.h"

/* Spans may overlap: a later one covers an earlier one.  Each starts and ends a segment of the
 * output, even if it changes nothing. */
typedef struct stg_span {
    size_t start, end;
    stg_style style;
} stg_span;

enum { STG_TAB_SIZE = 8 };

/* All zero is the empty text, with nothing after it. */
typedef struct stg_text {
    const char *data; /* not terminated with NUL */
    size_t length;
    bool splits; /* its width depends on where spans cut it, so they count even without styles */
    bool plain;  /* all printable ASCII: a byte is a cell, and there are no line ends */
    stg_span *spans;
    size_t span_count, span_capacity;
    stg_style style;       /* below all spans; also the style of padding */
    bool has_style;        /* it was given a style, even an empty one: it splits like a span */
    const char *bad_style; /* the style that it was given, if invalid; NULL: none */
    staged_justify justify;
    staged_overflow overflow;
    staged_choice no_wrap;
    const char *end; /* what follows the last line; NULL: nothing */
} stg_text;

typedef struct stg_texts {
    stg_text *items;
    size_t count, capacity;
} stg_texts;

/* Makes a text from arbitrary bytes, which are cleaned. */
stg_text stg_text_of(stg_draw *draw, const char *bytes, size_t length);
size_t stg_text_cells(const stg_text *text);
bool stg_text_is_empty(const stg_text *text);
/* Whether it contains marks, joiners or variation selectors, which combine characters: as in Rich,
 * only within a span. */
bool stg_text_has_splits(const stg_text *text);

/* Gives it the style of a name or definition.  As in Rich, an invalid one counts as none, unless
 * the text is fully justified. definition  must outlive the drawing */
void stg_text_set_style(stg_draw *draw, stg_text *text, const char *definition);
/* Lays a style over (or, with _before, under) the existing spans, unless the range is empty. */
void stg_text_add_span(stg_draw *draw, stg_text *text, size_t start, size_t end,
                       const stg_style *style);
void stg_text_add_span_before(stg_draw *draw, stg_text *text, const stg_style *style);
/* Lays the spans of another text of the same length over the existing ones. */
void stg_text_add_spans(stg_draw *draw, stg_text *text, const stg_text *other);
/* Appends clean bytes in a style (NULL: none). */
void stg_text_append(stg_draw *draw, stg_text *text, const char *bytes, size_t length,
                     const stg_style *style);
/* Appends another text; its own style becomes a span. */
void stg_text_append_text(stg_draw *draw, stg_text *text, const stg_text *other);
/* Joins several texts; their styles become spans. */
stg_text stg_text_join(stg_draw *draw, const stg_text *items, size_t count);
/* Replaces the bytes, of which the first `kept` stay the same; cuts the spans if the text got
 * shorter. */
void stg_text_replace(stg_draw *draw, stg_text *text, const char *data, size_t length, size_t kept);
/* Cuts the text into parts, in rising order. */
void stg_text_cut(stg_draw *draw, const stg_text *text, const stg_range *ranges, size_t count,
                  stg_texts *parts);

/* Calls `use` with the pieces into which the spans divide the text, from left to right.  Their
 * style combines the spans there with the style below.
 *   is_covered  whether there is any span */
typedef void stg_use_piece(void *context, const stg_span *piece, bool is_covered);
void stg_text_pieces(stg_draw *draw, const stg_text *text, const stg_style *below,
                     stg_use_piece *use, void *context);

void stg_text_pad_left(stg_draw *draw, stg_text *text, size_t blanks);
void stg_text_pad_right(stg_draw *draw, stg_text *text, size_t blanks);
/* Removes trailing blanks. */
void stg_text_rstrip(stg_draw *draw, stg_text *text);
/* Cuts to `width` cells, and with `pad` also pads to it. */
void stg_text_truncate(stg_draw *draw, stg_text *text, int width, staged_overflow overflow,
                       bool pad);
/* Cuts or pads to exactly `width` cells, whatever the overflow. */
void stg_text_set_cells(stg_draw *draw, stg_text *text, int width);
/* Turns tabs into blanks.
 *   tab_size  columns from one stop to the next; below 1: STG_TAB_SIZE */
void stg_text_expand_tabs(stg_draw *draw, stg_text *text, int tab_size);
/* Turns newlines into blanks. */
void stg_text_flatten(stg_draw *draw, stg_text *text);

/* The widest word and the widest line.
 *   tab_size  as for stg_text_expand_tabs */
stg_measurement stg_text_measure(const stg_text *text, int tab_size);
/* Wraps into lines. */
void stg_text_wrap(stg_draw *draw, const stg_text *text, const stg_draw_options *options,
                   stg_texts *lines);
/* Wraps it and adds its segments to `out`. */
void stg_text_draw(stg_draw *draw, const stg_text *text, const stg_draw_options *options,
                   stg_segments *out);

#endif
