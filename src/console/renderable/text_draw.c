/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Measures texts, and turns them into segments. */
#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"
#include "console/text/chars.h"
#include "console/text/text.h"

static void add_piece(stg_draw *draw, const stg_text *line, size_t start, size_t end,
                      const stg_style *style, stg_segments *out)
{
    if (start == end)
        return;
    const char *text = line->data + start;
    const size_t length = end - start;
    stg_segments_add(draw, out, text, length, line->plain ? length : stg_cells(text, length),
                     style);
}

typedef struct line_drawing {
    stg_draw *draw;
    const stg_text *line;
    stg_segments *out;
} line_drawing;

static void draw_piece(void *context, const stg_span *piece, bool is_covered)
{
    const line_drawing *d = context;
    (void)is_covered;
    add_piece(d->draw, d->line, piece->start, piece->end, &piece->style, d->out);
}

static void draw_line(stg_draw *draw, const stg_text *line, stg_segments *out)
{
    line_drawing d = {.draw = draw, .line = line, .out = out};
    if (line->span_count == 0)
        add_piece(draw, line, 0, line->length, &line->style, out);
    else
        stg_text_pieces(draw, line, &line->style, draw_piece, &d);
}

/* Draws what follows a text: usually one newline, but an author may choose anything. */
static void draw_end(stg_draw *draw, const char *end, stg_segments *out)
{
    while (end != NULL && *end != '\0') {
        const char *newline = strchr(end, '\n');
        const size_t length = newline == NULL ? strlen(end) : (size_t)(newline - end);
        if (length > 0)
            stg_segments_add(draw, out, end, length, stg_cells(end, length), NULL);
        if (newline == NULL)
            return;
        stg_segments_newline(draw, out);
        end = newline + 1;
    }
}

void stg_text_draw(stg_draw *draw, const stg_text *text, const stg_draw_options *options,
                   stg_segments *out)
{
    stg_texts lines = {0};
    stg_text_wrap(draw, text, options, &lines);
    if (draw->status != STAGED_OK)
        return;
    for (size_t i = 0; i < lines.count; i++) {
        if (i > 0)
            stg_segments_newline(draw, out);
        draw_line(draw, &lines.items[i], out);
    }
    draw_end(draw, text->end, out);
}

/* Counts tabs as they will be drawn (see stg_text_expand_tabs). */
static size_t cells_with_tabs(const char *text, size_t length, size_t tab)
{
    size_t column = 0;
    for (;;) {
        const char *end = memchr(text, '\t', length);
        const size_t part = end == NULL ? length : (size_t)(end - text);
        column += stg_cells(text, part);
        if (end == NULL)
            return column;
        column += tab - column % tab;
        text += part + 1;
        length -= part + 1;
    }
}

static void keep_widest(int *widest, const stg_text *text, size_t start, size_t end, size_t tab)
{
    if (start >= end)
        return;
    const char *from = text->data + start;
    const int cells = (int)(text->plain ? end - start : cells_with_tabs(from, end - start, tab));
    if (cells > *widest)
        *widest = cells;
}

stg_measurement stg_text_measure(const stg_text *text, int tab_size)
{
    const size_t tab = tab_size < 1 ? STG_TAB_SIZE : (size_t)tab_size;
    int line = 0;
    int word = 0;
    bool any_word = false;
    size_t line_start = 0;
    size_t word_start = 0;
    size_t size;
    for (size_t i = 0; i < text->length; i += size) {
        uint32_t codepoint = (unsigned char)text->data[i];
        const bool ascii = codepoint < 0x80;
        size = ascii ? 1 : stg_utf8_decode(text->data + i, text->length - i, &codepoint);
        if ((ascii && codepoint > ' ') || !stg_is_space(codepoint))
            continue;
        any_word = any_word || i > word_start;
        keep_widest(&word, text, word_start, i, tab);
        word_start = i + size;
        if (stg_ends_line(codepoint)) {
            keep_widest(&line, text, line_start, i, tab);
            line_start = i + size;
        }
    }
    any_word = any_word || text->length > word_start;
    keep_widest(&word, text, word_start, text->length, tab);
    keep_widest(&line, text, line_start, text->length, tab);
    return (stg_measurement){any_word ? word : line, line};
}
