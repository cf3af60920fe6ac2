/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/compare/sequence.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tool/common/text.h"

/* Longer lists, by the number of pairs, are compared position by position. */
enum { MOST_PAIRS = 16 * 1024 * 1024 };

typedef struct comparison {
    const char *const *a, *const *b;
    size_t a_begin, a_end, b_begin, b_end; /* without the common beginning and end */
    tool_sequence_function *take;
    void *context;
} comparison;

static bool is_same(const comparison *c, size_t a, size_t b)
{
    return strcmp(c->a[a], c->b[b]) == 0;
}

/* The length of the longest common subsequence of the rest, for each pair of positions. */
static uint16_t *common_lengths(const comparison *c, size_t rows, size_t columns)
{
    uint16_t *lengths = sh_alloc((rows + 1) * (columns + 1) * sizeof *lengths);
    for (size_t i = rows; i > 0; i--) {
        for (size_t j = columns; j > 0; j--) {
            uint16_t *at = &lengths[(i - 1) * (columns + 1) + j - 1];
            const uint16_t below = at[columns + 1];
            const uint16_t beside = at[1];
            *at = is_same(c, c->a_begin + i - 1, c->b_begin + j - 1)
                      ? (uint16_t)(at[columns + 2] + 1)
                      : (below > beside ? below : beside);
        }
    }
    return lengths;
}

static void take_shortest(const comparison *c, size_t rows, size_t columns)
{
    uint16_t *lengths = common_lengths(c, rows, columns);
    size_t i = 0;
    size_t j = 0;
    while (i < rows || j < columns) {
        const uint16_t *at = &lengths[i * (columns + 1) + j];
        const bool both = i < rows && j < columns && is_same(c, c->a_begin + i, c->b_begin + j);
        const bool first = !both && i < rows && (j == columns || at[columns + 1] >= at[1]);
        c->take(c->context, both ? ' ' : first ? '-' : '+', c->a_begin + i, c->b_begin + j);
        i += both || first;
        j += both || !first;
    }
    free(lengths);
}

static void take_place_by_place(const comparison *c, size_t rows, size_t columns)
{
    for (size_t i = 0; i < rows || i < columns; i++) {
        const bool both = i < rows && i < columns && is_same(c, c->a_begin + i, c->b_begin + i);
        if (both)
            c->take(c->context, ' ', c->a_begin + i, c->b_begin + i);
        if (!both && i < rows)
            c->take(c->context, '-', c->a_begin + i, 0);
        if (!both && i < columns)
            c->take(c->context, '+', 0, c->b_begin + i);
    }
}

void tool_sequence_compare(const char *const *a, size_t a_count, const char *const *b,
                           size_t b_count, tool_sequence_function *take, void *context)
{
    comparison c = {
        .a = a, .b = b, .a_end = a_count, .b_end = b_count, .take = take, .context = context};
    while (c.a_begin < c.a_end && c.b_begin < c.b_end && is_same(&c, c.a_begin, c.b_begin)) {
        take(context, ' ', c.a_begin, c.b_begin);
        c.a_begin++;
        c.b_begin++;
    }
    while (c.a_end > c.a_begin && c.b_end > c.b_begin && is_same(&c, c.a_end - 1, c.b_end - 1)) {
        c.a_end--;
        c.b_end--;
    }
    const size_t rows = c.a_end - c.a_begin;
    const size_t columns = c.b_end - c.b_begin;
    /* The lengths must fit their type, and all of them into memory. */
    if (rows < UINT16_MAX && columns < UINT16_MAX && (rows + 1) * (columns + 1) <= MOST_PAIRS)
        take_shortest(&c, rows, columns);
    else
        take_place_by_place(&c, rows, columns);
    for (size_t i = 0; c.a_end + i < a_count; i++)
        take(context, ' ', c.a_end + i, c.b_end + i);
}
