/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A log line: the time, the message, and where it comes from, next to each other. */
#ifndef STG_CONSOLE_LOG_LOG_LINE_H
#define STG_CONSOLE_LOG_LOG_LINE_H

#include "console/device/console_impl.h"

/* Where a line comes from. */
typedef struct stg_log_place {
    const char *path; /* NULL or "": none */
    int line;         /* 0: none */
    const char *link; /* absolute path of the file; NULL: none */
} stg_log_place;

/* Updates the text of the time.  Returns false when out of memory. */
bool stg_log_tell_time(staged_console *console);
/* That text, or blanks of the same width if a line has already shown it. */
stg_text stg_log_time(const staged_console *console, stg_draw *draw);
/* "file.c:12", linked to the file. */
stg_text stg_log_path(stg_draw *draw, const stg_log_place *place);

/* Logs on a locked console, and unlocks it. */
staged_status stg_console_log_placed(staged_console *console, const staged_log_options *options,
                                     const stg_log_place *place,
                                     const staged_renderable *renderable);
/* Adds a line to the output. */
void stg_log_draw(staged_console *console, stg_draw *draw, const stg_log_place *place,
                  const staged_renderable *message);

#endif
