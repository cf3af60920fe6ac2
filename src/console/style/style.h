/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Styles: attributes, two colours and a link, small enough to pass by value.  A style owns nothing:
 * its link points into the text that it was read from, or to memory of its creator. */
#ifndef STG_CONSOLE_STYLE_STYLE_H
#define STG_CONSOLE_STYLE_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/status.h>

#include "base/failure/error.h"
#include "base/text/buf.h"
#include "console/style/color.h"

enum {
    STG_BOLD = 1 << 0,
    STG_DIM = 1 << 1,
    STG_ITALIC = 1 << 2,
    STG_UNDERLINE = 1 << 3,
    STG_BLINK = 1 << 4,
    STG_BLINK2 = 1 << 5,
    STG_REVERSE = 1 << 6,
    STG_CONCEAL = 1 << 7,
    STG_STRIKE = 1 << 8,
    STG_UNDERLINE2 = 1 << 9,
    STG_FRAME = 1 << 10,
    STG_ENCIRCLE = 1 << 11,
    STG_OVERLINE = 1 << 12,
};

/* All zero is the style that changes nothing. */
typedef struct stg_style {
    uint16_t set; /* the attributes that the style sets */
    uint16_t on;  /* those of them that it turns on; it turns off the others */
    stg_color color, background;
    uint32_t link_length;
    const char *link; /* NULL: none; not necessarily terminated with NUL */
} stg_style;

static inline bool stg_style_is_null(const stg_style *style)
{
    return style->set == 0 && style->color.kind == STG_COLOR_UNSET &&
           style->background.kind == STG_COLOR_UNSET && style->link == NULL;
}

bool stg_style_equal(const stg_style *a, const stg_style *b);
/* `over` laid over `under`. */
static inline stg_style stg_style_combine(const stg_style *under, const stg_style *over)
{
    stg_style both = *under;
    both.set = under->set | over->set;
    both.on = (uint16_t)((under->on & ~over->set) | over->on);
    if (over->color.kind != STG_COLOR_UNSET)
        both.color = over->color;
    if (over->background.kind != STG_COLOR_UNSET)
        both.background = over->background;
    if (over->link != NULL) {
        both.link = over->link;
        both.link_length = over->link_length;
    }
    return both;
}

stg_style stg_style_without_color(const stg_style *style);
stg_style stg_style_background(const stg_style *style);

/* Reads a definition ("bold red on blue", "not bold", "link URL", "none").  The link points into
 * `text`.  Returns STAGED_BAD_MARKUP, with the reason in Rich's words, for an invalid
 * definition. */
staged_status stg_style_parse(const char *text, size_t length, stg_style *style, stg_error *error);

/* Writes `ESC [ codes m`, or nothing if the style shows nothing in this system; returns the number
 * of bytes, at most STG_STYLE_PREFIX_MAX.  Links are not part of it. */
#define STG_STYLE_PREFIX_MAX 80
#define STG_STYLE_RESET "\x1b[0m"
size_t stg_style_prefix(const stg_style *style, stg_color_system system, char *out);
/* Opens and closes a hyperlink.  Its id is derived from its address, so that the parts of a link on
 * several lines belong together, and equal runs write equal bytes.  Control characters (also the
 * 8-bit ones) and broken bytes in an address are left out. */
void stg_style_link_begin(stg_buf *out, const stg_style *style);
void stg_style_link_end(stg_buf *out);

#endif
