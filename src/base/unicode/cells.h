/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How many columns ("cells") of a terminal a text takes, and how to cut it by cells.  Measures as
 * Rich 14.3.3 does, with the widths of Unicode 17: a wide character takes two cells; combining
 * marks, controls and characters attached by a zero width joiner take none; variation selector 16
 * widens symbols that have an emoji form.  All lengths and positions are bytes of UTF-8; a broken
 * byte counts as U+FFFD. */
#ifndef STG_BASE_UNICODE_CELLS_H
#define STG_BASE_UNICODE_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Cells of one character by itself: 0, 1 or 2. */
unsigned stg_cell_width(uint32_t codepoint);
/* Cells of a text (Rich's cell_len). */
size_t stg_cells(const char *text, size_t length);
/* Whether all bytes are printable ASCII: a byte is a cell then. */
bool stg_cells_plain(const char *text, size_t length);

/* A character with everything drawn over it or joined to it. */
typedef struct stg_grapheme {
    size_t start, end;
    size_t cells;
} stg_grapheme;

/* The grapheme that begins at `start` < `length`; start at 0 and continue at `end`. */
stg_grapheme stg_grapheme_at(const char *text, size_t length, size_t start);

/* A text cut in two (Rich's split_text). */
typedef struct stg_cell_cut {
    size_t left;  /* where the left part ends */
    size_t right; /* where the right part begins */
    bool halved;  /* the cut falls inside a wide character: each part gets a blank instead */
} stg_cell_cut;

/* Cuts after `cells` cells; a shorter text is all in the left part. */
stg_cell_cut stg_cells_cut(const char *text, size_t length, size_t cells);

/* A text folded into lines of at most `width` > 0 cells (Rich's chop_cells).  Set the first three,
 * the rest zero. */
typedef struct stg_cell_chop {
    const char *text;
    size_t length;
    size_t width;
    size_t start, end; /* the line, after each call */
    bool begun;
} stg_cell_chop;

/* The next line; false at the end.  As in Rich, a first character wider than `width` follows an
 * empty line, and a later one gets its own line. */
bool stg_cells_chop(stg_cell_chop *chop);

#endif
