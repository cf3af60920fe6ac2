/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Colours: their names, the colour systems of terminals, and the nearest colour of a system. */
#ifndef STG_CONSOLE_STYLE_COLOR_H
#define STG_CONSOLE_STYLE_COLOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <staged/export.h>
#include <staged/status.h>

#include "base/failure/error.h"

/* How many colours an output can show, in rising order. */
typedef enum stg_color_system {
    STG_COLORS_NONE,     /* no escape codes at all */
    STG_COLORS_STANDARD, /* 16 */
    STG_COLORS_256,
    STG_COLORS_TRUE,
} stg_color_system;

typedef enum stg_color_kind {
    STG_COLOR_UNSET, /* unset: what is below shows through */
    STG_COLOR_DEFAULT,
    STG_COLOR_STANDARD, /* `red` is the number, 0..15 */
    STG_COLOR_256,      /* `red` is the number, 0..255 */
    STG_COLOR_TRUE,
} stg_color_kind;

/* All zero is no colour.  Unused members are 0, so that two colours can be compared by bytes. */
typedef struct stg_color {
    uint8_t kind; /* stg_color_kind */
    uint8_t red, green, blue;
} stg_color;

/* Reads "red", "color(9)", "#ff0000", "rgb(255,0,0)" or "default", ignoring case.  For anything
 * else returns STAGED_BAD_MARKUP, with the reason, in Rich's words, in `error`. */
staged_status stg_color_parse(const char *text, size_t length, stg_color *color, stg_error *error);
static inline bool stg_color_equal(stg_color a, stg_color b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}
/* The nearest colour in `system`. */
stg_color stg_color_downgrade(stg_color color, stg_color_system system);
/* Writes its SGR parameters ("31", "38;5;200") and a NUL, at most STG_COLOR_SGR_MAX bytes; returns
 * how many without the NUL.  For an unset colour, 0. */
#define STG_COLOR_SGR_MAX 17
size_t stg_color_sgr(stg_color color, bool foreground, char *out);
/* The colour as RGB; the theme's default for an unset colour. */
staged_rgb stg_color_rgb(stg_color color, const staged_terminal_theme *theme, bool foreground);
/* Blends from `a` (0) to `b` (1). */
staged_rgb stg_rgb_blend(staged_rgb a, staged_rgb b, double part);

#endif
