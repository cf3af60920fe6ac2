/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/ansi.h"

#include <string.h>

#define ESC '\x1b'
#define BEL '\x07'

/* More than any known sequence has. */
#define MAX_PARAMETERS 32

/* Begins the line at `position`: finds its end, and goes behind its last carriage return. */
static void begin_line(stg_ansi *ansi)
{
    const char *start = ansi->text + ansi->position;
    const size_t left = ansi->length - ansi->position;
    const char *newline = memchr(start, '\n', left);
    size_t length = newline == NULL ? left : (size_t)(newline - start);
    ansi->line_end = ansi->position + length;
    ansi->in_line = true;
    while (length > 0 && start[length - 1] == '\r')
        length--;
    while (length > 0 && start[length - 1] != '\r')
        length--;
    ansi->position += length;
}

/* The parameters of `ESC [ ... m`: an empty one is 0, none is above 255, and those with parts of
 * their own ("4:3") are left out. */
static size_t parse_parameters(const char *text, size_t length, unsigned parameters[MAX_PARAMETERS])
{
    size_t count = 0;
    unsigned value = 0;
    bool is_number = true;
    for (size_t i = 0; i <= length && count < MAX_PARAMETERS; i++) {
        if (i == length || text[i] == ';') {
            if (is_number)
                parameters[count++] = value;
            value = 0;
            is_number = true;
        } else if (text[i] >= '0' && text[i] <= '9') {
            value = value * 10 + (unsigned)(text[i] - '0');
            value = value > 255 ? 255 : value;
        } else {
            is_number = false;
        }
    }
    return count;
}

static stg_color numbered(unsigned number)
{
    return (stg_color){.kind = number < 16 ? STG_COLOR_STANDARD : STG_COLOR_256,
                       .red = (uint8_t)number};
}

/* The colour behind a 38 or 48; answers how many parameters it took. */
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

static void apply_codes(stg_style *style, const char *text, size_t length)
{
    unsigned parameters[MAX_PARAMETERS];
    const size_t count = parse_parameters(text, length, parameters);
    for (size_t i = 0; i < count; i++) {
        if (parameters[i] == 38)
            i += extended_color(parameters + i + 1, count - i - 1, &style->color);
        else if (parameters[i] == 48)
            i += extended_color(parameters + i + 1, count - i - 1, &style->background);
        else
            apply_code(style, parameters[i]);
    }
}

/* `ESC [`: answers where it ends. */
static size_t read_control_sequence(stg_ansi *ansi, size_t start)
{
    size_t i = start;
    while (i < ansi->line_end && ansi->text[i] >= 0x20 && ansi->text[i] < 0x40)
        i++;
    if (i == ansi->line_end)
        return i;
    const bool is_private = i > start && ansi->text[start] >= '<' && ansi->text[start] <= '?';
    if (ansi->text[i] == 'm' && !is_private)
        apply_codes(&ansi->style, ansi->text + start, i - start);
    return i + 1;
}

/* What follows `8;`: parameters, `;`, and the address; none ends the link. */
static void apply_link(stg_style *style, const char *text, size_t length)
{
    const char *address = memchr(text, ';', length);
    if (address == NULL)
        return;
    address++;
    const size_t address_length = length - (size_t)(address - text);
    style->link = address_length > 0 ? address : NULL;
    style->link_length = (uint32_t)address_length;
}

/* `ESC ]`, which ends with `ESC \` or BEL: answers where.  What does not end is shown. */
static size_t read_system_command(stg_ansi *ansi, size_t start)
{
    const char *text = ansi->text + start;
    const size_t length = ansi->line_end - start;
    size_t i = 0;
    while (i < length && text[i] != BEL && text[i] != ESC)
        i++;
    if (i == length)
        return start;
    if (i >= 2 && memcmp(text, "8;", 2) == 0)
        apply_link(&ansi->style, text + 2, i - 2);
    const bool has_backslash = text[i] == ESC && i + 1 < length && text[i + 1] == '\\';
    return start + i + (text[i] == BEL ? 1 : has_backslash ? 2 : 0);
}

/* Answers where the sequence that begins at `position` ends. */
static size_t read_escape(stg_ansi *ansi)
{
    const size_t kind = ansi->position + 1;
    if (kind == ansi->line_end)
        return kind;
    switch (ansi->text[kind]) {
    case '[':
        return read_control_sequence(ansi, kind + 1);
    case ']':
        return read_system_command(ansi, kind + 1);
    case '(': /* a character set, named by one character */
    case ')':
        return kind + 2 < ansi->line_end ? kind + 2 : ansi->line_end;
    default:
        return kind + 1;
    }
}

/* The text up to the next escape, without the carriage return that ends the line. */
static stg_ansi_run read_text(stg_ansi *ansi)
{
    const char *start = ansi->text + ansi->position;
    size_t length = ansi->line_end - ansi->position;
    const char *escape = length == 0 ? NULL : memchr(start, ESC, length);
    if (escape != NULL)
        length = (size_t)(escape - start);
    ansi->position += length;
    while (length > 0 && start[length - 1] == '\r')
        length--;
    return (stg_ansi_run){start, length, ansi->style};
}

bool stg_ansi_next(stg_ansi *ansi, stg_ansi_run *run)
{
    if (!ansi->in_line) {
        if (ansi->position >= ansi->length)
            return false;
        begin_line(ansi);
    }
    while (ansi->position < ansi->line_end) {
        if (ansi->text[ansi->position] == ESC) {
            ansi->position = read_escape(ansi);
            continue;
        }
        *run = read_text(ansi);
        if (run->length > 0)
            return true;
    }
    ansi->in_line = false;
    ansi->position = ansi->line_end + 1;
    *run = (stg_ansi_run){.text = ansi->text + ansi->line_end};
    return ansi->line_end < ansi->length;
}
