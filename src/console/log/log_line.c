/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log/log_line.h"

#include "console/table/table.h"

const stg_log_styles *stg_log_styles_of(staged_console *console, stg_draw *draw)
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

/* What is next to each other.  NULL: there is no such column. */
typedef struct columns {
    const stg_log_cell *time;
    const staged_renderable *message;
    const stg_log_cell *path;
} columns;

static void add_blanks(staged_console *console, stg_draw *draw, size_t count,
                       const stg_style *style)
{
    const stg_segment blanks = stg_segment_of_blanks(draw, count, style);
    stg_console_paint(console, &blanks);
}

static void add_cell(staged_console *console, const stg_log_cell *cell)
{
    if (cell == NULL)
        return;
    stg_buf_add(&console->out, stg_buf_text(&cell->painted), cell->painted.length);
    if (console->record)
        stg_buf_add(&console->recorded, stg_buf_text(&cell->recorded), cell->recorded.length);
}

/* The first line, which ends in the path. */
static void add_line_with_path(staged_console *console, stg_draw *draw, const columns *c,
                               const stg_line *message)
{
    static const stg_segment newline = {.text = "\n", .length = 1};
    add_cell(console, c->time);
    for (size_t i = 0; i < message->count; i++)
        stg_console_paint(console, &message->items[i]);
    add_blanks(console, draw, message->blanks, &message->blank_style);
    add_blanks(console, draw, 1, &console->log.styles.message);
    add_cell(console, c->path);
    stg_console_paint(console, &newline);
}

/* Adds a line that nothing stands behind; it does not end in blanks.
 *   time, bare  the time, with and without the blank behind it; NULL: not in this line */
static void paint_line(stg_palette *palette, stg_buf *out, const stg_buf *time, const stg_buf *bare,
                       const stg_line *line)
{
    const size_t begin = out->length;
    if (time != NULL)
        stg_buf_add(out, stg_buf_text(time), time->length);
    const size_t message = out->length;
    stg_paint_trimmed(palette, out, line);
    if (time != NULL && out->length == message) {
        stg_buf_truncate(out, begin);
        stg_buf_add(out, stg_buf_text(bare), bare->length);
    }
    stg_buf_add_char(out, '\n');
}

static void add_line(staged_console *console, stg_draw *draw, const columns *c,
                     const stg_line *message, bool first)
{
    const stg_log_cell *time = first ? c->time : NULL;
    stg_segments segments = {0};
    if (c->time != NULL && !first && message->extent != STG_FROM_EDGE)
        stg_segments_blanks(draw, &segments, c->time->cells, &console->log.styles.time);
    stg_segments_line(draw, &segments, message);
    const stg_line line = {.items = segments.items, .count = segments.count};
    paint_line(&console->palette, &console->out, time == NULL ? NULL : &time->painted,
               time == NULL ? NULL : &time->bare, &line);
    if (console->record)
        paint_line(&console->record_palette, &console->recorded,
                   time == NULL ? NULL : &time->recorded,
                   time == NULL ? NULL : &time->bare_recorded, &line);
}

/* Where there is room for everything the widths are plain to see: the time and the path have
 * theirs, and the message has the rest.  Answers false when there is not. */
static bool share_room(const staged_console *console, stg_draw *draw, const columns *c,
                       stg_draw_options *options)
{
    const size_t time = c->time == NULL ? 0 : c->time->cells;
    const size_t path = c->path == NULL ? 0 : c->path->cells + 1;
    draw->room = console->width - (int)time;
    if (time + path >= (size_t)console->width || (c->time != NULL && !c->time->simple) ||
        (c->path != NULL && !c->path->simple))
        return false;
    *options = (stg_draw_options){.width = draw->room - (int)path,
                                  .justify = STAGED_JUSTIFY_LEFT,
                                  .overflow = STAGED_OVERFLOW_FOLD,
                                  .no_wrap = STAGED_NO,
                                  .highlight = STAGED_NO};
    return true;
}

static bool draw_with_room(staged_console *console, stg_draw *draw, const columns *c)
{
    const stg_log_styles *styles = stg_log_styles_of(console, draw);
    stg_draw_options options;
    if (!share_room(console, draw, c, &options))
        return false;
    if (!stg_item_is_text(c->message)) {
        /* Also what turns out to have no room is looked through for markup that cannot be read. */
        const stg_draw_options whole = stg_console_options(console);
        (void)stg_item_measure(c->message, draw, &whole);
    }
    stg_lines lines = {0};
    stg_item_lines(c->message, draw, &options, &styles->message, &lines);
    if (lines.count == 0)
        return false;
    static const stg_style no_style = {0};
    for (size_t i = 0; i < lines.count && draw->status == STAGED_OK; i++) {
        stg_line_fit(draw, &lines.items[i], options.width, &no_style);
        if (c->path != NULL && i == 0)
            add_line_with_path(console, draw, c, &lines.items[i]);
        else
            add_line(console, draw, c, &lines.items[i], i == 0);
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

static stg_column *add_column(grid *g, const staged_renderable *cell, const char *style)
{
    const size_t index = g->table.column_count++;
    g->columns[index] = (stg_column){
        .style = style, .justify = STAGED_JUSTIFY_LEFT, .overflow = STAGED_OVERFLOW_ELLIPSIS};
    stg_table_lend(&g->cells[index], cell);
    g->row.count++;
    return &g->columns[index];
}

/* Where room is short a table decides what is cut and what is folded. */
static void draw_as_table(staged_console *console, stg_draw *draw, const stg_log_place *place,
                          const columns *c)
{
    grid g = {.table = {.row_count = 1}};
    g.table.options.padding = (staged_pad){.given = true, .right = 1, .left = 1};
    g.table.options.collapse_padding = true;
    g.table.options.expand = true;
    g.table.columns = g.columns;
    g.table.rows = &g.row;
    g.row.cells = g.cells;
    const stg_text none = {.plain = true};
    const stg_text time_text = c->time != NULL ? stg_log_time(console, draw) : none;
    const stg_text path_text = c->path != NULL ? stg_log_path(draw, place) : none;
    const stg_text_item time = stg_text_item_of(&time_text);
    const stg_text_item path = stg_text_item_of(&path_text);
    if (c->time != NULL)
        add_column(&g, &time.base, "log.time");
    stg_column *message = add_column(&g, c->message, "log.message");
    message->ratio = 1;
    message->overflow = STAGED_OVERFLOW_FOLD;
    if (c->path != NULL)
        add_column(&g, &path.base, "log.path");
    const stg_draw_options options = stg_console_options(console);
    stg_segments segments = {0};
    stg_table_draw(&g.table.base, draw, &options, &segments);
    stg_console_add(console, draw, &segments, &(stg_add_options){.crop = true, .trim = true});
}

static void draw_columns(staged_console *console, stg_draw *draw, const stg_log_place *place,
                         const columns *c)
{
    if (draw->status == STAGED_OK && !draw_with_room(console, draw, c))
        draw_as_table(console, draw, place, c);
    console->log.time_told = console->log.time_told || draw->status == STAGED_OK;
}

/* Whether the message begins with a line that nothing can stand behind, or leaves no room there. */
static bool begins_whole(staged_console *console, stg_draw *draw, const columns *c)
{
    stg_draw_options options;
    if (!share_room(console, draw, c, &options))
        return true;
    stg_lines lines = {0};
    stg_item_lines(c->message, draw, &options, &stg_log_styles_of(console, draw)->message, &lines);
    return lines.count > 0 && lines.items[0].extent != STG_TO_WIDTH;
}

void stg_log_draw(staged_console *console, stg_draw *draw, const stg_log_place *place,
                  const staged_renderable *message)
{
    columns c = {.message = message};
    if (draw->status == STAGED_OK && console->log.show_time)
        c.time = stg_log_time_cell(console, draw);
    if (draw->status == STAGED_OK && console->log.show_path && place->path != NULL &&
        place->path[0] != '\0')
        c.path = stg_log_path_cell(console, draw, place);
    if (draw->status == STAGED_OK && c.path != NULL && message->may_exceed &&
        begins_whole(console, draw, &c)) {
        /* The place has a line of its own. */
        const stg_text nothing = {.plain = true, .end = "\n"};
        const stg_text_item empty = stg_text_item_of(&nothing);
        draw_columns(console, draw, place, &(columns){c.time, &empty.base, c.path});
        c = (columns){.message = message};
        if (console->log.show_time)
            c.time = stg_log_time_cell(console, draw);
    }
    draw_columns(console, draw, place, &c);
}
