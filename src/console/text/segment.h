/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The results of drawing: pieces of text in one style, and lines of them.  The drawing owns all
 * memory. */
#ifndef STG_CONSOLE_TEXT_SEGMENT_H
#define STG_CONSOLE_TEXT_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "console/framework.h"
#include "console/style/style.h"
#include "console/text/draw.h"

/* A newline, if there is one, is the last byte. */
typedef struct stg_segment {
    const char *text; /* not terminated with NUL */
    size_t length;
    size_t cells;
    stg_style style;
    stg_extent extent; /* of the line that it is in */
} stg_segment;

typedef struct stg_segments {
    stg_segment *items;
    size_t count, capacity;
} stg_segments;

/* Segments without newlines, then blanks. */
typedef struct stg_line {
    stg_segment *items;
    size_t count;
    size_t cells; /* of the segments and the blanks */
    size_t blanks;
    stg_style blank_style;
    stg_extent extent;
    bool ended; /* whether a newline followed */
} stg_line;

typedef struct stg_lines {
    stg_line *items;
    size_t count, capacity;
} stg_lines;

void stg_segments_add(stg_draw *draw, stg_segments *segments, const char *text, size_t length,
                      size_t cells, const stg_style *style);
/* Adds UTF-8 terminated with NUL, which must outlive the drawing. */
void stg_segments_add_text(stg_draw *draw, stg_segments *segments, const char *text,
                           const stg_style *style);
void stg_segments_newline(stg_draw *draw, stg_segments *segments);
void stg_segments_blanks(stg_draw *draw, stg_segments *segments, size_t count,
                         const stg_style *style);
/* Adds blanks and a newline as one segment. */
void stg_segments_blank_line(stg_draw *draw, stg_segments *segments, size_t count,
                             const stg_style *style);
void stg_segments_line(stg_draw *draw, stg_segments *segments, const stg_line *line);
/* Lays all segments from index `first` on over `style`. */
void stg_segments_apply(stg_segments *segments, size_t first, const stg_style *style);

/* Copies the texts of all segments from index `first` on: what they were drawn from is about to be
 * released. */
void stg_segments_keep(stg_draw *draw, stg_segments *segments, size_t first);

/* Splits segments into lines, which refer to `segments`; do not use those any further. */
void stg_lines_of(stg_draw *draw, stg_segments *segments, stg_lines *lines);
/* Cuts the line to `width` cells, or pads it with blanks if `style` is given.  A cut line may be
 * shorter (see crop): where Rich shapes its lines twice, this is called twice. */
void stg_line_fit(stg_draw *draw, stg_line *line, int width, const stg_style *style);

#endif
