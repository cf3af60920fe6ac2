/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Texts taken apart where their spans begin and end.
 *
 * The styles of the spans at one place are combined in a tree: its leaves are the spans in their
 * order, those that are elsewhere being blank, and each node is what is below it.  So a span that
 * begins or ends costs its way to the root, however many others lie over it. */
#include <stdint.h>
#include <stdlib.h>

#include "console/text.h"

/* Where a span begins or ends. */
typedef struct edge {
    size_t key; /* twice the position, plus 1 for an end */
    size_t span;
} edge;

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

static size_t leaves_for(size_t count)
{
    size_t leaves = 1;
    while (leaves < count)
        leaves *= 2;
    return leaves;
}

static void set_leaf(stg_style *tree, size_t leaf, const stg_style *style)
{
    tree[leaf] = *style;
    for (size_t i = leaf / 2; i > 0; i /= 2)
        tree[i] = stg_style_combine(&tree[2 * i], &tree[2 * i + 1]);
}

void stg_text_pieces(stg_draw *draw, const stg_text *text, stg_use_piece *use, void *context)
{
    static const stg_style none = {0};
    const size_t count = text->span_count;
    const size_t leaves = leaves_for(count);
    edge *edges = stg_draw_alloc(draw, 2 * count * sizeof *edges);
    stg_style *tree = stg_draw_alloc(draw, 2 * leaves * sizeof *tree);
    if (edges == NULL || tree == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        edges[2 * i] = (edge){text->spans[i].start * 2, i};
        edges[2 * i + 1] = (edge){text->spans[i].end * 2 + 1, i};
    }
    sort_edges(edges, 2 * count);
    size_t position = 0;
    size_t open = 0;
    for (size_t i = 0; i < 2 * count; i++) {
        const size_t next = edges[i].key / 2;
        if (next > position) {
            const stg_span piece = {position, next, tree[1]};
            use(context, &piece, open > 0);
            position = next;
        }
        const bool begins = edges[i].key % 2 == 0;
        open += begins ? 1 : SIZE_MAX;
        set_leaf(tree, leaves + edges[i].span, begins ? &text->spans[edges[i].span].style : &none);
    }
    if (position < text->length)
        use(context, &(stg_span){position, text->length, none}, false);
}
