/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Fits texts to a number of cells: cuts, pads, turns tabs and newlines into blanks. */
#include <string.h>

#include "base/unicode/cells.h"
#include "console/text/text.h"

/* Cuts a text that is wider than `cells`, and appends `mark`. */
static void cut(stg_draw *draw, stg_text *text, size_t cells, const char *mark)
{
    const stg_cell_cut where = text->plain ? (stg_cell_cut){.left = cells, .right = cells}
                                           : stg_cells_cut(text->data, text->length, cells);
    const size_t mark_length = strlen(mark);
    char *data = stg_draw_alloc(draw, where.left + 1 + mark_length);
    if (data == NULL)
        return;
    if (where.left > 0)
        memcpy(data, text->data, where.left);
    size_t length = where.left;
    if (where.halved)
        data[length++] = ' ';
    memcpy(data + length, mark, mark_length);
    stg_text_replace(draw, text, data, length + mark_length, where.left);
    text->plain = text->plain && stg_cells_plain(mark, mark_length);
}

void stg_text_truncate(stg_draw *draw, stg_text *text, int width, staged_overflow overflow,
                       bool pad)
{
    if (overflow == STAGED_OVERFLOW_IGNORE)
        return;
    const size_t cells = stg_text_cells(text);
    const size_t wanted = width < 0 ? 0 : (size_t)width;
    if (cells > wanted) {
        const char *mark = overflow != STAGED_OVERFLOW_ELLIPSIS ? "" : draw->ascii ? "..." : "…";
        size_t mark_cells = stg_cells(mark, strlen(mark));
        /* Where even the mark does not fit, uses as much of it as does. */
        if (mark_cells > wanted) {
            mark += strlen(mark) - (draw->ascii ? wanted : 0);
            mark_cells = strlen(mark);
        }
        cut(draw, text, wanted - mark_cells, mark);
    } else if (pad) {
        stg_text_pad_right(draw, text, wanted - cells);
    }
}

void stg_text_set_cells(stg_draw *draw, stg_text *text, int width)
{
    stg_text_truncate(draw, text, width, STAGED_OVERFLOW_CROP, true);
}

/* Splits a line into the parts that end with a tab, and what follows the last tab. */
static void cut_at_tabs(stg_draw *draw, const stg_text *text, stg_texts *parts)
{
    stg_range *ranges = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (size_t start = 0; start < text->length; count++) {
        const char *tab = memchr(text->data + start, '\t', text->length - start);
        const size_t end = tab == NULL ? text->length : (size_t)(tab - text->data) + 1;
        if (!stg_draw_grow(draw, &ranges, &capacity, count, count + 1, sizeof *ranges))
            return;
        ranges[count] = (stg_range){start, end};
        start = end;
    }
    stg_text_cut(draw, text, ranges, count, parts);
}

/* Turns the tab at the end of a part, which begins in `column`, into blanks up to the next stop, at
 * least one.  Returns the column after them. */
static size_t expand_last(stg_draw *draw, stg_text *part, size_t column, size_t tab)
{
    char *data = stg_draw_alloc(draw, part->length + tab);
    if (data == NULL)
        return column;
    memcpy(data, part->data, part->length - 1);
    memset(data + part->length - 1, ' ', 1 + tab);
    column += stg_cells(data, part->length);
    const size_t more = (tab - column % tab) % tab;
    for (size_t i = 0; i < part->span_count; i++) {
        if (part->spans[i].end == part->length)
            part->spans[i].end += more;
    }
    part->data = data;
    part->length += more;
    part->plain = stg_cells_plain(data, part->length);
    return column + more;
}

void stg_text_expand_tabs(stg_draw *draw, stg_text *text, int tab_size)
{
    if (text->plain || text->length == 0 || memchr(text->data, '\t', text->length) == NULL)
        return;
    stg_texts parts = {0};
    cut_at_tabs(draw, text, &parts);
    const size_t tab = tab_size < 1 ? STG_TAB_SIZE : (size_t)tab_size;
    size_t column = 0;
    for (size_t i = 0; i < parts.count; i++) {
        stg_text *part = &parts.items[i];
        if (part->data[part->length - 1] == '\t')
            column = expand_last(draw, part, column, tab);
    }
    const stg_text expanded = stg_text_join(draw, parts.items, parts.count);
    if (draw->status != STAGED_OK)
        return;
    text->data = expanded.data;
    text->length = expanded.length;
    text->plain = expanded.plain;
    text->spans = expanded.spans;
    text->span_count = expanded.span_count;
    text->span_capacity = expanded.span_capacity;
}

void stg_text_flatten(stg_draw *draw, stg_text *text)
{
    if (text->plain || text->length == 0 || memchr(text->data, '\n', text->length) == NULL)
        return;
    char *data = stg_draw_copy(draw, text->data, text->length);
    if (data == NULL)
        return;
    for (size_t i = 0; i < text->length; i++) {
        if (data[i] == '\n')
            data[i] = ' ';
    }
    text->data = data;
    text->plain = stg_cells_plain(data, text->length);
}
