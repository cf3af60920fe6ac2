/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A line of a terminal while it is being written: characters in columns, and a cursor that can go
 * back and overwrite.  The work is linear in what is written.  Erasing therefore touches no column
 * by itself: the columns before `erased` are blank, whatever their cells say. */
#ifndef STG_CONSOLE_MARKUP_ANSI_LINE_H
#define STG_CONSOLE_MARKUP_ANSI_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text/buf.h"
#include "console/style/style.h"

/* A column: a character begins here, or (length 0) continues. */
typedef struct stg_ansi_cell {
    size_t offset; /* into the bytes of the line */
    uint32_t length;
    uint32_t style;
} stg_ansi_cell;

/* All zero is an empty line. */
typedef struct stg_ansi_line {
    stg_buf bytes; /* of the characters written; the first is a blank */
    stg_ansi_cell *cells;
    size_t count, capacity;
    stg_style *styles; /* those that occurred; the first changes nothing */
    size_t style_count, style_capacity;
    size_t erased;
    size_t column; /* of the cursor */
    size_t saved;
    bool anew;    /* after a carriage return: what is written next replaces the line */
    size_t reach; /* how far it has been written since */
    size_t lead;  /* bytes of marks that wait for a character */
    stg_buf piece;
    size_t handed_out; /* columns */
    bool failed;       /* out of memory */
} stg_ansi_line;

void stg_ansi_line_free(stg_ansi_line *line);
/* Empties it, but keeps its memory. */
void stg_ansi_line_clear(stg_ansi_line *line);

/* What is written from now on begins a new piece. */
void stg_ansi_line_style(stg_ansi_line *line, const stg_style *style);
/* Writes clean text (see chars.h) without newlines and tabs at the cursor. */
void stg_ansi_line_write(stg_ansi_line *line, const char *text, size_t length);
void stg_ansi_line_tab(stg_ansi_line *line);

/* Goes to the beginning.  What is written then replaces the line (as with Rich), unless the cursor
 * is moved over the old text. */
void stg_ansi_line_return(stg_ansi_line *line);
/* Moves the cursor, at most to the end of the text or the width of a common screen. */
void stg_ansi_line_go_to(stg_ansi_line *line, size_t column);
void stg_ansi_line_go_left(stg_ansi_line *line, size_t columns);
void stg_ansi_line_go_right(stg_ansi_line *line, size_t columns);
void stg_ansi_line_save(stg_ansi_line *line);
void stg_ansi_line_restore(stg_ansi_line *line);

/* Erases from the cursor on, up to and including it, or the whole line.  The cursor stays. */
void stg_ansi_line_erase_right(stg_ansi_line *line);
void stg_ansi_line_erase_left(stg_ansi_line *line);
void stg_ansi_line_erase_all(stg_ansi_line *line);
/* Blanks out `columns` columns from the cursor on. */
void stg_ansi_line_blank(stg_ansi_line *line, size_t columns);

/* The next piece of the finished line in one style, valid until the next call; false when there is
 * none. */
bool stg_ansi_line_next(stg_ansi_line *line, const char **text, size_t *length, stg_style *style);

#endif
