/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The characters of borders. */
#ifndef STG_CONSOLE_RENDERABLE_BOX_H
#define STG_CONSOLE_RENDERABLE_BOX_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/renderable.h>

#include "console/text/draw.h"
#include "console/text/segment.h"

/* The lines of a box, from top to bottom: those with contents, and those between them. */
typedef enum stg_box_line {
    STG_BOX_TOP,
    STG_BOX_HEAD,
    STG_BOX_BELOW_HEAD,
    STG_BOX_MIDDLE,
    STG_BOX_BETWEEN,
    STG_BOX_ABOVE_FOOT,
    STG_BOX_FOOT,
    STG_BOX_BOTTOM,
    STG_BOX_LINES
} stg_box_line;

/* What a line has at its left end, above a column, between two columns, and at its right end. */
typedef enum stg_box_place {
    STG_BOX_LEFT,
    STG_BOX_FILL,
    STG_BOX_DIVIDER,
    STG_BOX_RIGHT,
    STG_BOX_PLACES
} stg_box_place;

/* Each part is a single character one cell wide. */
typedef struct stg_box {
    char parts[STG_BOX_LINES][STG_BOX_PLACES][4];
} stg_box;

/* The box to use in the place of `box`, which is neither DEFAULT nor NONE.
 *   ascii   the output shows nothing else
 *   headed  the contents have a header; otherwise the box has no special line for it */
stg_box stg_box_get(staged_box box, bool ascii, bool headed);
/* Adds a line over columns of these widths, `times` times.  A negative width counts as 0. */
void stg_box_draw_line(stg_draw *draw, const stg_box *box, stg_box_line line, const int *widths,
                       size_t count, bool edges, int times, const stg_style *style,
                       stg_segments *out);
/* Adds two parts as one segment; `second` may be NULL. */
void stg_box_draw_parts(stg_draw *draw, const char *first, const char *second,
                        const stg_style *style, stg_segments *out);

#endif
