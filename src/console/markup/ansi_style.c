/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/ansi_style.h"

#include <string.h>

static stg_color numbered(unsigned number)
{
    return (stg_color){.kind = number < 16 ? STG_COLOR_STANDARD : STG_COLOR_256,
                       .red = (uint8_t)number};
}

/* The colour after a 38 or 48; returns how many parameters it took. */
static size_t extended_color(const unsigned *parameters, size_t count, stg_color *color)
{
    if (count >= 2 && parameters[0] == 5) {
        *color = numbered(parameters[1]);
        return 2;
    }
    if (count >= 4 && parameters[0] == 2) {
        *color = (stg_color){STG_COLOR_TRUE, (uint8_t)parameters[1], (uint8_t)parameters[2],
                             (uint8_t)parameters[3]};
        return 4;
    }
    return count > 0 && parameters[0] != 5 && parameters[0] != 2 ? 1 : count;
}

static void turn_on(stg_style *style, unsigned attribute)
{
    style->set |= (uint16_t)attribute;
    style->on |= (uint16_t)attribute;
}

static void turn_off(stg_style *style, unsigned attributes)
{
    style->set &= (uint16_t)~attributes;
    style->on &= (uint16_t)~attributes;
}

static void apply_attribute(stg_style *style, unsigned code)
{
    if (code >= 1 && code <= 9)
        turn_on(style, 1u << (code - 1));
    else if (code == 21)
        turn_on(style, STG_UNDERLINE2);
    else if (code == 22)
        turn_off(style, STG_BOLD | STG_DIM);
    else if (code == 24)
        turn_off(style, STG_UNDERLINE | STG_UNDERLINE2);
    else if (code >= 23 && code <= 29)
        turn_off(style, 1u << (code - 21));
    else if (code >= 51 && code <= 53)
        turn_on(style, 1u << (code - 41));
    else if (code == 54)
        turn_off(style, STG_FRAME | STG_ENCIRCLE);
    else if (code == 55)
        turn_off(style, STG_OVERLINE);
}

static void apply_code(stg_style *style, unsigned code)
{
    if (code == 0)
        *style = (stg_style){.link = style->link, .link_length = style->link_length};
    else if (code >= 30 && code <= 37)
        style->color = numbered(code - 30);
    else if (code == 39)
        style->color = (stg_color){.kind = STG_COLOR_DEFAULT};
    else if (code >= 40 && code <= 47)
        style->background = numbered(code - 40);
    else if (code == 49)
        style->background = (stg_color){.kind = STG_COLOR_DEFAULT};
    else if (code >= 90 && code <= 97)
        style->color = numbered(code - 82);
    else if (code >= 100 && code <= 107)
        style->background = numbered(code - 92);
    else
        apply_attribute(style, code);
}

void stg_ansi_apply_codes(stg_style *style, const unsigned *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == 38)
            i += extended_color(codes + i + 1, count - i - 1, &style->color);
        else if (codes[i] == 48)
            i += extended_color(codes + i + 1, count - i - 1, &style->background);
        else
            apply_code(style, codes[i]);
    }
}

void stg_ansi_apply_link(stg_style *style, const char *text, size_t length)
{
    const char *address = memchr(text, ';', length);
    if (address == NULL)
        return;
    address++;
    const size_t address_length = length - (size_t)(address - text);
    style->link = address_length > 0 ? address : NULL;
    style->link_length = (uint32_t)address_length;
}
