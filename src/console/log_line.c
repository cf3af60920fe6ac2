/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log_line.h"

#include <string.h>

#include "console/table.h"

/* One column of a line that is laid out by hand. */
typedef struct column {
    stg_lines lines;
    int width;   /* of all of it */
    int padding; /* blanks at its right end, which are part of the width */
    const stg_style *style;
} column;

static int cells_of(const stg_text *text)
{
    if (text == NULL)
        return 0;
    return text->plain ? (int)text->length : stg_text_measure(text).maximum;
}

static const stg_log_styles *styles_of(staged_console *console, stg_draw *draw)
{
    stg_log_styles *styles = &console->log.styles;
    if (!styles->ready) {
        styles->time = stg_draw_style(draw, "log.time");
        styles->message = stg_draw_style(draw, "log.message");
        styles->path = stg_draw_style(draw, "log.path");
        styles->ready = true;
    }
    return styles;
}

static void draw_column(stg_draw *draw, column *c, const staged_renderable *item,
                        staged_overflow overflow)
{
    const stg_draw_options options = {.width = c->width - c->padding,
                                      .justify = STAGED_JUSTIFY_LEFT,
                                      .overflow = overflow,
                                      .no_wrap = STAGED_NO,
                                      .highlight = STAGED_NO};
    stg_item_lines(item, draw, &options, c->style, &c->lines);
}

static void add_column_line(stg_draw *draw, const column *c, size_t index, stg_segments *out)
{
    if (index >= c->lines.count) {
        stg_segments_blanks(draw, out, (size_t)c->width, c->style);
        return;
    }
    stg_segments_line(draw, out, &c->lines.items[index]);
    stg_segments_blanks(draw, out, (size_t)c->padding, c->style);
}

/* Where there is room for everything the widths are plain to see: the time and the path have
 * theirs, and the message has the rest.  Answers false when there is not. */
static bool draw_with_room(staged_console *console, stg_draw *draw, const stg_log_columns *columns,
                           stg_segments *out)
{
    const stg_log_styles *styles = styles_of(console, draw);
    column time = {.style = &styles->time};
    column message = {.style = &styles->message, .padding = columns->path != NULL};
    column path = {.style = &styles->path, .width = cells_of(columns->path)};
    if (columns->time != NULL)
        time = (column){.style = &styles->time, .width = cells_of(columns->time) + 1, .padding = 1};
    message.width = console->width - time.width - path.width;
    if (message.width < 1 + message.padding)
        return false;
    if (columns->time != NULL) {
        const stg_text_item item = stg_text_item_of(columns->time);
        draw_column(draw, &time, &item.base, STAGED_OVERFLOW_ELLIPSIS);
    }
    if (!stg_item_is_text(columns->message)) {
        /* Also what turns out to have no room is looked through for markup that cannot be read. */
        const stg_draw_options options = stg_console_options(console);
        (void)stg_item_measure(columns->message, draw, &options);
    }
    draw_column(draw, &message, columns->message, STAGED_OVERFLOW_FOLD);
    if (columns->path != NULL) {
        const stg_text_item item = stg_text_item_of(columns->path);
        draw_column(draw, &path, &item.base, STAGED_OVERFLOW_ELLIPSIS);
    }
    if (message.lines.count == 0)
        return false;
    size_t height = message.lines.count;
    height = time.lines.count > height ? time.lines.count : height;
    for (size_t i = 0; i < height; i++) {
        add_column_line(draw, &time, i, out);
        add_column_line(draw, &message, i, out);
        add_column_line(draw, &path, i, out);
        stg_segments_newline(draw, out);
    }
    return true;
}

/* A table without lines. */
typedef struct grid {
    stg_table table;
    stg_column columns[3];
    stg_row row;
    staged_renderable *cells[3];
} grid;

static stg_column *add_cell(grid *g, const staged_renderable *cell, const char *style)
{
    const size_t index = g->table.column_count++;
    g->columns[index] = (stg_column){
        .style = style, .justify = STAGED_JUSTIFY_LEFT, .overflow = STAGED_OVERFLOW_ELLIPSIS};
    /* Tables own their cells, and so must be able to change them; this one is only drawn. */
    memcpy(&g->cells[index], &cell, sizeof cell);
    g->row.count++;
    return &g->columns[index];
}

/* Where room is short a table decides what is cut and what is folded. */
static void draw_as_table(staged_console *console, stg_draw *draw, const stg_log_columns *columns,
                          stg_segments *out)
{
    grid g = {.table = {.row_count = 1}};
    g.table.options.padding = (staged_pad){.given = true, .right = 1, .left = 1};
    g.table.options.collapse_padding = true;
    g.table.options.expand = true;
    g.table.columns = g.columns;
    g.table.rows = &g.row;
    g.row.cells = g.cells;
    const stg_text none = {.plain = true};
    const stg_text_item time = stg_text_item_of(columns->time != NULL ? columns->time : &none);
    const stg_text_item path = stg_text_item_of(columns->path != NULL ? columns->path : &none);
    if (columns->time != NULL)
        add_cell(&g, &time.base, "log.time");
    stg_column *message = add_cell(&g, columns->message, "log.message");
    message->ratio = 1;
    message->overflow = STAGED_OVERFLOW_FOLD;
    if (columns->path != NULL)
        add_cell(&g, &path.base, "log.path");
    const stg_draw_options options = stg_console_options(console);
    stg_table_draw(&g.table.base, draw, &options, out);
}

bool stg_log_draw(staged_console *console, stg_draw *draw, const stg_log_columns *columns,
                  stg_segments *out)
{
    if (draw->status != STAGED_OK || draw_with_room(console, draw, columns, out))
        return false;
    draw_as_table(console, draw, columns, out);
    return true;
}
