/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/table/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "base/memory/grow.h"

static void clear_table(staged_renderable *self)
{
    stg_table *table = (stg_table *)self;
    for (size_t i = 0; i < table->column_count; i++) {
        staged_renderable_free(table->columns[i].header);
        staged_renderable_free(table->columns[i].footer);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t k = 0; k < table->rows[i].count; k++)
            staged_renderable_free(table->rows[i].cells[k]);
    }
    free(table->columns);
    free(table->rows);
    stg_arena_free(&table->memory);
}

static const stg_item_kind table_kind = {stg_table_draw, stg_table_measure, clear_table};

/* Copies a text into the table's memory. */
static bool keep(stg_table *table, const char **text)
{
    if (*text != NULL)
        *text = stg_arena_text(&table->memory, *text);
    else
        return true;
    return *text != NULL;
}

static bool keep_row_styles(stg_table *table)
{
    const char *const *styles = table->options.row_styles;
    size_t count = 0;
    while (styles != NULL && styles[count] != NULL)
        count++;
    table->row_styles = stg_arena_alloc(&table->memory, count * sizeof *styles);
    if (table->row_styles == NULL)
        return false;
    table->row_style_count = count;
    for (size_t i = 0; i < count; i++) {
        table->row_styles[i] = styles[i];
        if (!keep(table, &table->row_styles[i]))
            return false;
    }
    return true;
}

static void fill_in_defaults(stg_table *table)
{
    staged_table_options *options = &table->options;
    if (options->box == STAGED_BOX_DEFAULT)
        options->box = STAGED_BOX_HEAVY_HEAD;
    if (!options->padding.given)
        options->padding = (staged_pad){.right = 1, .left = 1};
    options->padding = stg_item_pad(options->padding);
    options->width = stg_item_columns(options->width);
    options->min_width = stg_item_columns(options->min_width);
    options->leading = stg_item_columns(options->leading);
    if (options->title_justify == STAGED_JUSTIFY_DEFAULT)
        options->title_justify = STAGED_JUSTIFY_CENTER;
    if (options->caption_justify == STAGED_JUSTIFY_DEFAULT)
        options->caption_justify = STAGED_JUSTIFY_CENTER;
    if (options->title_style == NULL)
        options->title_style = "table.title";
    if (options->caption_style == NULL)
        options->caption_style = "table.caption";
    if (options->header_style == NULL)
        options->header_style = "table.header";
    if (options->footer_style == NULL)
        options->footer_style = "table.footer";
    table->show_header = options->show_header != STAGED_NO;
    table->show_edge = options->show_edge != STAGED_NO;
    table->pad_edge = options->pad_edge != STAGED_NO;
    table->has_box = options->box != STAGED_BOX_NONE;
}

staged_renderable *staged_table_new(const staged_table_options *options)
{
    stg_table *table = (stg_table *)stg_item_new(&table_kind, sizeof *table);
    if (table == NULL)
        return NULL;
    stg_item_refuse_options(&table->base,
                            STG_READ_OPTIONS(&table->options, options, staged_table_options));
    fill_in_defaults(table);
    const char **texts[] = {
        &table->options.title,         &table->options.caption,      &table->options.title_style,
        &table->options.caption_style, &table->options.style,        &table->options.border_style,
        &table->options.header_style,  &table->options.footer_style,
    };
    bool kept = keep_row_styles(table);
    for (size_t i = 0; i < sizeof texts / sizeof *texts && kept; i++)
        kept = keep(table, texts[i]);
    if (!kept) {
        staged_renderable_free(&table->base);
        return NULL;
    }
    return &table->base;
}

static stg_table *as_table(staged_renderable *renderable, staged_status *status)
{
    *status = STAGED_OK;
    if (renderable == NULL)
        *status = STAGED_NO_MEMORY;
    else if (renderable->kind != &table_kind)
        *status = STAGED_BAD_USE;
    return *status == STAGED_OK ? (stg_table *)renderable : NULL;
}

/* Returns whether the options are unusable, which is reported when the table is drawn. */
static bool refuse_options(stg_table *table, const char *problem)
{
    if (table != NULL)
        stg_item_refuse_options(&table->base, problem);
    return problem != NULL;
}

/* Chooses the contents of a header or footer: a renderable, or else markup.  Returns false when out
 * of memory, now or before. */
static bool choose(staged_renderable *given, const char *markup, staged_renderable **chosen)
{
    *chosen = given;
    if (given == NULL && markup != NULL)
        *chosen = stg_markup_item_new(markup);
    return (given == NULL && markup == NULL) || stg_item_is_usable(*chosen);
}

static stg_column *add_column(stg_table *table)
{
    if (!stg_grow(&table->columns, &table->column_capacity, table->column_count + 1,
                  sizeof *table->columns))
        return NULL;
    stg_column *column = &table->columns[table->column_count++];
    *column = (stg_column){.justify = STAGED_JUSTIFY_LEFT, .overflow = STAGED_OVERFLOW_ELLIPSIS};
    column->highlight = table->options.highlight;
    return column;
}

static bool set_column(stg_table *table, stg_column *column, const staged_column_options *options)
{
    column->header_style = options->header_style;
    column->footer_style = options->footer_style;
    column->style = options->style;
    if (options->justify != STAGED_JUSTIFY_DEFAULT)
        column->justify = options->justify;
    if (options->overflow != STAGED_OVERFLOW_DEFAULT)
        column->overflow = options->overflow;
    column->vertical = options->vertical;
    column->width = stg_item_columns(options->width);
    column->min_width = stg_item_columns(options->min_width);
    column->max_width = stg_item_columns(options->max_width);
    column->ratio = options->ratio > 0 ? stg_item_columns(options->ratio) : 0;
    column->no_wrap = options->no_wrap;
    column->highlight = column->highlight || options->highlight;
    return keep(table, &column->header_style) && keep(table, &column->footer_style) &&
           keep(table, &column->style);
}

staged_status staged_table_add_column(staged_renderable *renderable,
                                      const staged_column_options *options)
{
    staged_column_options own;
    staged_status status;
    stg_table *table = as_table(renderable, &status);
    if (refuse_options(table, STG_READ_OPTIONS(&own, options, staged_column_options)))
        return STAGED_BAD_USE;
    stg_column column = {0};
    bool chosen = choose(own.header_renderable, own.header, &column.header);
    chosen = choose(own.footer_renderable, own.footer, &column.footer) && chosen;
    stg_column *added = table == NULL || !chosen ? NULL : add_column(table);
    if (added == NULL) {
        staged_renderable_free(column.header);
        staged_renderable_free(column.footer);
        return status == STAGED_OK ? STAGED_NO_MEMORY : status;
    }
    added->header = column.header;
    added->footer = column.footer;
    stg_item_adopt(&table->base, column.header);
    stg_item_adopt(&table->base, column.footer);
    if (set_column(table, added, &own))
        return STAGED_OK;
    added->header_style = added->footer_style = added->style = NULL;
    return STAGED_NO_MEMORY;
}

/* Adds a row of cells, which all exist; returns false when out of memory. */
static bool add_row(stg_table *table, const staged_row_options *options,
                    staged_renderable *const *cells, size_t count)
{
    stg_row row = {.count = count};
    row.cells = stg_arena_alloc(&table->memory, count * sizeof *row.cells);
    row.style = options->style;
    row.end_section = options->end_section;
    if (row.cells == NULL || !keep(table, &row.style) ||
        !stg_grow(&table->rows, &table->row_capacity, table->row_count + 1, sizeof *table->rows))
        return false;
    while (table->column_count < count) {
        if (add_column(table) == NULL)
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        row.cells[i] = cells[i];
        stg_item_adopt(&table->base, cells[i]);
    }
    table->rows[table->row_count++] = row;
    return true;
}

staged_status staged_table_add_row(staged_renderable *renderable, const staged_row_options *options,
                                   staged_renderable *const *cells, size_t count)
{
    staged_row_options own;
    staged_status status;
    stg_table *table = as_table(renderable, &status);
    bool usable = true;
    if (refuse_options(table, STG_READ_OPTIONS(&own, options, staged_row_options))) {
        usable = false;
        status = STAGED_BAD_USE;
    }
    for (size_t i = 0; i < count; i++)
        usable = usable && stg_item_is_usable(cells[i]);
    if (table != NULL && usable && add_row(table, &own, cells, count))
        return STAGED_OK;
    for (size_t i = 0; i < count; i++)
        staged_renderable_free(cells[i]);
    return status == STAGED_OK ? STAGED_NO_MEMORY : status;
}
