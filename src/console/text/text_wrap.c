/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Wraps texts into lines, and fills the lines. */
#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"
#include "console/text/chars.h"
#include "console/text/text.h"

/* The settings for wrapping a text. */
typedef struct wrapping {
    int width;
    staged_justify justify;
    staged_overflow overflow;
    bool no_wrap;
    int tab_size;
} wrapping;

/* The parts between breaks, while they are being found. */
typedef struct breaks {
    stg_range *ranges;
    size_t count, capacity;
    size_t start; /* of the part still open */
} breaks;

static void add_break(stg_draw *draw, breaks *found, size_t at)
{
    if (!stg_draw_grow(draw, &found->ranges, &found->capacity, found->count, found->count + 1,
                       sizeof *found->ranges))
        return;
    found->ranges[found->count++] = (stg_range){found->start, at};
    found->start = at;
}

/* The length of the run of blanks (or, without `blank`, of other characters) from `start` on. */
static size_t span_of(const stg_text *text, size_t start, bool blank)
{
    size_t i = start;
    while (i < text->length) {
        uint32_t codepoint = (unsigned char)text->data[i];
        const size_t size =
            codepoint < 0x80 ? 1 : stg_utf8_decode(text->data + i, text->length - i, &codepoint);
        if (stg_is_space(codepoint) != blank)
            break;
        i += size;
    }
    return i - start;
}

static int cells_of(const stg_text *text, size_t start, size_t end)
{
    return (int)(text->plain ? end - start : stg_cells(text->data + start, end - start));
}

/* Breaks a word longer than a line; returns the width of its last part. */
static int fold_word(stg_draw *draw, const stg_text *text, size_t start, size_t end, int width,
                     breaks *found)
{
    stg_cell_chop chop = {
        .text = text->data + start, .length = end - start, .width = (size_t)width};
    int cells = 0;
    while (stg_cells_chop(&chop)) {
        if (start + chop.start > 0)
            add_break(draw, found, start + chop.start);
        cells = cells_of(text, start + chop.start, start + chop.end);
    }
    return cells;
}

/* Finds where to break a line so that its parts fit (Rich's divide_line). */
static void find_breaks(stg_draw *draw, const stg_text *text, int width, bool fold, breaks *found)
{
    int column = 0;
    size_t start = 0;
    while (start < text->length && draw->status == STAGED_OK) {
        const size_t word = start + span_of(text, start, true);
        const size_t word_end = word + span_of(text, word, false);
        const size_t end = word_end + span_of(text, word_end, true);
        if (word == word_end)
            break;
        const int needed = cells_of(text, start, word_end);
        if (width - column >= needed) {
            column += cells_of(text, start, end);
        } else if (needed > width && fold) {
            column = fold_word(draw, text, start, end, width, found);
        } else {
            if (start > 0)
                add_break(draw, found, start);
            column = cells_of(text, start, end);
        }
        start = end;
    }
}

/* Removes trailing blanks from a line wider than `width`, as many as it is too wide. */
static void rstrip_end(stg_draw *draw, stg_text *line, int width)
{
    if (line->length <= (size_t)width)
        return;
    size_t length = line->plain ? line->length : stg_utf8_count(line->data, line->length);
    size_t kept = line->length;
    const size_t trimmed = stg_chars_trimmed(line->data, line->length);
    while (kept > trimmed && length > (size_t)width) {
        kept--;
        while (kept > trimmed && (line->data[kept] & 0xC0) == 0x80)
            kept--;
        length--;
    }
    if (kept < line->length)
        stg_text_replace(draw, line, line->data, kept, kept);
}

/* Splits a line into words for justification. */
static void split_at_blanks(stg_draw *draw, const stg_text *line, stg_texts *words)
{
    breaks found = {0};
    for (size_t i = 0; i < line->length; i++) {
        if (line->data[i] == ' ') {
            add_break(draw, &found, i);
            found.start = i + 1;
        }
    }
    if (found.start < line->length || found.count == 0)
        add_break(draw, &found, line->length);
    stg_text_cut(draw, line, found.ranges, found.count, words);
}

/* The style of the first or the last character. */
static stg_style style_at_edge(const stg_text *word, bool last)
{
    stg_style style = word->style;
    for (size_t i = 0; i < word->span_count; i++) {
        const stg_span *span = &word->spans[i];
        if (last ? span->end == word->length : span->start == 0)
            style = stg_style_combine(&style, &span->style);
    }
    return style;
}

/* Widens the blanks between words, from the right, until the line is full. */
static void justify_fully(stg_draw *draw, stg_text *line, int width)
{
    stg_texts words = {0};
    split_at_blanks(draw, line, &words);
    if (draw->status != STAGED_OK)
        return;
    const size_t gaps = words.count - 1;
    if (gaps > 0)
        (void)stg_draw_style(draw, line->bad_style);
    size_t used = gaps;
    for (size_t i = 0; i < words.count; i++)
        used += stg_text_cells(&words.items[i]);
    const size_t missing = (size_t)width > used ? (size_t)width - used : 0;
    stg_text *parts = stg_draw_alloc(draw, (words.count + gaps) * sizeof *parts);
    if (parts == NULL)
        return;
    for (size_t i = 0; i < words.count; i++) {
        parts[2 * i] = words.items[i];
        if (i == gaps)
            break;
        stg_text *gap = &parts[2 * i + 1];
        const stg_style left = style_at_edge(&words.items[i], true);
        const stg_style right = style_at_edge(&words.items[i + 1], false);
        const bool alike = stg_style_equal(&left, &right);
        *gap = (stg_text){.plain = true, .style = alike ? left : line->style};
        gap->has_style = alike ? !stg_style_is_null(&left) : line->has_style;
        stg_text_pad_right(draw, gap, 1 + missing / gaps + (gaps - 1 - i < missing % gaps));
    }
    *line = stg_text_join(draw, parts, words.count + gaps);
}

static void justify_line(stg_draw *draw, stg_text *line, const wrapping *how, bool last)
{
    switch (how->justify) {
    case STAGED_JUSTIFY_LEFT:
        stg_text_truncate(draw, line, how->width, how->overflow, true);
        break;
    case STAGED_JUSTIFY_CENTER:
    case STAGED_JUSTIFY_RIGHT: {
        stg_text_rstrip(draw, line);
        stg_text_truncate(draw, line, how->width, how->overflow, false);
        const size_t cells = stg_text_cells(line);
        const size_t missing = (size_t)how->width > cells ? (size_t)how->width - cells : 0;
        const bool centered = how->justify == STAGED_JUSTIFY_CENTER;
        stg_text_pad_left(draw, line, centered ? missing / 2 : missing);
        stg_text_pad_right(draw, line, centered ? missing - missing / 2 : 0);
        break;
    }
    case STAGED_JUSTIFY_FULL:
        if (!last)
            justify_fully(draw, line, how->width);
        break;
    default:
        break;
    }
}

/* Wraps a text without newlines. */
static void wrap_line(stg_draw *draw, stg_text *line, const wrapping *how, stg_texts *lines)
{
    stg_text_expand_tabs(draw, line, how->tab_size);
    const size_t first = lines->count;
    breaks found = {0};
    if (!how->no_wrap && !(line->plain && line->length <= (size_t)how->width))
        find_breaks(draw, line, how->width, how->overflow == STAGED_OVERFLOW_FOLD, &found);
    if (found.count > 0) {
        add_break(draw, &found, line->length);
        stg_text_cut(draw, line, found.ranges, found.count, lines);
    } else if (stg_draw_grow(draw, &lines->items, &lines->capacity, lines->count, lines->count + 1,
                             sizeof *lines->items)) {
        lines->items[lines->count++] = *line;
    }
    if (how->no_wrap && how->overflow == STAGED_OVERFLOW_IGNORE)
        return;
    for (size_t i = first; i < lines->count && draw->status == STAGED_OK; i++) {
        if (!how->no_wrap)
            rstrip_end(draw, &lines->items[i], how->width);
        justify_line(draw, &lines->items[i], how, i + 1 == lines->count);
        stg_text_truncate(draw, &lines->items[i], how->width, how->overflow, false);
    }
}

/* Splits at newlines; the text after the last newline is a line even if it is empty. */
static void split_lines(stg_draw *draw, const stg_text *text, stg_texts *lines)
{
    breaks found = {0};
    for (;;) {
        const char *newline = memchr(text->data + found.start, '\n', text->length - found.start);
        if (newline == NULL)
            break;
        add_break(draw, &found, (size_t)(newline - text->data));
        if (draw->status != STAGED_OK)
            return;
        found.start++;
    }
    add_break(draw, &found, text->length);
    stg_text_cut(draw, text, found.ranges, found.count, lines);
}

void stg_text_wrap(stg_draw *draw, const stg_text *text, const stg_draw_options *options,
                   stg_texts *lines)
{
    wrapping how = {.width = options->width, .tab_size = draw->tab_size};
    how.justify = text->justify != STAGED_JUSTIFY_DEFAULT ? text->justify : options->justify;
    how.overflow = text->overflow != STAGED_OVERFLOW_DEFAULT ? text->overflow : options->overflow;
    if (how.overflow == STAGED_OVERFLOW_DEFAULT)
        how.overflow = STAGED_OVERFLOW_FOLD;
    const staged_choice no_wrap = text->no_wrap != STAGED_AUTO ? text->no_wrap : options->no_wrap;
    how.no_wrap = no_wrap == STAGED_YES || how.overflow == STAGED_OVERFLOW_IGNORE;
    if (text->plain || text->length == 0 || memchr(text->data, '\n', text->length) == NULL) {
        stg_text line = *text;
        wrap_line(draw, &line, &how, lines);
        return;
    }
    stg_texts paragraphs = {0};
    split_lines(draw, text, &paragraphs);
    for (size_t i = 0; i < paragraphs.count && draw->status == STAGED_OK; i++)
        wrap_line(draw, &paragraphs.items[i], &how, lines);
}
