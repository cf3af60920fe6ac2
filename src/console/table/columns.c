/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Renderables next to each other, in as many columns as fit.  Follows Rich's Columns, which makes a
 * table without lines of them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "console/renderable/align.h"
#include "console/renderable/constrain.h"
#include "console/table/table.h"

typedef struct columns {
    staged_renderable base;
    staged_columns_options options; /* the title is a copy */
    char *title;
    stg_items items;
} columns;

/* One drawing. */
typedef struct layout {
    const columns *own;
    stg_draw *draw;
    const stg_draw_options *options;
    const staged_renderable **items; /* markup has become text */
    int *widths;
    size_t count;       /* of items */
    size_t *order;      /* the indices of the items as they appear, row by row */
    size_t *starts;     /* scratch: where each column begins */
    int *column_widths; /* scratch */
} layout;

static void *alloc_items(const layout *l, size_t size)
{
    return stg_draw_alloc(l->draw, l->count * size);
}

/* Turns markup into text, highlighted as the console does it, which a table's cell would not do. */
static const staged_renderable *as_cell(stg_draw *draw, const staged_renderable *item)
{
    stg_text text;
    if (!stg_item_as_text(item, draw, STAGED_AUTO, STAGED_AUTO, &text))
        return item;
    stg_text_item *cell = stg_draw_alloc(draw, sizeof *cell);
    if (cell == NULL)
        return item;
    *cell = stg_text_item_of(&text);
    return &cell->base;
}

static bool measure_items(layout *l)
{
    l->items = alloc_items(l, sizeof *l->items);
    l->widths = alloc_items(l, sizeof *l->widths);
    l->order = alloc_items(l, sizeof *l->order);
    l->starts = alloc_items(l, sizeof *l->starts);
    l->column_widths = alloc_items(l, sizeof *l->column_widths);
    if (l->draw->status != STAGED_OK)
        return false;
    for (size_t i = 0; i < l->count; i++)
        l->items[i] = as_cell(l->draw, l->own->items.items[i]);
    int widest = 0;
    for (size_t i = 0; i < l->count; i++) {
        l->widths[i] = stg_item_measure(l->items[i], l->draw, l->options).maximum;
        widest = l->widths[i] > widest ? l->widths[i] : widest;
    }
    for (size_t i = 0; l->own->options.equal && i < l->count; i++)
        l->widths[i] = widest;
    return l->draw->status == STAGED_OK;
}

/* Sets the order of the items in `column_count` columns, each filled before the next if requested:
 * where their lengths differ, the first ones have one item more. */
static void set_order(layout *l, size_t column_count)
{
    if (!l->own->options.column_first) {
        for (size_t i = 0; i < l->count; i++)
            l->order[i] = i;
        return;
    }
    const size_t used = column_count < l->count ? column_count : l->count;
    size_t first = 0;
    for (size_t i = 0; i < used; i++) {
        l->starts[i] = first;
        first += l->count / column_count + (i < l->count % column_count);
    }
    for (size_t i = 0; i < l->count; i++)
        l->order[i] = l->starts[i % used] + i / used;
}

/* How many of `column_count` columns fit: `column_count` if all do. */
static size_t fitting(layout *l, size_t column_count, int gap)
{
    int64_t total = 0;
    size_t count = 0; /* of columns that have an item */
    set_order(l, column_count);
    int *widths = l->column_widths;
    memset(widths, 0, column_count * sizeof *widths);
    for (size_t i = 0; i < l->count; i++) {
        const size_t column = i % column_count;
        const int width = l->widths[l->order[i]];
        if (i < column_count)
            count++;
        if (width > widths[column]) {
            total += width - widths[column];
            widths[column] = width;
        }
        if (total + (int64_t)gap * (int64_t)(count - 1) > l->options->width)
            return count - 1;
    }
    return column_count;
}

/* As many columns as items, if they fit; otherwise fewer. */
static size_t count_columns(layout *l, int gap)
{
    const int width = l->own->options.width;
    if (width > 0) {
        const int64_t count = l->options->width / ((int64_t)width + gap);
        return count < 1 ? 1 : (size_t)count;
    }
    size_t count = l->count;
    while (count > 1) {
        const size_t fit = fitting(l, count, gap);
        if (fit == count)
            break;
        count = fit < 1 ? 1 : fit;
    }
    return count;
}

/* Brings an item to its width and alignment; `cell` is what to draw. */
static void set_cell(const layout *l, const staged_renderable *item, staged_renderable **cell)
{
    const staged_columns_options *own = &l->own->options;
    if (own->equal) {
        stg_constrain *constrain = stg_draw_alloc(l->draw, sizeof *constrain);
        if (constrain == NULL)
            return;
        *constrain = stg_constrain_around(item, l->widths[0]);
        item = &constrain->base;
    }
    if (own->align != STAGED_ALIGN_DEFAULT) {
        stg_align *align = stg_draw_alloc(l->draw, sizeof *align);
        if (align == NULL)
            return;
        *align = stg_align_around(item, own->align);
        item = &align->base;
    }
    stg_table_lend(cell, item);
}

static void set_rows(const layout *l, stg_table *table)
{
    const size_t width = table->column_count;
    table->row_count = (l->count + width - 1) / width;
    table->rows = stg_draw_alloc(l->draw, table->row_count * sizeof *table->rows);
    for (size_t i = 0; i < table->row_count && l->draw->status == STAGED_OK; i++) {
        stg_row *row = &table->rows[i];
        row->count = width;
        row->cells = stg_draw_alloc(l->draw, width * sizeof *row->cells);
        for (size_t k = 0; k < width && i * width + k < l->count; k++) {
            if (row->cells == NULL)
                return;
            const size_t place = l->own->options.right_to_left ? width - 1 - k : k;
            set_cell(l, l->items[l->order[i * width + k]], &row->cells[place]);
        }
    }
}

static void draw_as_table(const layout *l, size_t column_count, stg_segments *out)
{
    const staged_columns_options *own = &l->own->options;
    stg_table table = {.column_count = column_count};
    table.options = (staged_table_options){.size = sizeof(staged_table_options),
                                           .title = l->own->title,
                                           .title_style = "table.title",
                                           .title_justify = STAGED_JUSTIFY_CENTER,
                                           .padding = own->padding,
                                           .collapse_padding = true,
                                           .expand = own->expand};
    table.columns = stg_draw_alloc(l->draw, column_count * sizeof *table.columns);
    if (table.columns == NULL)
        return;
    for (size_t i = 0; i < column_count; i++)
        table.columns[i] = (stg_column){.justify = STAGED_JUSTIFY_LEFT,
                                        .overflow = STAGED_OVERFLOW_ELLIPSIS,
                                        .width = own->width};
    set_rows(l, &table);
    if (l->draw->status == STAGED_OK)
        stg_table_draw(&table.base, l->draw, l->options, out);
}

static void draw_columns(const staged_renderable *self, stg_draw *draw,
                         const stg_draw_options *options, stg_segments *out)
{
    const columns *own = (const columns *)self;
    layout l = {.own = own, .draw = draw, .options = options, .count = own->items.count};
    if (l.count == 0 || !measure_items(&l))
        return;
    const staged_pad *padding = &own->options.padding;
    const int gap = padding->left > padding->right ? padding->left : padding->right;
    const size_t column_count = count_columns(&l, gap < 0 ? 0 : gap);
    set_order(&l, column_count);
    draw_as_table(&l, column_count, out);
}

/* As in Rich: its width is not known. */
static stg_measurement measure_columns(const staged_renderable *self, stg_draw *draw,
                                       const stg_draw_options *options)
{
    (void)self;
    (void)draw;
    return (stg_measurement){0, options->width};
}

static void clear_columns(staged_renderable *self)
{
    columns *own = (columns *)self;
    free(own->title);
    stg_items_free(&own->items);
}

static const stg_item_kind columns_kind = {draw_columns, measure_columns, clear_columns};

staged_renderable *staged_columns_new(const staged_columns_options *options)
{
    columns *own = (columns *)stg_item_new(&columns_kind, sizeof *own);
    if (own == NULL)
        return NULL;
    stg_item_refuse_options(&own->base,
                            STG_READ_OPTIONS(&own->options, options, staged_columns_options));
    if (!own->options.padding.given)
        own->options.padding = (staged_pad){.given = true, .right = 1, .left = 1};
    own->options.padding = stg_item_pad(own->options.padding);
    own->options.width = stg_item_columns(own->options.width);
    if (!stg_item_copy_text(&own->title, own->options.title)) {
        staged_renderable_free(&own->base);
        return NULL;
    }
    return &own->base;
}

staged_status staged_columns_add(staged_renderable *renderable, staged_renderable *child)
{
    columns *own = (columns *)renderable;
    return stg_items_add(own == NULL ? NULL : &own->items, renderable, &columns_kind, child);
}
