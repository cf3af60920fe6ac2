/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Draws tables, line by line. */
#include <string.h>

#include "console/renderable/box.h"
#include "console/table/table.h"

/* One drawing of a table. */
typedef struct drawing {
    const stg_table *table;
    stg_draw *draw;
    const stg_draw_options *options; /* of the table as a whole */
    stg_segments *out;
    const int *widths;
    stg_style *column_styles;
    stg_box box;
    stg_style border;
    size_t height; /* lines of cells */
} drawing;

/* A line of cells while it is drawn. */
typedef struct cell_line {
    const drawing *d;
    size_t line;
    stg_style style; /* of the row */
    stg_lines *cells;
    stg_style *cell_styles;
    size_t most; /* the height of the tallest cell */
} cell_line;

static stg_style row_style(const drawing *d, size_t line)
{
    const stg_table *table = d->table;
    stg_style style = {0};
    if (stg_table_is_header(table, line) || stg_table_is_footer(table, line))
        return style;
    const size_t index = line - table->show_header;
    if (table->row_style_count > 0)
        style = stg_draw_style(d->draw, table->row_styles[index % table->row_style_count]);
    const stg_style own = stg_draw_style(d->draw, stg_table_row(table, line)->style);
    return stg_style_combine(&style, &own);
}

static stg_style cell_style(const drawing *d, size_t line, size_t column)
{
    const stg_column *c = &d->table->columns[column];
    const bool header = stg_table_is_header(d->table, line);
    if (!header && !stg_table_is_footer(d->table, line))
        return d->column_styles[column];
    const stg_style common = stg_draw_style(d->draw, header ? d->table->options.header_style
                                                            : d->table->options.footer_style);
    const stg_style own = stg_draw_style(d->draw, header ? c->header_style : c->footer_style);
    return stg_style_combine(&common, &own);
}

typedef struct cell_drawing {
    stg_draw *draw;
    stg_draw_options options;
    const stg_style *style;
    stg_lines *lines;
} cell_drawing;

static void draw_cell(void *context, const staged_renderable *cell)
{
    const cell_drawing *c = context;
    stg_item_lines(cell, c->draw, &c->options, c->style, c->lines);
}

static void draw_cells(cell_line *row)
{
    const drawing *d = row->d;
    for (size_t i = 0; i < d->table->column_count; i++) {
        const stg_column *column = &d->table->columns[i];
        const stg_style own = cell_style(d, row->line, i);
        row->cell_styles[i] = stg_style_combine(&own, &row->style);
        cell_drawing c = {.draw = d->draw, .style = &row->cell_styles[i], .lines = &row->cells[i]};
        c.options = stg_draw_narrowed(d->options, d->widths[i]);
        c.options.justify = column->justify;
        c.options.overflow = column->overflow;
        c.options.no_wrap = column->no_wrap ? STAGED_YES : STAGED_NO;
        c.options.highlight = column->highlight ? STAGED_YES : STAGED_NO;
        stg_table_with_cell(d->table, row->line, i, draw_cell, &c);
        if (row->cells[i].count > row->most)
            row->most = row->cells[i].count;
    }
}

/* Adds line number `index` of a cell, which may be a blank one above or below its contents.
 *   first   where the line of the table begins
 * Returns whether there is room for the cells after it. */
static bool add_cell_line(const cell_line *row, size_t column, size_t index, size_t first)
{
    const drawing *d = row->d;
    const stg_lines *lines = &row->cells[column];
    staged_vertical vertical = d->table->columns[column].vertical;
    if (stg_table_is_header(d->table, row->line))
        vertical = STAGED_VERTICAL_BOTTOM;
    else if (stg_table_is_footer(d->table, row->line))
        vertical = STAGED_VERTICAL_TOP;
    const size_t missing = row->most - lines->count;
    size_t above = 0;
    if (vertical == STAGED_VERTICAL_MIDDLE)
        above = missing / 2;
    else if (vertical == STAGED_VERTICAL_BOTTOM)
        above = missing;
    const size_t width = d->widths[column] < 0 ? 0 : (size_t)d->widths[column];
    if (index >= above && index - above < lines->count) {
        static const stg_style none = {0};
        stg_line line = lines->items[index - above];
        stg_line_fit(d->draw, &line, (int)width, &none);
        if (line.extent == STG_FROM_EDGE)
            d->out->count = first;
        stg_segments_line(d->draw, d->out, &line);
        return line.extent == STG_TO_WIDTH;
    }
    stg_segments_blanks(d->draw, d->out, width,
                        index < row->most ? &row->cell_styles[column] : NULL);
    return true;
}

static stg_box_line box_line_of(const drawing *d, size_t line)
{
    if (line == 0)
        return STG_BOX_HEAD;
    return line + 1 == d->height ? STG_BOX_FOOT : STG_BOX_MIDDLE;
}

/* A blank divider takes the background of the row. */
static stg_style divider_style(const cell_line *row, const char *divider)
{
    if (strcmp(divider, " ") != 0)
        return row->d->border;
    const stg_style background = stg_style_background(&row->style);
    return stg_style_combine(&background, &row->d->border);
}

static void add_lines(const cell_line *row)
{
    const drawing *d = row->d;
    const bool edges = d->table->has_box && d->table->show_edge;
    stg_box box = d->box;
    char(*parts)[4] = box.parts[box_line_of(d, row->line)];
    const stg_style divider = divider_style(row, parts[STG_BOX_DIVIDER]);
    const size_t height = row->most > 0 ? row->most : 1;
    for (size_t index = 0; index < height; index++) {
        const size_t first = d->out->count;
        bool has_room = true;
        if (edges)
            stg_box_draw_parts(d->draw, parts[STG_BOX_LEFT], NULL, &d->border, d->out);
        for (size_t i = 0; i < d->table->column_count && has_room; i++) {
            if (i > 0 && d->table->has_box)
                stg_box_draw_parts(d->draw, parts[STG_BOX_DIVIDER], NULL, &divider, d->out);
            has_room = add_cell_line(row, i, index, first);
        }
        if (edges && has_room)
            stg_box_draw_parts(d->draw, parts[STG_BOX_RIGHT], NULL, &d->border, d->out);
        stg_segments_newline(d->draw, d->out);
    }
}

static void add_box_line(const drawing *d, stg_box_line line, bool edges, int times)
{
    stg_box_draw_line(d->draw, &d->box, line, d->widths, d->table->column_count, edges, times,
                      &d->border, d->out);
    stg_segments_newline(d->draw, d->out);
}

/* Adds what separates this line of cells from the next. */
static void add_separator(const drawing *d, size_t line)
{
    const stg_table *table = d->table;
    const staged_table_options *options = &table->options;
    if (line == 0 && table->show_header) {
        add_box_line(d, STG_BOX_BELOW_HEAD, table->show_edge, 1);
        return;
    }
    const bool last = line + 1 == d->height;
    if (last || (options->show_footer && line + 2 >= d->height))
        return;
    const bool end_section = stg_table_row(table, line)->end_section;
    if (options->leading > 0)
        add_box_line(d, STG_BOX_MIDDLE, table->show_edge, options->leading);
    else if (options->show_lines || end_section)
        add_box_line(d, STG_BOX_BETWEEN, table->show_edge, 1);
}

static void add_rows(const drawing *d)
{
    const stg_table *table = d->table;
    const size_t count = table->column_count;
    for (size_t line = 0; line < d->height && d->draw->status == STAGED_OK; line++) {
        cell_line row = {.d = d, .line = line, .style = row_style(d, line)};
        row.cells = stg_draw_alloc(d->draw, count * sizeof *row.cells);
        row.cell_styles = stg_draw_alloc(d->draw, count * sizeof *row.cell_styles);
        if (row.cells == NULL || row.cell_styles == NULL)
            return;
        draw_cells(&row);
        if (table->has_box && stg_table_is_footer(table, line))
            add_box_line(d, STG_BOX_ABOVE_FOOT, table->show_edge, 1);
        add_lines(&row);
        if (table->has_box)
            add_separator(d, line);
    }
}

/* Adds the title or the caption. */
static void add_annotation(const drawing *d, const char *markup, const char *style,
                           staged_justify justify)
{
    if (markup == NULL || markup[0] == '\0')
        return;
    const stg_markup source = {.text = markup, .length = strlen(markup)};
    stg_text text = stg_markup_to_text(d->draw, &source, STAGED_AUTO, STAGED_NO);
    stg_text_set_style(d->draw, &text, style);
    stg_draw_options options = *d->options;
    options.justify = justify;
    if (options.width > 0)
        stg_text_draw(d->draw, &text, &options, d->out);
}

void stg_table_draw(const staged_renderable *self, stg_draw *draw, const stg_draw_options *options,
                    stg_segments *out)
{
    const stg_table *table = (const stg_table *)self;
    const staged_table_options *own = &table->options;
    if (table->column_count == 0) {
        stg_segments_newline(draw, out);
        return;
    }
    const int extra = stg_table_extra_width(table);
    const int width = own->width > 0 ? own->width : options->width;
    const stg_draw_options inner = stg_draw_narrowed(options, width - extra);
    drawing d = {.table = table, .draw = draw, .out = out, .height = stg_table_height(table)};
    d.widths = stg_table_widths(table, draw, &inner);
    if (d.widths == NULL)
        return;
    int total = extra;
    for (size_t i = 0; i < table->column_count; i++)
        total += d.widths[i];
    stg_draw_options whole = stg_draw_narrowed(options, total);
    whole.highlight = own->highlight ? STAGED_YES : STAGED_NO;
    d.options = &whole;
    if (table->has_box)
        d.box = stg_box_get(own->box, draw->ascii, table->show_header);
    add_annotation(&d, own->title, own->title_style, own->title_justify);
    const stg_style style = stg_draw_style(draw, own->style);
    const stg_style border = stg_draw_style(draw, own->border_style);
    d.border = stg_style_combine(&style, &border);
    /* As in Rich, a table without cells has only the styles of the first column. */
    d.column_styles = stg_draw_alloc(draw, table->column_count * sizeof *d.column_styles);
    if (d.column_styles == NULL)
        return;
    for (size_t i = 0; i < (d.height > 0 ? table->column_count : 1); i++)
        d.column_styles[i] = stg_table_column_style(table, draw, &table->columns[i]);
    if (table->has_box && table->show_edge)
        add_box_line(&d, STG_BOX_TOP, true, 1);
    add_rows(&d);
    if (table->has_box && table->show_edge)
        add_box_line(&d, STG_BOX_BOTTOM, true, 1);
    add_annotation(&d, own->caption, own->caption_style, own->caption_justify);
}
