/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/text.h"

#include <stdint.h>
#include <string.h>

#include "base/memory/search.h"
#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "console/text/chars.h"

/* Where spans cover more parts than this on average, as deeply nested ones do, they are made not to
 * overlap before the text is cut. */
enum { MOST_SHARES = 4 };

stg_text stg_text_of(stg_draw *draw, const char *bytes, size_t length)
{
    stg_text text = {.plain = true, .end = "\n"};
    if (stg_cells_plain(bytes, length)) {
        text.data = bytes;
        text.length = length;
        return text;
    }
    char *data = stg_draw_alloc(draw, length * STG_CHARS_CLEAN_MAX);
    if (data != NULL) {
        text.data = data;
        text.length = stg_chars_clean(bytes, length, data, &text.plain);
        text.splits = stg_text_has_splits(&text);
    }
    return text;
}

size_t stg_text_cells(const stg_text *text)
{
    return text->plain ? text->length : stg_cells(text->data, text->length);
}

bool stg_text_is_empty(const stg_text *text)
{
    return text->length == 0;
}

bool stg_text_has_splits(const stg_text *text)
{
    if (text->plain)
        return false;
    for (size_t i = 0; i < text->length;) {
        if (text->data[i] > 0) {
            i++;
            continue;
        }
        uint32_t codepoint;
        i += stg_utf8_decode(text->data + i, text->length - i, &codepoint);
        if (stg_cell_width(codepoint) == 0)
            return true;
    }
    return false;
}

void stg_text_set_style(stg_draw *draw, stg_text *text, const char *definition)
{
    if (stg_theme_get(draw->theme, definition, strlen(definition), &text->style, NULL) != STAGED_OK)
        text->bad_style = definition;
    text->has_style = definition[0] != '\0';
}

/* Makes room for `count` more spans and returns the first of them; NULL when there are none, or no
 * memory. */
static stg_span *add_spans(stg_draw *draw, stg_text *text, size_t count)
{
    if (count == 0 || !stg_draw_grow(draw, &text->spans, &text->span_capacity, text->span_count,
                                     text->span_count + count, sizeof *text->spans))
        return NULL;
    stg_span *spans = text->spans + text->span_count;
    text->span_count += count;
    return spans;
}

void stg_text_add_span(stg_draw *draw, stg_text *text, size_t start, size_t end,
                       const stg_style *style)
{
    if (end > text->length)
        end = text->length;
    if (start >= end)
        return;
    stg_span *span = add_spans(draw, text, 1);
    if (span != NULL)
        *span = (stg_span){start, end, *style};
}

void stg_text_add_span_before(stg_draw *draw, stg_text *text, const stg_style *style)
{
    if (text->length == 0 || stg_style_is_null(style) || add_spans(draw, text, 1) == NULL)
        return;
    memmove(text->spans + 1, text->spans, (text->span_count - 1) * sizeof *text->spans);
    text->spans[0] = (stg_span){0, text->length, *style};
}

/* Replaces the bytes with those before and those after. */
static bool set_data(stg_draw *draw, stg_text *text, const char *before, size_t before_length,
                     const char *after, size_t after_length)
{
    char *data = stg_draw_alloc(draw, before_length + after_length);
    if (data == NULL)
        return false;
    if (before_length > 0)
        memcpy(data, before, before_length);
    if (after_length > 0)
        memcpy(data + before_length, after, after_length);
    text->data = data;
    text->length = before_length + after_length;
    return true;
}

void stg_text_append(stg_draw *draw, stg_text *text, const char *bytes, size_t length,
                     const stg_style *style)
{
    const size_t start = text->length;
    if (length == 0 || !set_data(draw, text, text->data, text->length, bytes, length))
        return;
    text->plain = text->plain && stg_cells_plain(bytes, length);
    if (style != NULL)
        stg_text_add_span(draw, text, start, start + length, style);
}

/* Adds the spans of a text that begins at `offset`. */
static void add_spans_of(stg_draw *draw, stg_text *text, size_t offset, const stg_text *part)
{
    stg_span *spans = add_spans(draw, text, part->span_count + part->has_style);
    if (spans == NULL)
        return;
    if (part->has_style)
        *spans++ = (stg_span){offset, offset + part->length, part->style};
    for (size_t i = 0; i < part->span_count; i++)
        spans[i] = (stg_span){offset + part->spans[i].start, offset + part->spans[i].end,
                              part->spans[i].style};
}

void stg_text_add_spans(stg_draw *draw, stg_text *text, const stg_text *other)
{
    add_spans_of(draw, text, 0, other);
}

void stg_text_append_text(stg_draw *draw, stg_text *text, const stg_text *other)
{
    const size_t start = text->length;
    if (!set_data(draw, text, text->data, start, other->data, other->length))
        return;
    text->plain = text->plain && other->plain;
    add_spans_of(draw, text, start, other);
}

stg_text stg_text_join(stg_draw *draw, const stg_text *items, size_t count)
{
    stg_text joined = {.plain = true, .end = "\n"};
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += items[i].length;
    char *data = stg_draw_alloc(draw, length);
    if (data == NULL)
        return joined;
    joined.data = data;
    for (size_t i = 0; i < count; i++) {
        if (items[i].length > 0)
            memcpy(data + joined.length, items[i].data, items[i].length);
        joined.plain = joined.plain && items[i].plain;
        add_spans_of(draw, &joined, joined.length, &items[i]);
        joined.length += items[i].length;
    }
    return joined;
}

/* Moves a position past the first `kept` bytes to the same character in the new bytes, or to their
 * end, so that many positions past a short end cost little. */
static size_t moved(const stg_text *text, size_t position, const char *data, size_t length,
                    size_t kept)
{
    if (position <= kept)
        return position;
    size_t old = kept;
    size_t new = kept;
    uint32_t codepoint;
    while (old < position && new < length) {
        old += stg_utf8_decode(text->data + old, position - old, &codepoint);
        new += stg_utf8_decode(data + new, length - new, &codepoint);
    }
    return new;
}

void stg_text_replace(stg_draw *draw, stg_text *text, const char *data, size_t length, size_t kept)
{
    if (data == NULL)
        return;
    size_t count = 0;
    if (text->span_count > 0) {
        /* The spans may be shared with the original of this text. */
        stg_span *spans = stg_draw_alloc(draw, text->span_count * sizeof *spans);
        if (spans == NULL)
            return;
        const bool shorter = stg_utf8_count(data + kept, length - kept) <
                             stg_utf8_count(text->data + kept, text->length - kept);
        for (size_t i = 0; i < text->span_count; i++) {
            spans[count] = text->spans[i];
            spans[count].start = moved(text, text->spans[i].start, data, length, kept);
            spans[count].end = moved(text, text->spans[i].end, data, length, kept);
            count += !shorter || spans[count].start < length;
        }
        text->spans = spans;
        text->span_capacity = text->span_count;
    }
    text->span_count = count;
    text->data = data;
    text->length = length;
}

static bool ends_before(const void *range, const void *start)
{
    return ((const stg_range *)range)->end <= *(const size_t *)start;
}

/* Gives each part the spans that reach into it.  Returns false, with no spans in the parts, if
 * there would be more than `most`. */
static bool share_spans(stg_draw *draw, const stg_text *text, const stg_range *ranges, size_t count,
                        stg_text *parts, size_t most)
{
    size_t shares = 0;
    for (size_t i = 0; i < text->span_count; i++) {
        const stg_span *span = &text->spans[i];
        /* From the first range that the span can reach. */
        for (size_t k = stg_search(ranges, count, sizeof *ranges, ends_before, &span->start);
             k < count && ranges[k].start < span->end && shares <= most; k++, shares++) {
            const size_t start = span->start > ranges[k].start ? span->start : ranges[k].start;
            stg_text_add_span(draw, &parts[k], start - ranges[k].start, span->end - ranges[k].start,
                              &span->style);
        }
    }
    for (size_t k = 0; k < count && shares > most; k++)
        parts[k].span_count = 0;
    return shares <= most;
}

typedef struct flattening {
    stg_draw *draw;
    stg_text *flat;
} flattening;

static void add_flat(void *context, const stg_span *piece, bool is_covered)
{
    const flattening *f = context;
    if (is_covered)
        stg_text_add_span(f->draw, f->flat, piece->start, piece->end, &piece->style);
}

/* The same text with spans that do not overlap. */
static stg_text flat_spans(stg_draw *draw, const stg_text *text)
{
    stg_text flat = *text;
    flat.spans = NULL;
    flat.span_count = flat.span_capacity = 0;
    static const stg_style none = {0};
    flattening f = {.draw = draw, .flat = &flat};
    stg_text_pieces(draw, text, &none, add_flat, &f);
    return flat;
}

void stg_text_cut(stg_draw *draw, const stg_text *text, const stg_range *ranges, size_t count,
                  stg_texts *parts)
{
    if (!stg_draw_grow(draw, &parts->items, &parts->capacity, parts->count, parts->count + count,
                       sizeof *parts->items))
        return;
    stg_text *items = parts->items + parts->count;
    parts->count += count;
    for (size_t i = 0; i < count; i++) {
        items[i] = *text;
        items[i].data = text->data + ranges[i].start;
        items[i].length = ranges[i].end - ranges[i].start;
        items[i].spans = NULL;
        items[i].span_count = items[i].span_capacity = 0;
        items[i].plain = text->plain || stg_cells_plain(items[i].data, items[i].length);
    }
    if (!share_spans(draw, text, ranges, count, items, MOST_SHARES * (text->span_count + count))) {
        const stg_text flat = flat_spans(draw, text);
        (void)share_spans(draw, &flat, ranges, count, items, SIZE_MAX);
    }
}

void stg_text_pad_left(stg_draw *draw, stg_text *text, size_t blanks)
{
    char *data = blanks == 0 ? NULL : stg_draw_alloc(draw, blanks + text->length);
    if (data == NULL)
        return;
    memset(data, ' ', blanks);
    if (text->length > 0)
        memcpy(data + blanks, text->data, text->length);
    stg_text moved_text = {.span_count = 0};
    add_spans_of(draw, &moved_text, blanks,
                 &(stg_text){.spans = text->spans, .span_count = text->span_count});
    text->spans = moved_text.spans;
    text->span_count = moved_text.span_count;
    text->span_capacity = moved_text.span_capacity;
    text->data = data;
    text->length += blanks;
}

void stg_text_pad_right(stg_draw *draw, stg_text *text, size_t blanks)
{
    char *data = blanks == 0 ? NULL : stg_draw_alloc(draw, text->length + blanks);
    if (data == NULL)
        return;
    if (text->length > 0)
        memcpy(data, text->data, text->length);
    memset(data + text->length, ' ', blanks);
    text->data = data;
    text->length += blanks;
}

void stg_text_rstrip(stg_draw *draw, stg_text *text)
{
    const size_t length = stg_chars_trimmed(text->data, text->length);
    if (length < text->length)
        stg_text_replace(draw, text, text->data, length, length);
}
