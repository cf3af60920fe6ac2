/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log/log_line.h"

#include "console/table/table.h"

/* The columns of a log line. */
typedef struct columns {
    bool has_time, has_path;
    stg_text time, path;
    const staged_renderable *message;
} columns;

static int cells_of(const stg_draw *draw, const stg_text *text)
{
    return (int)stg_text_measure(text, draw->tab_size).maximum;
}

/* The width left for the message, with room for the other columns. */
static int room_for_message(const stg_draw *draw, const columns *c)
{
    return draw->room - (c->has_path ? cells_of(draw, &c->path) + 1 : 0);
}

/* A table without lines. */
typedef struct grid {
    stg_table table;
    stg_column columns[3];
    stg_row row;
    staged_renderable *cells[3];
} grid;

static stg_column *add_column(grid *g, const staged_renderable *cell, const char *style)
{
    const size_t index = g->table.column_count++;
    g->columns[index] = (stg_column){
        .style = style, .justify = STAGED_JUSTIFY_LEFT, .overflow = STAGED_OVERFLOW_ELLIPSIS};
    stg_table_lend(&g->cells[index], cell);
    g->row.count++;
    return &g->columns[index];
}

static void draw_columns(staged_console *console, stg_draw *draw, const columns *c)
{
    grid g = {.table = {.row_count = 1}};
    g.table.options.padding = (staged_pad){.given = true, .right = 1, .left = 1};
    g.table.options.collapse_padding = true;
    g.table.options.expand = true;
    g.table.columns = g.columns;
    g.table.rows = &g.row;
    g.row.cells = g.cells;
    const stg_text_item time = stg_text_item_of(&c->time);
    const stg_text_item path = stg_text_item_of(&c->path);
    if (c->has_time)
        add_column(&g, &time.base, "log.time");
    stg_column *message = add_column(&g, c->message, "log.message");
    message->ratio = 1;
    message->overflow = STAGED_OVERFLOW_FOLD;
    if (c->has_path)
        add_column(&g, &path.base, "log.path");
    const stg_draw_options options = stg_console_options(console);
    stg_segments segments = {0};
    stg_table_draw(&g.table.base, draw, &options, &segments);
    stg_console_add(console, draw, &segments, &(stg_add_options){.crop = true, .trim = true});
    console->log.time_told = console->log.time_told || draw->status == STAGED_OK;
}

/* Whether the message begins with a line that must have nothing behind it, or no room is left for
 * one. */
static bool begins_whole(stg_draw *draw, const columns *c)
{
    const stg_draw_options options = {.width = room_for_message(draw, c),
                                      .justify = STAGED_JUSTIFY_LEFT,
                                      .overflow = STAGED_OVERFLOW_FOLD,
                                      .no_wrap = STAGED_NO,
                                      .highlight = STAGED_NO};
    if (options.width <= 0)
        return true;
    const stg_style style = stg_draw_style(draw, "log.message");
    stg_lines lines = {0};
    stg_item_lines(c->message, draw, &options, &style, &lines);
    return lines.count > 0 && lines.items[0].extent != STG_TO_WIDTH;
}

/* Sets the text of the time, if it is shown, and the room left beside it. */
static void take_time(staged_console *console, stg_draw *draw, columns *c)
{
    if (!console->log.show_time)
        return;
    if (!stg_log_tell_time(console)) {
        stg_draw_fail(draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
        return;
    }
    c->has_time = true;
    c->time = stg_log_time(console, draw);
    draw->room = console->width - cells_of(draw, &c->time) - 1;
}

void stg_log_draw(staged_console *console, stg_draw *draw, const stg_log_place *place,
                  const staged_renderable *message)
{
    columns c = {.message = message};
    take_time(console, draw, &c);
    if (console->log.show_path && place->path != NULL && place->path[0] != '\0') {
        c.has_path = true;
        c.path = stg_log_path(draw, place);
    }
    if (draw->status == STAGED_OK && c.has_path && message->may_exceed && begins_whole(draw, &c)) {
        /* The place gets a line of its own. */
        const stg_text nothing = {.plain = true, .end = "\n"};
        const stg_text_item empty = stg_text_item_of(&nothing);
        c.message = &empty.base;
        draw_columns(console, draw, &c);
        c = (columns){.message = message};
        take_time(console, draw, &c);
    }
    if (draw->status == STAGED_OK)
        draw_columns(console, draw, &c);
}
