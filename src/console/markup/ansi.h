/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reads what was written to a terminal: the lines that it shows in the end, and the styles that
 * escape codes give them.
 *
 * A line is what is left after carriage returns, backspaces, tabs, erasing and cursor movements
 * within it.  Everything else that a terminal obeys is dropped, with its parameters and its
 * payload, and other controls become visible (see chars.h): the text is clean.
 * 8-bit controls (C1) start no sequence, as in a terminal that reads UTF-8. */
#ifndef STG_CONSOLE_MARKUP_ANSI_H
#define STG_CONSOLE_MARKUP_ANSI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text/buf.h"
#include "console/markup/ansi_line.h"
#include "console/style/style.h"

/* More than any known sequence has. */
enum { STG_ANSI_PARAMETERS = 32 };

/* `ESC [`, its parameters, and a letter; text and controls may come in between. */
typedef struct stg_ansi_sequence {
    bool is_open;
    bool is_unknown; /* a private one */
    bool is_number;  /* the parameter under way, unlike one with parts of its own ("4:3") */
    unsigned value;
    unsigned parameters[STG_ANSI_PARAMETERS]; /* none is above 255 */
    size_t count;
} stg_ansi_sequence;

/* Set the first two members; the rest is zero. */
typedef struct stg_ansi {
    const char *text; /* links of styles point into it */
    size_t length;
    size_t position;
    stg_style style; /* the current style */
    stg_ansi_sequence sequence;
    stg_ansi_line line;
    stg_buf clean;
    bool in_line; /* a line has been read, and its pieces are being returned */
    bool ended;   /* by a newline */
    bool failed;  /* out of memory: the text is incomplete */
} stg_ansi;

/* A piece of a line in one style, or the end of a line. */
typedef struct stg_ansi_run {
    const char *text; /* valid until the next call */
    size_t length;    /* 0: the line ends here */
    stg_style style;
} stg_ansi_run;

/* The next piece; false when there is none.  Neighbouring pieces may have the same style. */
bool stg_ansi_next(stg_ansi *ansi, stg_ansi_run *run);
/* Call it at the end, whether or not pieces are left. */
void stg_ansi_free(stg_ansi *ansi);

#endif
