/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Texts measured, and turned into segments. */
#include <stdlib.h>
#include <string.h>

#include "base/cells.h"
#include "base/utf8.h"
#include "console/chars.h"
#include "console/text.h"

/* Where a span begins or ends. */
typedef struct edge {
    size_t key; /* twice the position, plus 1 for an end */
    size_t span;
} edge;

/* The spans at one place, the lowest first. */
typedef struct layer {
    size_t span;
    stg_style style; /* of this span and all below it */
} layer;

typedef struct layers {
    const stg_span *spans;
    layer *items;
    size_t count;
} layers;

/* At one place the lower span begins first and ends last, as nested spans do. */
static int compare_edges(const void *a, const void *b)
{
    const edge *left = a;
    const edge *right = b;
    if (left->key != right->key)
        return left->key > right->key ? 1 : -1;
    return (left->key % 2 == 0) == (left->span > right->span) ? 1 : -1;
}

/* Lines have few spans, mostly in order. */
static void sort_edges(edge *edges, size_t count)
{
    if (count > 32) {
        qsort(edges, count, sizeof *edges, compare_edges);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        const edge moving = edges[i];
        /* They come in the order of their spans: of equal keys, a beginning stays behind, and an
         * end goes before the others. */
        const size_t first_after = moving.key + (moving.key % 2 == 0);
        size_t k = i;
        for (; k > 0 && edges[k - 1].key >= first_after; k--)
            edges[k] = edges[k - 1];
        edges[k] = moving;
    }
}

/* Combines anew from the layer `from` upwards. */
static void combine(layers *stack, size_t from)
{
    for (size_t i = from; i < stack->count; i++) {
        layer *item = &stack->items[i];
        const stg_style *own = &stack->spans[item->span].style;
        item->style = i == 0 ? *own : stg_style_combine(&stack->items[i - 1].style, own);
    }
}

/* Later spans mostly begin later, and end earlier, than those below: both ends are near the top. */
static void enter(layers *stack, size_t span)
{
    size_t at = stack->count++;
    for (; at > 0 && stack->items[at - 1].span > span; at--)
        stack->items[at] = stack->items[at - 1];
    stack->items[at].span = span;
    combine(stack, at);
}

static void leave(layers *stack, size_t span)
{
    size_t at = stack->count - 1;
    while (stack->items[at].span != span)
        at--;
    stack->count--;
    memmove(stack->items + at, stack->items + at + 1, (stack->count - at) * sizeof *stack->items);
    combine(stack, at);
}

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

/* Cuts a line at each end of a span. */
static void draw_spans(stg_draw *draw, const stg_text *line, stg_segments *out)
{
    const size_t count = line->span_count;
    edge *edges = stg_draw_alloc(draw, 2 * count * sizeof *edges);
    layer *items = stg_draw_alloc(draw, count * sizeof *items);
    if (edges == NULL || items == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        edges[2 * i] = (edge){line->spans[i].start * 2, i};
        edges[2 * i + 1] = (edge){line->spans[i].end * 2 + 1, i};
    }
    sort_edges(edges, 2 * count);
    layers stack = {.spans = line->spans, .items = items};
    size_t position = 0;
    for (size_t i = 0; i < 2 * count; i++) {
        const size_t next = edges[i].key / 2;
        if (next > position) {
            const stg_style style =
                stack.count == 0
                    ? line->style
                    : stg_style_combine(&line->style, &stack.items[stack.count - 1].style);
            add_piece(draw, line, position, next, &style, out);
            position = next;
        }
        if (edges[i].key % 2 == 0)
            enter(&stack, edges[i].span);
        else
            leave(&stack, edges[i].span);
    }
    add_piece(draw, line, position, line->length, &line->style, out);
}

static void draw_line(stg_draw *draw, const stg_text *line, stg_segments *out)
{
    if (line->span_count == 0)
        add_piece(draw, line, 0, line->length, &line->style, out);
    else
        draw_spans(draw, line, out);
}

/* What follows a text: usually one newline, but an author may ask for anything. */
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

static void keep_widest(int *widest, const stg_text *text, size_t start, size_t end)
{
    if (start >= end)
        return;
    const int cells = (int)(text->plain ? end - start : stg_cells(text->data + start, end - start));
    if (cells > *widest)
        *widest = cells;
}

stg_measurement stg_text_measure(const stg_text *text)
{
    int line = 0;
    int word = 0;
    bool any_word = false;
    size_t line_start = 0;
    size_t word_start = 0;
    size_t size;
    for (size_t i = 0; i < text->length; i += size) {
        uint32_t codepoint = (unsigned char)text->data[i];
        size = codepoint < 0x80 ? 1 : stg_utf8_decode(text->data + i, text->length - i, &codepoint);
        if (!stg_char_is_space(codepoint))
            continue;
        any_word = any_word || i > word_start;
        keep_widest(&word, text, word_start, i);
        word_start = i + size;
        if (stg_char_ends_line(codepoint)) {
            keep_widest(&line, text, line_start, i);
            line_start = i + size;
        }
    }
    any_word = any_word || text->length > word_start;
    keep_widest(&word, text, word_start, text->length);
    keep_widest(&line, text, line_start, text->length);
    return (stg_measurement){any_word ? word : line, line};
}
