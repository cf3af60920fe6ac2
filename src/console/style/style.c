/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/style.h"

#include <string.h>

#include "base/memory/hash.h"
#include "base/text/utf8.h"
#include "base/unicode/cells.h"

/* The code that turns each attribute on, from the lowest bit. */
static const char *const sgr_codes[] = {"1", "2", "3",  "4",  "5",  "6", "7",
                                        "8", "9", "21", "51", "52", "53"};

bool stg_style_equal(const stg_style *a, const stg_style *b)
{
    if (a->set != b->set || a->on != b->on || !stg_color_equal(a->color, b->color) ||
        !stg_color_equal(a->background, b->background) || (a->link == NULL) != (b->link == NULL))
        return false;
    return a->link == b->link
               ? a->link_length == b->link_length
               : a->link_length == b->link_length && memcmp(a->link, b->link, a->link_length) == 0;
}

stg_style stg_style_without_color(const stg_style *style)
{
    stg_style plain = *style;
    plain.color = (stg_color){0};
    plain.background = (stg_color){0};
    return plain;
}

stg_style stg_style_background(const stg_style *style)
{
    return (stg_style){.background = style->background};
}

size_t stg_style_prefix(const stg_style *style, stg_color_system system, char *out)
{
    if (system == STG_COLORS_NONE)
        return 0;
    char *end = out;
    *end++ = '\x1b';
    *end++ = '[';
    const unsigned on = style->on & style->set;
    for (size_t i = 0; i < sizeof sgr_codes / sizeof *sgr_codes; i++) {
        if ((on >> i & 1) == 0)
            continue;
        for (const char *code = sgr_codes[i]; *code != '\0'; code++)
            *end++ = *code;
        *end++ = ';';
    }
    const stg_color colors[2] = {style->color, style->background};
    for (size_t i = 0; i < 2; i++) {
        if (colors[i].kind == STG_COLOR_UNSET)
            continue;
        end += stg_color_sgr(stg_color_downgrade(colors[i], system), i == 0, end);
        *end++ = ';';
    }
    if (end == out + 2)
        return 0;
    end[-1] = 'm';
    return (size_t)(end - out);
}

/* Adds an address, leaving out control characters and broken bytes. */
static void add_address(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t codepoint;
        const size_t size = stg_utf8_decode(text + i, length - i, &codepoint);
        const bool is_broken = size == 1 && codepoint >= 0x80;
        if (codepoint >= 0x20 && !is_broken && !(codepoint >= 0x7F && codepoint < 0xA0))
            stg_buf_add(out, text + i, size);
        i += size;
    }
}

void stg_style_link_begin(stg_buf *out, const stg_style *style)
{
    enum { MOST_DIGITS = 10 };
    char id[MOST_DIGITS];
    size_t first = MOST_DIGITS;
    uint32_t hash = stg_hash(STG_HASH_BEGIN, style->link, style->link_length);
    for (; first == MOST_DIGITS || hash > 0; hash /= 10)
        id[--first] = (char)('0' + hash % 10);
    stg_buf_add_text(out, "\x1b]8;id=");
    stg_buf_add(out, id + first, MOST_DIGITS - first);
    stg_buf_add_char(out, ';');
    if (stg_cells_plain(style->link, style->link_length))
        stg_buf_add(out, style->link, style->link_length);
    else
        add_address(out, style->link, style->link_length);
    stg_buf_add_text(out, "\x1b\\");
}

void stg_style_link_end(stg_buf *out)
{
    stg_buf_add_text(out, "\x1b]8;;\x1b\\");
}
