/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One line of a terminal, while somebody writes to it: characters in columns, and a cursor that
 * goes back and overwrites.
 *
 * Work stays in proportion to what is written.  Erasing therefore touches no column by itself: the
 * columns before `erased` are blank, whatever the cells say. */
#ifndef STG_CONSOLE_MARKUP_ANSI_LINE_H
#define STG_CONSOLE_MARKUP_ANSI_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text/buf.h"
#include "console/style/style.h"

/* A column: a character begins here, or (length 0) goes on. */
typedef struct stg_ansi_cell {
    size_t offset; /* into the bytes of the line */
    uint32_t length;
    uint32_t style;
} stg_ansi_cell;

/* All zero is an empty line. */
typedef struct stg_ansi_line {
    stg_buf bytes; /* of the characters that were written; a blank is the first */
    stg_ansi_cell *cells;
    size_t count, capacity;
    stg_style *styles; /* that came up, the one that changes nothing is the first */
    size_t style_count, style_capacity;
    size_t erased;
    size_t column; /* of the cursor */
    size_t saved;
    bool anew;    /* a carriage return came: what is written now takes the place of all before */
    size_t reach; /* how far it was written since */
    size_t lead;  /* bytes of marks that wait for a character to stand on */
    stg_buf piece;
    size_t handed_out; /* columns */
    bool failed;       /* there was no memory */
} stg_ansi_line;

void stg_ansi_line_free(stg_ansi_line *line);
/* Makes it empty, and keeps its memory. */
void stg_ansi_line_clear(stg_ansi_line *line);

/* What is written from now on begins a piece of its own. */
void stg_ansi_line_style(stg_ansi_line *line, const stg_style *style);
/* Writes clean text (see chars.h) without newlines and tabs where the cursor is. */
void stg_ansi_line_write(stg_ansi_line *line, const char *text, size_t length);
void stg_ansi_line_tab(stg_ansi_line *line);

/* Goes to the beginning.  What is written then begins the line anew (as with Rich), unless the
 * cursor is moved over what was there. */
void stg_ansi_line_return(stg_ansi_line *line);
/* The cursor goes no further than the text, or than a common screen is wide. */
void stg_ansi_line_go_to(stg_ansi_line *line, size_t column);
void stg_ansi_line_go_left(stg_ansi_line *line, size_t columns);
void stg_ansi_line_go_right(stg_ansi_line *line, size_t columns);
void stg_ansi_line_save(stg_ansi_line *line);
void stg_ansi_line_restore(stg_ansi_line *line);

/* Erases from the cursor on, up to and with it, or all.  The cursor stays. */
void stg_ansi_line_erase_right(stg_ansi_line *line);
void stg_ansi_line_erase_left(stg_ansi_line *line);
void stg_ansi_line_erase_all(stg_ansi_line *line);
/* Blanks out so many columns from the cursor on. */
void stg_ansi_line_blank(stg_ansi_line *line, size_t columns);

/* The next piece of the finished line that has one style, good until the next call; false when
 * there is none. */
bool stg_ansi_line_next(stg_ansi_line *line, const char **text, size_t *length, stg_style *style);

#endif
