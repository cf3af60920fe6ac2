/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/ansi_line.h"

#include <stdlib.h>

#include "base/memory/grow.h"
#include "base/unicode/cells.h"

enum {
    TAB_COLUMNS = 8,
    /* How far the cursor can go past the end of a text. */
    SCREEN_COLUMNS = 256,
    /* Limits the bytes of combining marks that pile up on a character, unless it was written
     * last. */
    MOST_MOVED = 32,
};

static const stg_ansi_cell blank = {.offset = 0, .length = 1, .style = 0};

void stg_ansi_line_free(stg_ansi_line *line)
{
    stg_buf_free(&line->bytes);
    stg_buf_free(&line->piece);
    free(line->cells);
    free(line->styles);
}

/* The current style carries over to the next line. */
void stg_ansi_line_clear(stg_ansi_line *line)
{
    if (line->style_count > 1) {
        line->styles[1] = line->styles[line->style_count - 1];
        line->style_count = 2;
    }
    stg_buf_truncate(&line->bytes, 1);
    line->count = line->erased = line->column = line->saved = 0;
    line->reach = line->lead = line->handed_out = 0;
    line->anew = false;
}

/* Adds the first style and the first byte, which blanks consist of. */
static bool begin(stg_ansi_line *line)
{
    if (line->style_count == 0) {
        if (stg_grow(&line->styles, &line->style_capacity, 1, sizeof *line->styles))
            line->styles[line->style_count++] = (stg_style){0};
        else
            line->failed = true;
        stg_buf_add_char(&line->bytes, ' ');
    }
    line->failed = line->failed || line->bytes.failure != STAGED_OK;
    return !line->failed;
}

void stg_ansi_line_style(stg_ansi_line *line, const stg_style *style)
{
    if (!begin(line))
        return;
    if (stg_grow(&line->styles, &line->style_capacity, line->style_count + 1, sizeof *line->styles))
        line->styles[line->style_count++] = *style;
    else
        line->failed = true;
}

static void fill(stg_ansi_line *line, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        line->cells[i] = blank;
}

/* Blanks out a character that extends across the border before `column`. */
static void part(stg_ansi_line *line, size_t column)
{
    if (column >= line->count || column <= line->erased || line->cells[column].length > 0)
        return;
    size_t start = column;
    size_t end = column;
    while (start > line->erased && line->cells[start].length == 0)
        start--;
    while (end < line->count && line->cells[end].length == 0)
        end++;
    fill(line, start, end);
}

/* Makes room for `columns` at the cursor, and real blanks before them. */
static bool make_room(stg_ansi_line *line, size_t columns)
{
    const size_t end = line->column + columns;
    if (!begin(line))
        return false;
    if (!stg_grow(&line->cells, &line->capacity, end, sizeof *line->cells)) {
        line->failed = true;
        return false;
    }
    part(line, line->column);
    part(line, end);
    if (line->column < line->erased) {
        fill(line, 0, line->erased < line->count ? line->erased : line->count);
        line->erased = 0;
    }
    if (line->column > line->count)
        fill(line, line->count > line->erased ? line->count : line->erased, line->column);
    return true;
}

/* Writes a character together with the marks that waited for it. */
static void put(stg_ansi_line *line, const char *text, size_t length, size_t columns)
{
    if (!make_room(line, columns))
        return;
    stg_buf_add(&line->bytes, text, length);
    line->failed = line->bytes.failure != STAGED_OK;
    if (line->failed)
        return;
    const size_t all = line->lead + length;
    line->cells[line->column] = (stg_ansi_cell){.offset = line->bytes.length - all,
                                                .length = (uint32_t)all,
                                                .style = (uint32_t)line->style_count - 1};
    line->lead = 0;
    for (size_t i = 1; i < columns; i++)
        line->cells[line->column + i] = (stg_ansi_cell){.length = 0};
    line->column += columns;
    if (line->count < line->column)
        line->count = line->column;
    if (line->reach < line->column)
        line->reach = line->column;
}

/* Puts a mark on the character before the cursor. */
static void add_mark(stg_ansi_line *line, const char *text, size_t length)
{
    if (!begin(line))
        return;
    if (line->column == 0) {
        stg_buf_add(&line->bytes, text, length);
        line->lead += length;
        return;
    }
    size_t at = line->column - 1;
    if (at >= line->count || at < line->erased) {
        line->column = at;
        put(line, " ", 1, 1);
    }
    while (at > line->erased && line->cells[at].length == 0)
        at--;
    stg_ansi_cell *cell = &line->cells[at];
    if (line->failed || cell->length == 0)
        return;
    if (cell->offset + cell->length != line->bytes.length) {
        if (cell->length > MOST_MOVED)
            return;
        char moved[MOST_MOVED];
        for (size_t i = 0; i < cell->length; i++)
            moved[i] = line->bytes.data[cell->offset + i];
        cell->offset = line->bytes.length;
        stg_buf_add(&line->bytes, moved, cell->length);
    }
    stg_buf_add(&line->bytes, text, length);
    cell->length += (uint32_t)length;
    line->failed = line->bytes.failure != STAGED_OK;
}

void stg_ansi_line_write(stg_ansi_line *line, const char *text, size_t length)
{
    for (size_t i = 0; i < length && !line->failed;) {
        const stg_grapheme grapheme = stg_grapheme_at(text, length, i);
        if (grapheme.cells > 0)
            put(line, text + i, grapheme.end - i, grapheme.cells);
        else
            add_mark(line, text + i, grapheme.end - i);
        i = grapheme.end;
    }
}

/* Over text that stays, the cursor just moves. */
void stg_ansi_line_tab(stg_ansi_line *line)
{
    const size_t stop = (line->column / TAB_COLUMNS + 1) * TAB_COLUMNS;
    if (line->column < line->count && !line->anew)
        line->column = stop < line->count ? stop : line->count;
    if (line->column < stop)
        put(line, "\t", 1, stop - line->column);
}

/* Drops what was written before the last carriage return and has not been overwritten since. */
static void drop_old(stg_ansi_line *line)
{
    if (!line->anew || line->reach == 0 || line->reach >= line->count)
        return;
    part(line, line->reach);
    line->count = line->reach;
}

void stg_ansi_line_return(stg_ansi_line *line)
{
    drop_old(line);
    line->column = 0;
    line->reach = 0;
    line->anew = true;
}

void stg_ansi_line_go_to(stg_ansi_line *line, size_t column)
{
    line->anew = false;
    line->column = column < SCREEN_COLUMNS ? column : SCREEN_COLUMNS - 1;
}

void stg_ansi_line_go_left(stg_ansi_line *line, size_t columns)
{
    line->column -= columns < line->column ? columns : line->column;
}

void stg_ansi_line_go_right(stg_ansi_line *line, size_t columns)
{
    line->anew = false;
    const size_t last = line->count < SCREEN_COLUMNS ? SCREEN_COLUMNS - 1 : line->count;
    if (line->column < last)
        line->column = columns < last - line->column ? line->column + columns : last;
}

void stg_ansi_line_save(stg_ansi_line *line)
{
    line->saved = line->column;
}

void stg_ansi_line_restore(stg_ansi_line *line)
{
    stg_ansi_line_go_to(line, line->saved);
}

void stg_ansi_line_erase_right(stg_ansi_line *line)
{
    part(line, line->column);
    if (line->count > line->column)
        line->count = line->column;
}

void stg_ansi_line_erase_left(stg_ansi_line *line)
{
    if (line->column + 1 >= line->count) {
        stg_ansi_line_erase_all(line);
        return;
    }
    part(line, line->column + 1);
    if (line->erased <= line->column)
        line->erased = line->column + 1;
}

void stg_ansi_line_erase_all(stg_ansi_line *line)
{
    line->count = 0;
    line->erased = line->column;
}

void stg_ansi_line_blank(stg_ansi_line *line, size_t columns)
{
    if (line->column >= line->count)
        return;
    if (columns >= line->count - line->column) {
        stg_ansi_line_erase_right(line);
        return;
    }
    part(line, line->column);
    part(line, line->column + columns);
    const size_t start = line->column > line->erased ? line->column : line->erased;
    fill(line, start, line->column + columns);
}

bool stg_ansi_line_next(stg_ansi_line *line, const char **text, size_t *length, stg_style *style)
{
    drop_old(line);
    /* Marks that found no character to stand on. */
    if (line->lead > 0) {
        line->column = line->count;
        put(line, "", 0, 1);
    }
    size_t i = line->handed_out;
    if (i >= line->count || line->failed)
        return false;
    const uint32_t wanted = i < line->erased ? 0 : line->cells[i].style;
    stg_buf_clear(&line->piece);
    while (i < line->count) {
        const stg_ansi_cell *cell = i < line->erased ? &blank : &line->cells[i];
        if (cell->length > 0 && cell->style != wanted)
            break;
        stg_buf_add(&line->piece, line->bytes.data + cell->offset, cell->length);
        i++;
    }
    line->handed_out = i;
    line->failed = line->piece.failure != STAGED_OK;
    *text = stg_buf_text(&line->piece);
    *length = line->piece.length;
    *style = line->styles[wanted];
    return !line->failed;
}
