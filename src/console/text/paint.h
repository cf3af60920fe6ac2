/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Turns text and styles into the bytes that an output understands. */
#ifndef STG_CONSOLE_TEXT_PAINT_H
#define STG_CONSOLE_TEXT_PAINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text/buf.h"
#include "console/style/color.h"
#include "console/style/style.h"
#include "console/text/segment.h"

enum { STG_PREFIXES = 32 };

/* The cached codes of a style. */
typedef struct stg_prefix {
    bool known;
    uint16_t on;
    stg_color color, background;
    size_t length;
    char text[STG_STYLE_PREFIX_MAX];
} stg_prefix;

/* What an output can show.  Set all members but the prefixes, which start as zero. */
typedef struct stg_palette {
    stg_color_system colors;
    bool no_color; /* attributes only */
    bool ascii;    /* only ASCII; "?" for each cell of anything else */
    stg_prefix prefixes[STG_PREFIXES];
} stg_palette;

void stg_paint(stg_palette *palette, stg_buf *out, const stg_segment *segment);
/* Adds a line with its newline, if it has one, but without the blanks that pad it. */
void stg_paint_line(stg_palette *palette, stg_buf *out, const stg_line *line);
/* The same, without any trailing blanks, unless they are visible: on a background, or
 * underlined. */
void stg_paint_trimmed(stg_palette *palette, stg_buf *out, const stg_line *line);

#endif
