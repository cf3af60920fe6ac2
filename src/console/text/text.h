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

/* Spans may overlap: a later one lies over an earlier one.  Each begins and ends a segment of the
 * output, even one that changes nothing. */
typedef struct stg_span {
    size_t start, end;
    stg_style style;
} stg_span;

enum { STG_TAB_SIZE = 8 };

/* All zero is the empty text, ended with nothing. */
typedef struct stg_text {
    const char *data; /* not ended with NUL */
    size_t length;
    bool splits; /* its cells depend on where spans cut it, so that they count without styles too */
    bool plain;  /* all of it is printable ASCII: bytes are cells, and there are no line ends */
    stg_span *spans;
    size_t span_count, span_capacity;
    stg_style style; /* below all spans; also of what fills a line up */
    bool has_style;  /* it was given one, be it one that changes nothing: it splits like a span */
    const char *bad_style; /* one that it was given, and that cannot be read; NULL: none */
    staged_justify justify;
    staged_overflow overflow;
    staged_choice no_wrap;
    const char *end; /* what follows the last line; NULL: nothing */
} stg_text;

typedef struct stg_texts {
    stg_text *items;
    size_t count, capacity;
} stg_texts;

/* A text of bytes that may hold anything: they are cleaned. */
stg_text stg_text_of(stg_draw *draw, const char *bytes, size_t length);
size_t stg_text_cells(const stg_text *text);
/* Whether it has no bytes. */
bool stg_text_is_empty(const stg_text *text);
/* Whether there are marks, joiners or variation selectors in it, which make one of several
 * characters: as Rich has it, they do so within a span only. */
bool stg_text_has_splits(const stg_text *text);

/* Gives it the style of a name or definition.  As with Rich, one that cannot be read is none,
 * unless the text is justified fully. definition  outlives the drawing */
void stg_text_set_style(stg_draw *draw, stg_text *text, const char *definition);
/* Lays a style over (or, with _before, under) the spans there are, unless the range is empty. */
void stg_text_add_span(stg_draw *draw, stg_text *text, size_t start, size_t end,
                       const stg_style *style);
void stg_text_add_span_before(stg_draw *draw, stg_text *text, const stg_style *style);
/* Lays the spans of another text, of the same length, over those there are. */
void stg_text_add_spans(stg_draw *draw, stg_text *text, const stg_text *other);
/* Adds clean bytes, in a style (NULL: none). */
void stg_text_append(stg_draw *draw, stg_text *text, const char *bytes, size_t length,
                     const stg_style *style);
/* Adds another text; its own style becomes a span. */
void stg_text_append_text(stg_draw *draw, stg_text *text, const stg_text *other);
/* One text of several; their styles become spans. */
stg_text stg_text_join(stg_draw *draw, const stg_text *items, size_t count);
/* Gives it other bytes, of which the first `kept` are the same as before: spans are cut where the
 * text got shorter. */
void stg_text_replace(stg_draw *draw, stg_text *text, const char *data, size_t length, size_t kept);
/* Parts of the text, in rising order. */
void stg_text_cut(stg_draw *draw, const stg_text *text, const stg_range *ranges, size_t count,
                  stg_texts *parts);

/* Calls `use` with the pieces into which the ends of its spans cut the text, from left to right.
 * Their style is what the spans there make of the one below.
 *   is_covered  whether there is any span */
typedef void stg_use_piece(void *context, const stg_span *piece, bool is_covered);
void stg_text_pieces(stg_draw *draw, const stg_text *text, const stg_style *below,
                     stg_use_piece *use, void *context);

void stg_text_pad_left(stg_draw *draw, stg_text *text, size_t blanks);
void stg_text_pad_right(stg_draw *draw, stg_text *text, size_t blanks);
/* Takes the blanks at the end off. */
void stg_text_rstrip(stg_draw *draw, stg_text *text);
/* Cuts to `width` cells, and with `pad` fills up to them. */
void stg_text_truncate(stg_draw *draw, stg_text *text, int width, staged_overflow overflow,
                       bool pad);
/* Cuts or fills up to exactly so many cells, whatever the overflow. */
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
