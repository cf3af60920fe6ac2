/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The cells of a table, and the padding around them. */
#include "console/renderable/padding.h"
#include "console/table/table.h"

size_t stg_table_height(const stg_table *table)
{
    return table->row_count + table->show_header + table->options.show_footer;
}

bool stg_table_is_header(const stg_table *table, size_t line)
{
    return table->show_header && line == 0;
}

bool stg_table_is_footer(const stg_table *table, size_t line)
{
    return table->options.show_footer && line + 1 == stg_table_height(table);
}

const stg_row *stg_table_row(const stg_table *table, size_t line)
{
    return &table->rows[line - table->show_header];
}

/* The cell in a line; NULL: it is empty. */
static const staged_renderable *cell_at(const stg_table *table, size_t line, size_t column)
{
    if (stg_table_is_header(table, line))
        return table->columns[column].header;
    if (stg_table_is_footer(table, line))
        return table->columns[column].footer;
    const stg_row *row = stg_table_row(table, line);
    return column < row->count ? row->cells[column] : NULL;
}

staged_pad stg_table_pad(const stg_table *table, size_t line, size_t column)
{
    staged_pad pad = table->options.padding;
    const bool last_line = line + 1 == stg_table_height(table);
    if (table->options.collapse_padding) {
        if (column > 0)
            pad.left = pad.left > pad.right ? pad.left - pad.right : 0;
        if (!last_line)
            pad.bottom = pad.top > pad.bottom ? pad.top - pad.bottom : 0;
    }
    if (table->pad_edge)
        return pad;
    pad.left = column == 0 ? 0 : pad.left;
    pad.right = column + 1 == table->column_count ? 0 : pad.right;
    pad.top = line == 0 ? 0 : pad.top;
    pad.bottom = last_line ? 0 : pad.bottom;
    return pad;
}

void stg_table_with_cell(const stg_table *table, size_t line, size_t column, stg_use_cell *use,
                         void *context)
{
    const stg_markup nothing = {.text = ""};
    const stg_markup_item empty = stg_markup_item_of(&nothing);
    const staged_renderable *cell = cell_at(table, line, column);
    if (cell == NULL)
        cell = &empty.base;
    if (stg_pad_is_none(&table->options.padding)) {
        use(context, cell);
        return;
    }
    const stg_padding padding = stg_padding_around(cell, stg_table_pad(table, line, column));
    use(context, &padding.base);
}
