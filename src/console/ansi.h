/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reads what was written to a terminal: text and the styles that its escape codes give it. */
#ifndef STG_CONSOLE_ANSI_H
#define STG_CONSOLE_ANSI_H

#include <stdbool.h>
#include <stddef.h>

#include "console/style.h"

/* Set the first two, the rest zero. */
typedef struct stg_ansi {
    const char *text; /* links of styles point into it */
    size_t length;
    size_t position;
    size_t line_end; /* of the line that `position` is in, if `in_line` */
    bool in_line;
    stg_style style; /* in force */
} stg_ansi;

/* A piece of a line, in one style; or the end of a line. */
typedef struct stg_ansi_run {
    const char *text;
    size_t length; /* 0: the line ends here */
    stg_style style;
} stg_ansi_run;

/* The next piece; false when there is none.  Two pieces may well have the same style.  Of what
 * carriage returns overwrite in a line only the last is answered; cursor movements and the like are
 * left out. */
bool stg_ansi_next(stg_ansi *ansi, stg_ansi_run *run);

#endif
