/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The columns of a log line. */
#ifndef STG_CONSOLE_LOG_LINE_H
#define STG_CONSOLE_LOG_LINE_H

#include "console/console_impl.h"

/* The time, or as many blanks if the line before has the same. */
stg_text stg_log_time(staged_console *console, stg_draw *draw);
/* "file.c:12", linked to the file. */
stg_text stg_log_path(stg_draw *draw, const stg_log_place *place);

/* What is next to each other.  NULL: there is no such column. */
typedef struct stg_log_columns {
    const stg_text *time;
    const staged_renderable *message;
    const stg_text *path;
} stg_log_columns;

/* Adds the lines; answers whether they may be wider than the console. */
bool stg_log_draw(staged_console *console, stg_draw *draw, const stg_log_columns *columns,
                  stg_segments *out);

#endif
