/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The widths of a table's columns. */
#include <string.h>

#include "console/table/table.h"
#include "console/text/ratio.h"

int stg_table_extra_width(const stg_table *table)
{
    if (!table->has_box)
        return 0;
    return (table->show_edge ? 2 : 0) + (int)table->column_count - 1;
}

static int padding_width(const stg_table *table, size_t column)
{
    int right = table->options.padding.right;
    int left = table->options.padding.left;
    if (table->options.collapse_padding)
        left = 0;
    if (!table->pad_edge) {
        left = column == 0 ? 0 : left;
        right = column + 1 == table->column_count ? 0 : right;
    }
    return left + right;
}

typedef struct cell_measuring {
    stg_draw *draw;
    const stg_draw_options *options;
    stg_measurement widest;
} cell_measuring;

static void measure_cell(void *context, const staged_renderable *cell)
{
    cell_measuring *m = context;
    const stg_measurement one = stg_item_measure(cell, m->draw, m->options);
    if (one.minimum > m->widest.minimum)
        m->widest.minimum = one.minimum;
    if (one.maximum > m->widest.maximum)
        m->widest.maximum = one.maximum;
}

stg_style stg_table_column_style(const stg_table *table, stg_draw *draw, const stg_column *column)
{
    if (table->show_header) {
        (void)stg_draw_style(draw, table->options.header_style);
        (void)stg_draw_style(draw, column->header_style);
    }
    const stg_style style = stg_draw_style(draw, column->style);
    if (table->options.show_footer) {
        (void)stg_draw_style(draw, table->options.footer_style);
        (void)stg_draw_style(draw, column->footer_style);
    }
    return style;
}

static stg_measurement measure_column(const stg_table *table, stg_draw *draw,
                                      const stg_draw_options *options, size_t index)
{
    if (options->width < 1)
        return (stg_measurement){0, 0};
    const stg_column *column = &table->columns[index];
    const int padding = padding_width(table, index);
    if (column->width > 0) {
        const int width = column->width + padding;
        return stg_measurement_at_most((stg_measurement){width, width}, options->width);
    }
    (void)stg_table_column_style(table, draw, column);
    const size_t height = stg_table_height(table);
    cell_measuring m = {.draw = draw, .options = options};
    if (height == 0)
        m.widest = (stg_measurement){1, options->width};
    for (size_t line = 0; line < height; line++)
        stg_table_with_cell(table, line, index, measure_cell, &m);
    stg_measurement measured = stg_measurement_at_most(m.widest, options->width);
    if (column->min_width > 0)
        measured = stg_measurement_at_least(measured, column->min_width + padding);
    if (column->max_width > 0)
        measured = stg_measurement_at_most(measured, column->max_width + padding);
    return measured;
}

static int sum(const int *values, size_t count)
{
    int total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* Divides the width left by the other columns among those with a ratio. */
static void flex(const stg_table *table, stg_draw *draw, int width, int *widths)
{
    const size_t count = table->column_count;
    int *ratios = stg_draw_alloc(draw, 3 * count * sizeof *ratios);
    if (ratios == NULL)
        return;
    int *minimums = ratios + count;
    int *shares = minimums + count;
    size_t flexible = 0;
    for (size_t i = 0; i < count; i++) {
        const stg_column *column = &table->columns[i];
        if (column->ratio == 0) {
            width -= widths[i];
            continue;
        }
        ratios[flexible] = column->ratio;
        minimums[flexible++] = (column->width > 0 ? column->width : 1) + padding_width(table, i);
    }
    if (flexible == 0)
        return;
    stg_ratio_distribute(width, ratios, minimums, flexible, shares);
    flexible = 0;
    for (size_t i = 0; i < count; i++) {
        if (table->columns[i].ratio != 0)
            widths[i] = shares[flexible++];
    }
}

/* Repeatedly narrows the widest of the columns that can wrap to the width of the second widest,
 * until the table fits. */
static void collapse(const stg_table *table, stg_draw *draw, int max_width, int *widths)
{
    const size_t count = table->column_count;
    int *ratios = stg_draw_alloc(draw, 2 * count * sizeof *ratios);
    if (ratios == NULL)
        return;
    int *most = ratios + count;
    for (int excess = sum(widths, count) - max_width; excess > 0;
         excess = sum(widths, count) - max_width) {
        int widest = 0;
        int second = 0;
        for (size_t i = 0; i < count; i++) {
            const stg_column *column = &table->columns[i];
            const bool wraps = column->width == 0 && !column->no_wrap;
            ratios[i] = wraps;
            if (wraps && widths[i] > widest) {
                second = widest;
                widest = widths[i];
            } else if (wraps && widths[i] != widest && widths[i] > second) {
                second = widths[i];
            }
        }
        const int difference = widest - second;
        if (difference == 0)
            return;
        for (size_t i = 0; i < count; i++) {
            ratios[i] = ratios[i] != 0 && widths[i] == widest;
            most[i] = excess < difference ? excess : difference;
        }
        stg_ratio_reduce(excess, ratios, most, count, widths);
    }
}

/* Takes `excess` from all columns, or only from those without a width of their own, leaving these
 * one column and their padding; returns what could not be taken. */
static int reduce(const stg_table *table, stg_draw *draw, int excess, bool spare_fixed, int *widths)
{
    const size_t count = table->column_count;
    int *ones = stg_draw_alloc(draw, 2 * count * sizeof *ones);
    if (ones == NULL)
        return 0;
    int *most = ones + count;
    const int before = sum(widths, count);
    for (size_t i = 0; i < count; i++) {
        const int least = spare_fixed ? 1 + padding_width(table, i) : 0;
        ones[i] = !spare_fixed || table->columns[i].width == 0;
        most[i] = widths[i] > least ? widths[i] - least : 0;
    }
    stg_ratio_reduce(excess, ones, most, count, widths);
    return excess - (before - sum(widths, count));
}

static bool is_expanded(const stg_table *table)
{
    return table->options.expand || table->options.width > 0;
}

/* Whether some columns keep their own width and others can give way. */
static bool has_fixed_and_others(const stg_table *table)
{
    size_t fixed = 0;
    for (size_t i = 0; i < table->column_count; i++)
        fixed += table->columns[i].width > 0;
    return fixed > 0 && fixed < table->column_count;
}

/* Narrows columns to the available width; returns their sum before the contents were measured
 * again, which is what the next steps use. */
static int shrink(const stg_table *table, stg_draw *draw, const stg_draw_options *options,
                  int *widths)
{
    const size_t count = table->column_count;
    collapse(table, draw, options->width, widths);
    int excess = sum(widths, count) - options->width;
    /* Rich spares none.  Nor do we where the table has no width to divide. */
    if (excess > 0 && is_expanded(table) && has_fixed_and_others(table))
        excess = reduce(table, draw, excess, true, widths);
    /* What one column was too narrow to give, the others give. */
    for (int before = excess + 1; excess > 0 && excess < before;) {
        before = excess;
        excess = reduce(table, draw, excess, false, widths);
    }
    const int total = sum(widths, count);
    for (size_t i = 0; i < count; i++) {
        const stg_draw_options narrowed = stg_draw_narrowed(options, widths[i]);
        widths[i] = measure_column(table, draw, &narrowed, i).maximum;
        /* As in Rich, a minimum width that does not fit cuts the border; but not if the table was
         * given a width, nor if the text is cut anyway. */
        if ((table->columns[i].no_wrap || table->options.width > 0) && widths[i] > narrowed.width)
            widths[i] = narrowed.width;
    }
    return total;
}

/* Widens columns in proportion: those without a width of their own, or else all. */
static void widen(const stg_table *table, stg_draw *draw, int by, int *widths)
{
    const size_t count = table->column_count;
    const bool spares_fixed = has_fixed_and_others(table);
    int *ratios = stg_draw_alloc(draw, 2 * count * sizeof *ratios);
    if (ratios == NULL)
        return;
    int *shares = ratios + count;
    for (size_t i = 0; i < count; i++)
        ratios[i] = spares_fixed && table->columns[i].width > 0 ? 0 : widths[i];
    stg_ratio_distribute(by, ratios, NULL, count, shares);
    for (size_t i = 0; i < count; i++)
        widths[i] += shares[i];
}

int *stg_table_widths(const stg_table *table, stg_draw *draw, const stg_draw_options *options)
{
    const size_t count = table->column_count;
    const int max_width = options->width;
    const bool expand = is_expanded(table);
    int *widths = stg_draw_alloc(draw, count * sizeof *widths);
    if (widths == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        widths[i] = measure_column(table, draw, options, i).maximum;
    if (expand)
        flex(table, draw, max_width, widths);
    for (size_t i = 0; i < count; i++)
        widths[i] = widths[i] == 0 ? 1 : widths[i];
    int total = sum(widths, count);
    if (total > max_width)
        total = shrink(table, draw, options, widths);
    const int wanted =
        table->options.min_width == 0 ? 0 : table->options.min_width - stg_table_extra_width(table);
    if ((total < max_width && expand) || total < wanted) {
        const int room = table->options.min_width == 0 || wanted > max_width ? max_width : wanted;
        widen(table, draw, room - total, widths);
    }
    return draw->status == STAGED_OK ? widths : NULL;
}

stg_measurement stg_table_measure(const staged_renderable *self, stg_draw *draw,
                                  const stg_draw_options *options)
{
    const stg_table *table = (const stg_table *)self;
    const size_t count = table->column_count;
    const int extra = stg_table_extra_width(table);
    const int width = table->options.width > 0 ? table->options.width : options->width;
    stg_draw_options inner = stg_draw_narrowed(options, width - extra);
    const int *widths = stg_table_widths(table, draw, &inner);
    if (widths == NULL)
        return (stg_measurement){0, 0};
    inner = stg_draw_narrowed(options, sum(widths, count));
    stg_measurement total = {extra, extra};
    for (size_t i = 0; i < count; i++) {
        const stg_measurement one = measure_column(table, draw, &inner, i);
        total.minimum += one.minimum;
        total.maximum += one.maximum;
    }
    if (table->options.width > 0)
        total.maximum = table->options.width;
    return table->options.min_width == 0
               ? total
               : stg_measurement_at_least(total, table->options.min_width);
}
