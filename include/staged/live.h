/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Things that move: a renderable that is drawn again and again in its place, at the bottom of the
 * terminal, while what is printed and logged appears above it; and a line with a spinner.
 *
 * While one is shown a thread of its own refreshes it and the cursor is hidden.  When it is
 * released the last state stays (or is taken away), and the cursor is back; also when the process
 * ends in another way, if it calls exit() or staged_terminal_restore().  On an output that is not a
 * terminal, or one that cannot move its cursor, the last state is printed once, at the end.
 *
 * Several may be shown on one console: the later below the earlier. */
#ifndef STAGED_LIVE_H
#define STAGED_LIVE_H

#include <stdarg.h>
#include <stdbool.h>

#include <staged/console.h>
#include <staged/renderable.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_live staged_live;

/* What is done with more lines than the terminal has, while it moves.  At the end all are drawn. */
typedef enum staged_live_overflow {
    STAGED_LIVE_ELLIPSIS = 0, /* "..." instead of the last line that there is room for */
    STAGED_LIVE_CROP
} staged_live_overflow;

typedef struct staged_live_options {
    double refresh_per_second; /* 0: 4; below 0: only when it is asked for */
    bool transient;            /* take it away at the end */
    staged_live_overflow overflow;
} staged_live_options;

/* Shows a renderable.
 *   console     has to outlive it
 *   options     NULL: all defaults
 *   renderable  taken over, also when it fails
 * Returns NULL when there is no memory or no thread.
 * Source: rich.live.Live. */
STAGED_API staged_live *staged_live_new(staged_console *console, const staged_live_options *options,
                                        staged_renderable *renderable);
/* Shows another renderable in its place, from the next refresh on.
 *   renderable  taken over, also when it fails */
STAGED_API staged_status staged_live_update_take(staged_live *live, staged_renderable *renderable);
/* Draws it now.  Returns as printing does; the words are with the console. */
STAGED_API staged_status staged_live_refresh(staged_live *live);
/* Draws it for the last time and gives the cursor back.  Later calls do nothing.  Returns as
 * printing does. */
STAGED_API staged_status staged_live_stop(staged_live *live);
/* Stops it, and releases it.  NULL: nothing. */
STAGED_API void staged_live_free(staged_live *live);

/* Takes all that moves off the terminal, for as long as something else writes to it (an editor, a
 * command whose output is not captured).  Calls nest. */
STAGED_API staged_status staged_console_pause(staged_console *console);
STAGED_API staged_status staged_console_resume(staged_console *console);

/* Gives the cursor back on all terminals where it is hidden, at once.  For a signal handler that
 * ends or stops the process: safe to be called there.  A display that is drawn again after that
 * begins anew, below what is there then.  staged_main sees to it for scripts. */
STAGED_API void staged_terminal_restore(void);

typedef struct staged_spinner_options {
    const char *name;  /* "dots", "line", "bouncingBar", ...; NULL: "dots" */
    const char *style; /* NULL: none; of a status line: "status.spinner" */
    double speed;      /* 0: 1; 2: twice as fast */
} staged_spinner_options;

/* A spinner and a text: a renderable that looks different each time it is drawn.  Where the output
 * takes only ASCII it is "line".
 *   format  as for staged_markup_new; "": no text
 * Returns NULL when out of memory, or no spinner of that name.
 * Source: rich.spinner.Spinner; the names and frames are those of cli-spinners. */
STAGED_API staged_renderable *staged_spinner_new(const staged_spinner_options *options,
                                                 const char *format, ...) STAGED_PRINTF(2, 3);
/* Whether there is a spinner of that name. */
STAGED_API bool staged_spinner_exists(const char *name);

/* A line with a spinner that says what goes on, and is gone when it is over. */
typedef struct staged_status_line staged_status_line;

/* Shows it.  On an output that does not move nothing is shown.
 *   console  has to outlive it
 *   options  NULL: all defaults
 *   format   as for staged_markup_new
 * Returns NULL when there is no memory, no thread, or no spinner of that name.
 * Source: rich.status.Status. */
STAGED_API staged_status_line *staged_status_line_new(staged_console *console,
                                                      const staged_spinner_options *options,
                                                      const char *format, ...) STAGED_PRINTF(3, 4);
/* Says something else; the spinner goes on. */
STAGED_API staged_status staged_status_line_update(staged_status_line *line, const char *format,
                                                   ...) STAGED_PRINTF(2, 3);
/* Takes it away.  NULL: nothing. */
STAGED_API void staged_status_line_free(staged_status_line *line);

STAGED_END_DECLS

#endif
