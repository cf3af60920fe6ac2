/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The time and the path of log lines as they are written.  Many lines have the same ones: they are
 * drawn once, and kept. */
#ifndef STG_CONSOLE_LOG_LOG_CELL_H
#define STG_CONSOLE_LOG_LOG_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "console/text/draw.h"
#include "console/text/text.h"

/* All zero: nothing is known. */
typedef struct stg_log_cell {
    bool known;
    bool simple;  /* it has no more than one line; otherwise nothing of it is kept */
    size_t cells; /* columns that it takes, with the blanks that set it apart */
    stg_buf painted, recorded;
    stg_buf bare, bare_recorded; /* the same where nothing follows: without blanks at the end */
} stg_log_cell;

/* What one line says of where it comes from, put together by log.c or by a test. */
typedef struct stg_log_place {
    const char *path; /* NULL or "": none */
    int line;         /* 0: none */
    const char *link; /* absolute path of the file; NULL: none */
} stg_log_place;

typedef struct stg_log_place_cell {
    stg_buf path, link; /* which it was drawn for */
    int line;
    stg_log_cell cell;
} stg_log_place_cell;

void stg_log_cell_free(stg_log_cell *cell);
/* Releases what stg_log_path_cell keeps.  NULL: nothing. */
void stg_log_places_free(stg_log_place_cell *places);
/* Draws all anew when they are asked for again. */
void stg_log_forget_cells(staged_console *console);

/* The time of a line: blank where the line before has the same.  NULL after a failure. */
const stg_log_cell *stg_log_time_cell(staged_console *console, stg_draw *draw);
/* Where it comes from. */
const stg_log_cell *stg_log_path_cell(staged_console *console, stg_draw *draw,
                                      const stg_log_place *place);

#endif
