/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/paint.h"

#include <string.h>

#include "base/unicode/cells.h"

/* Signs that scripts often print, including the summary's own, and the nearest ASCII. */
static const struct {
    const char *sign;
    char ascii;
} nearest[] = {
    {"➤", '>'},  {"→", '>'},  {"•", '*'}, {"–", '-'}, {"—", '-'},
    {"‘", '\''}, {"’", '\''}, {"“", '"'}, {"”", '"'},
};

static char nearest_ascii(const char *sign, size_t length)
{
    for (size_t i = 0; i < sizeof nearest / sizeof nearest[0]; i++) {
        if (strlen(nearest[i].sign) == length && memcmp(nearest[i].sign, sign, length) == 0)
            return nearest[i].ascii;
    }
    return '?';
}

static void add_ascii(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        const unsigned char c = (unsigned char)text[i];
        if (c < 0x80) {
            stg_buf_add_char(out, text[i++]);
            continue;
        }
        const stg_grapheme grapheme = stg_grapheme_at(text, length, i);
        stg_buf_add_repeated(out, nearest_ascii(text + i, grapheme.end - i), grapheme.cells);
        /* A tab or a newline has no width, and so belongs to what precedes it. */
        for (; i < grapheme.end; i++) {
            if (text[i] > 0)
                stg_buf_add_char(out, text[i]);
        }
    }
}

/* A script uses few styles: their codes are cached. */
static const stg_prefix *prefix_of(stg_palette *palette, const stg_style *style)
{
    const unsigned on = style->on & style->set;
    const unsigned hash = on + style->color.kind * 3u + style->color.red + style->color.green * 5u +
                          style->color.blue + style->background.kind + style->background.red * 7u;
    stg_prefix *prefix = &palette->prefixes[(hash ^ hash >> 5) % STG_PREFIXES];
    if (!prefix->known || prefix->on != on || !stg_color_equal(prefix->color, style->color) ||
        !stg_color_equal(prefix->background, style->background)) {
        prefix->known = true;
        prefix->on = (uint16_t)on;
        prefix->color = style->color;
        prefix->background = style->background;
        prefix->length = stg_style_prefix(style, palette->colors, prefix->text);
    }
    return prefix;
}

/* Adds `text` between the codes of its style. */
static void add_styled(stg_palette *palette, stg_buf *out, const stg_style *style, const char *text,
                       size_t length)
{
    static const char reset[] = STG_STYLE_RESET;
    const stg_prefix *prefix = prefix_of(palette, style);
    if (style->link != NULL)
        stg_style_link_begin(out, style);
    char *end = stg_buf_reserve(out, prefix->length + length + sizeof reset);
    if (end == NULL)
        return;
    memcpy(end, prefix->text, prefix->length);
    end += prefix->length;
    memcpy(end, text, length);
    end += length;
    if (prefix->length > 0) {
        memcpy(end, reset, sizeof reset - 1);
        end += sizeof reset - 1;
    }
    out->length = (size_t)(end - out->data);
    stg_buf_end(out);
    if (style->link != NULL)
        stg_style_link_end(out);
}

static void paint_text(stg_palette *palette, stg_buf *out, const stg_style *style, const char *text,
                       size_t length)
{
    if (length == 0)
        return;
    if (palette->colors == STG_COLORS_NONE || stg_style_is_null(style)) {
        stg_buf_add(out, text, length);
    } else if (palette->no_color) {
        const stg_style plain = stg_style_without_color(style);
        add_styled(palette, out, &plain, text, length);
    } else {
        add_styled(palette, out, style, text, length);
    }
}

void stg_paint(stg_palette *palette, stg_buf *out, const stg_segment *segment)
{
    if (!palette->ascii || stg_cells_plain(segment->text, segment->length)) {
        paint_text(palette, out, &segment->style, segment->text, segment->length);
        return;
    }
    stg_buf ascii = {0};
    add_ascii(&ascii, segment->text, segment->length);
    paint_text(palette, out, &segment->style, stg_buf_text(&ascii), ascii.length);
    if (ascii.failure != STAGED_OK && out->failure == STAGED_OK)
        out->failure = ascii.failure;
    stg_buf_free(&ascii);
}

static bool shows_blanks(const stg_palette *palette, const stg_style *style)
{
    const unsigned visible = STG_UNDERLINE | STG_UNDERLINE2 | STG_REVERSE | STG_STRIKE |
                             STG_OVERLINE | STG_FRAME | STG_ENCIRCLE;
    const stg_color_kind background = style->background.kind;
    if (palette->colors == STG_COLORS_NONE)
        return false;
    return (style->on & style->set & visible) != 0 ||
           (!palette->no_color && background != STG_COLOR_UNSET && background != STG_COLOR_DEFAULT);
}

void stg_paint_trimmed(stg_palette *palette, stg_buf *out, const stg_line *line)
{
    size_t count = line->count;
    size_t length = 0; /* of the last visible segment */
    for (; count > 0; count--) {
        const stg_segment *last = &line->items[count - 1];
        length = last->length;
        if (length > 0 && shows_blanks(palette, &last->style))
            break;
        while (length > 0 && last->text[length - 1] == ' ')
            length--;
        if (length > 0)
            break;
    }
    for (size_t i = 0; i < count; i++) {
        stg_segment segment = line->items[i];
        if (i + 1 == count)
            segment.length = length;
        stg_paint(palette, out, &segment);
    }
    if (line->ended)
        stg_buf_add_char(out, '\n');
}

void stg_paint_line(stg_palette *palette, stg_buf *out, const stg_line *line)
{
    for (size_t i = 0; i < line->count; i++)
        stg_paint(palette, out, &line->items[i]);
    if (line->ended)
        stg_buf_add_char(out, '\n');
}
