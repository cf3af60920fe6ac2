/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/log/log_cell.h"

#include <stdlib.h>
#include <string.h>

#include "console/log/log_line.h"

/* How many places are remembered.  A loop logs from few. */
enum { PLACES = 32 };

void stg_log_cell_free(stg_log_cell *cell)
{
    stg_buf_free(&cell->painted);
    stg_buf_free(&cell->recorded);
    stg_buf_free(&cell->bare);
    stg_buf_free(&cell->bare_recorded);
}

void stg_log_places_free(stg_log_place_cell *places)
{
    for (size_t i = 0; places != NULL && i < PLACES; i++) {
        stg_buf_free(&places[i].path);
        stg_buf_free(&places[i].link);
        stg_log_cell_free(&places[i].cell);
    }
    free(places);
}

void stg_log_forget_cells(staged_console *console)
{
    stg_log_state *log = &console->log;
    log->styles.ready = false;
    log->times[0].known = log->times[1].known = false;
    for (size_t i = 0; log->places != NULL && i < PLACES; i++)
        log->places[i].cell.known = false;
}

static void fail_for_memory(stg_draw *draw)
{
    stg_draw_fail(draw, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
}

/* Adds to what the cell looks like. */
static void paint(staged_console *console, stg_log_cell *cell, const stg_segment *segment)
{
    stg_paint(&console->palette, &cell->painted, segment);
    if (console->record)
        stg_paint(&console->record_palette, &cell->recorded, segment);
}

static void paint_bare(staged_console *console, stg_log_cell *cell, const stg_line *line)
{
    const stg_line open = {.items = line->items, .count = line->count};
    stg_paint_trimmed(&console->palette, &cell->bare, &open);
    if (console->record)
        stg_paint_trimmed(&console->record_palette, &cell->bare_recorded, &open);
}

/* Draws a cell, with `padding` blanks after it. */
static const stg_log_cell *draw_cell(staged_console *console, stg_draw *draw, stg_log_cell *cell,
                                     const stg_text *text, const stg_style *style, size_t padding)
{
    const stg_text_item item = stg_text_item_of(text);
    const stg_draw_options options = {.width = stg_text_measure(text, draw->tab_size).maximum,
                                      .justify = STAGED_JUSTIFY_LEFT,
                                      .overflow = STAGED_OVERFLOW_ELLIPSIS,
                                      .no_wrap = STAGED_NO};
    stg_lines lines = {0};
    stg_item_lines(&item.base, draw, &options, style, &lines);
    const stg_segment blanks = stg_segment_of_blanks(draw, padding, style);
    stg_buf_clear(&cell->painted);
    stg_buf_clear(&cell->recorded);
    stg_buf_clear(&cell->bare);
    stg_buf_clear(&cell->bare_recorded);
    if (draw->status != STAGED_OK)
        return NULL;
    cell->simple = lines.count <= 1;
    cell->cells = (size_t)options.width + padding;
    for (size_t i = 0; cell->simple && lines.count > 0 && i < lines.items[0].count; i++)
        paint(console, cell, &lines.items[0].items[i]);
    paint(console, cell, &blanks);
    if (cell->simple && lines.count > 0)
        paint_bare(console, cell, &lines.items[0]);
    cell->known = cell->painted.failure == STAGED_OK && cell->recorded.failure == STAGED_OK &&
                  cell->bare.failure == STAGED_OK && cell->bare_recorded.failure == STAGED_OK;
    if (!cell->known)
        fail_for_memory(draw);
    return cell->known ? cell : NULL;
}

const stg_log_cell *stg_log_time_cell(staged_console *console, stg_draw *draw)
{
    stg_log_state *log = &console->log;
    if (!stg_log_tell_time(console)) {
        fail_for_memory(draw);
        return NULL;
    }
    stg_log_cell *cell = &log->times[log->time_told];
    if (cell->known)
        return cell;
    const stg_text text = stg_log_time(console, draw);
    return draw_cell(console, draw, cell, &text, &stg_log_styles_of(console, draw)->time, 1);
}

static bool is_text(const stg_buf *buf, const char *text)
{
    const size_t length = text == NULL ? 0 : strlen(text);
    return buf->length == length &&
           memcmp(stg_buf_text(buf), text == NULL ? "" : text, length) == 0;
}

static void set_text(stg_buf *buf, const char *text)
{
    stg_buf_clear(buf);
    if (text != NULL)
        stg_buf_add_text(buf, text);
}

const stg_log_cell *stg_log_path_cell(staged_console *console, stg_draw *draw,
                                      const stg_log_place *place)
{
    stg_log_state *log = &console->log;
    if (log->places == NULL)
        log->places = calloc(PLACES, sizeof *log->places);
    if (log->places == NULL) {
        fail_for_memory(draw);
        return NULL;
    }
    stg_log_place_cell *kept = &log->places[(unsigned)place->line % PLACES];
    if (kept->cell.known && kept->line == place->line && is_text(&kept->path, place->path) &&
        is_text(&kept->link, place->link))
        return &kept->cell;
    kept->cell.known = false;
    kept->line = place->line;
    set_text(&kept->path, place->path);
    set_text(&kept->link, place->link);
    if (kept->path.failure != STAGED_OK || kept->link.failure != STAGED_OK) {
        fail_for_memory(draw);
        return NULL;
    }
    const stg_text text = stg_log_path(draw, place);
    return draw_cell(console, draw, &kept->cell, &text, &stg_log_styles_of(console, draw)->path, 0);
}
