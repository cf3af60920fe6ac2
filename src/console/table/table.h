/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Rows and columns.  Follows Rich's Table step by step, since each step shows in the widths. */
#ifndef STG_CONSOLE_TABLE_TABLE_H
#define STG_CONSOLE_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/memory/arena.h"
#include "console/renderable/item.h"

/* Its texts are in the table's arena; it owns its renderables. */
typedef struct stg_column {
    staged_renderable *header, *footer; /* NULL: an empty cell */
    const char *header_style, *footer_style, *style;
    staged_justify justify;
    staged_vertical vertical;
    staged_overflow overflow;
    int width, min_width, max_width, ratio; /* 0: none */
    bool no_wrap, highlight;
} stg_column;

typedef struct stg_row {
    staged_renderable **cells; /* those past `count` are empty */
    size_t count;
    const char *style;
    bool end_section;
} stg_row;

/* Puts a renderable that the table does not own into a cell of a table that is only drawn.  Tables
 * own their cells, so the cell's type is not const. */
static inline void stg_table_lend(staged_renderable **cell, const staged_renderable *renderable)
{
    memcpy(cell, &renderable, sizeof renderable);
}

typedef struct stg_table {
    staged_renderable base;
    stg_arena memory;
    staged_table_options options; /* defaults are filled in, texts are in `memory` */
    const char **row_styles;
    size_t row_style_count;
    stg_column *columns;
    size_t column_count, column_capacity;
    stg_row *rows;
    size_t row_count, row_capacity;
    bool show_header, show_edge, pad_edge, has_box;
} stg_table;

/* The number of a column's cells, with the header and the footer. */
size_t stg_table_height(const stg_table *table);
bool stg_table_is_header(const stg_table *table, size_t line);
bool stg_table_is_footer(const stg_table *table, size_t line);
/* The row of a line that is neither header nor footer. */
const stg_row *stg_table_row(const stg_table *table, size_t line);
/* The padding of a cell, which is reduced at the edges of some tables. */
staged_pad stg_table_pad(const stg_table *table, size_t line, size_t column);
/* The columns taken by the lines between cells. */
int stg_table_extra_width(const stg_table *table);

/* Calls `use` with the cell and its padding as one renderable. */
typedef void stg_use_cell(void *context, const staged_renderable *cell);
void stg_table_with_cell(const stg_table *table, size_t line, size_t column, stg_use_cell *use,
                         void *context);

/* The style of a column's cells.  An invalid style of the column is a failure even if the column
 * has no cells. */
stg_style stg_table_column_style(const stg_table *table, stg_draw *draw, const stg_column *column);
/* The widths of all columns, including padding; NULL after a failure. */
int *stg_table_widths(const stg_table *table, stg_draw *draw, const stg_draw_options *options);
stg_measurement stg_table_measure(const staged_renderable *self, stg_draw *draw,
                                  const stg_draw_options *options);
void stg_table_draw(const staged_renderable *self, stg_draw *draw, const stg_draw_options *options,
                    stg_segments *out);

#endif
