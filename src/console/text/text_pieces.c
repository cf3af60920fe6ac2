/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Divides texts where their spans begin and end.  Where many spans overlap, their styles are
 * combined in a tree: its leaves are all spans in order, blank where a span is not open, and each
 * node combines the nodes below it.  So a span that begins or ends costs only the path to the root,
 * however many others cover it. */
#include <stdbool.h>
#include <stdlib.h>

#include "console/text/text.h"

/* Where a span begins or ends. */
typedef struct edge {
    size_t key; /* twice the position, plus 1 for an end */
    size_t span;
} edge;

/* At the same place the lower span begins first and ends last, as nested spans do. */
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
        /* They come in the order of their spans: among equal keys, a beginning goes last, and an
         * end first. */
        const size_t first_after = moving.key + (moving.key % 2 == 0);
        size_t k = i;
        for (; k > 0 && edges[k - 1].key >= first_after; k--)
            edges[k] = edges[k - 1];
        edges[k] = moving;
    }
}

enum { FEW = 8 };

/* The spans open at one place: a few in order, or any number in a tree. */
typedef struct open_spans {
    const stg_span *spans;
    size_t count;
    size_t few[FEW];
    bool in_tree;
    stg_style *tree; /* NULL: not needed yet */
    size_t leaves;
} open_spans;

static size_t leaves_for(size_t count)
{
    size_t leaves = 1;
    while (leaves < count)
        leaves *= 2;
    return leaves;
}

static void set_leaf(open_spans *open, size_t span, const stg_style *style)
{
    open->tree[open->leaves + span] = *style;
    for (size_t i = (open->leaves + span) / 2; i > 0; i /= 2)
        open->tree[i] = stg_style_combine(&open->tree[2 * i], &open->tree[2 * i + 1]);
}

static void move_to_tree(stg_draw *draw, open_spans *open)
{
    if (open->tree == NULL)
        open->tree = stg_draw_alloc(draw, 2 * open->leaves * sizeof *open->tree);
    open->in_tree = true;
    for (size_t i = 0; i < open->count && open->tree != NULL; i++)
        set_leaf(open, open->few[i], &open->spans[open->few[i]].style);
}

static void enter(stg_draw *draw, open_spans *open, size_t span)
{
    if (open->count == FEW && !open->in_tree)
        move_to_tree(draw, open);
    size_t at = open->count++;
    if (open->in_tree) {
        if (open->tree != NULL)
            set_leaf(open, span, &open->spans[span].style);
        return;
    }
    for (; at > 0 && open->few[at - 1] > span; at--)
        open->few[at] = open->few[at - 1];
    open->few[at] = span;
}

static void leave(open_spans *open, size_t span)
{
    static const stg_style none = {0};
    open->count--;
    if (open->in_tree) {
        if (open->tree != NULL)
            set_leaf(open, span, &none);
        open->in_tree = open->count > 0;
        return;
    }
    size_t at = 0;
    while (open->few[at] != span)
        at++;
    for (; at < open->count; at++)
        open->few[at] = open->few[at + 1];
}

/* The style that they make of `below`. */
static stg_style style_over(const open_spans *open, const stg_style *below)
{
    if (open->in_tree)
        return open->tree == NULL ? *below : stg_style_combine(below, &open->tree[1]);
    stg_style style = *below;
    for (size_t i = 0; i < open->count; i++)
        style = stg_style_combine(&style, &open->spans[open->few[i]].style);
    return style;
}

void stg_text_pieces(stg_draw *draw, const stg_text *text, const stg_style *below,
                     stg_use_piece *use, void *context)
{
    const size_t count = text->span_count;
    edge *edges = stg_draw_alloc(draw, 2 * count * sizeof *edges);
    if (edges == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        edges[2 * i] = (edge){text->spans[i].start * 2, i};
        edges[2 * i + 1] = (edge){text->spans[i].end * 2 + 1, i};
    }
    sort_edges(edges, 2 * count);
    open_spans open = {.spans = text->spans, .leaves = leaves_for(count)};
    size_t position = 0;
    for (size_t i = 0; i < 2 * count; i++) {
        const size_t next = edges[i].key / 2;
        if (next > position) {
            const stg_span piece = {position, next, style_over(&open, below)};
            use(context, &piece, open.count > 0);
            position = next;
        }
        if (edges[i].key % 2 == 0)
            enter(draw, &open, edges[i].span);
        else
            leave(&open, edges[i].span);
    }
    if (position < text->length)
        use(context, &(stg_span){position, text->length, *below}, false);
}
