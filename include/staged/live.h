/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Live displays: a renderable that is redrawn in place, at the bottom of the terminal, while
 * printed and logged lines appear above it; and a line with a spinner.
 *
 * A thread refreshes the display, and the cursor is hidden.  When the display is freed, its last
 * state stays (or is removed), and the cursor reappears; it also does when the process calls exit()
 * or staged_terminal_restore().  Where the cursor cannot move, as in a file, the last state is
 * printed once, at the end.
 *
 * A console can show several, stacked in the order of creation. */
#ifndef STAGED_LIVE_H
#define STAGED_LIVE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/console.h>
#include <staged/renderable.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_live staged_live;

/* What happens to a display taller than the terminal.  At the end all its lines are drawn. */
typedef enum staged_live_overflow {
    STAGED_LIVE_ELLIPSIS = 0, /* "..." in place of the last line that fits */
    STAGED_LIVE_CROP
} staged_live_overflow;

typedef struct staged_live_options {
    size_t size;               /* see STAGED_OPTIONS */
    double refresh_per_second; /* 0: 4; negative: only on request */
    bool transient;            /* remove it at the end */
    staged_live_overflow overflow;
} staged_live_options;

/* Shows a renderable.
 *   console     must outlive it
 *   options     NULL: all defaults
 *   renderable  taken over, even on failure
 * Returns NULL when out of memory or threads.
 * Source: rich.live.Live. */
STAGED_API staged_live *staged_live_new(staged_console *console, const staged_live_options *options,
                                        staged_renderable *renderable);
/* Shows another renderable in its place, from the next refresh on.
 *   renderable  taken over, even on failure */
STAGED_API staged_status staged_live_update_take(staged_live *live, staged_renderable *renderable);
/* Redraws it now.  Returns as printing does; the console has the message. */
STAGED_API staged_status staged_live_refresh(staged_live *live);
/* Draws it a last time and shows the cursor.  Later calls do nothing.  Returns as printing does. */
STAGED_API staged_status staged_live_stop(staged_live *live);
/* Stops and frees it.  Takes NULL. */
STAGED_API void staged_live_free(staged_live *live);

/* Removes all displays from the terminal while something else writes to it (an editor, a command
 * whose output is not captured).  Calls nest. */
STAGED_API staged_status staged_console_pause(staged_console *console);
STAGED_API staged_status staged_console_resume(staged_console *console);

/* Shows the cursor at once on all terminals where it is hidden, and gives those their title back
 * where it was a script's.  Async-signal-safe, for a handler that ends or stops the process.  A
 * display that is redrawn afterwards starts anew below. staged_main takes care of this for scripts.
 */
STAGED_API void staged_terminal_restore(void);

typedef struct staged_spinner_options {
    size_t size;       /* see STAGED_OPTIONS */
    const char *name;  /* "dots", "line", "bouncingBar", ...; NULL: "dots" */
    const char *style; /* NULL: none; of a status line: "status.spinner" */
    double speed;      /* 0: 1; 2: twice as fast */
} staged_spinner_options;

/* A spinner and a text: a renderable that advances with time.  On an output limited to ASCII it is
 * "line".
 *   format  as for staged_markup_new; "": no text
 * Returns NULL when out of memory or for an unknown name.
 * Source: rich.spinner.Spinner; the names and frames are those of cli-spinners. */
STAGED_API staged_renderable *staged_spinner_new(const staged_spinner_options *options,
                                                 const char *format, ...) STAGED_PRINTF(2, 3);
STAGED_API staged_renderable *staged_spinner_new_v(const staged_spinner_options *options,
                                                   const char *format, va_list values)
    STAGED_PRINTF(2, 0);
STAGED_API staged_renderable *staged_spinner_new_text(const staged_spinner_options *options,
                                                      const char *text);
/* Whether there is a spinner of that name. */
STAGED_API bool staged_spinner_exists(const char *name);

/* A line with a spinner and a text, which disappears at the end. */
typedef struct staged_status_line staged_status_line;

/* Shows it.  Without animation nothing is shown.
 *   console  must outlive it
 *   options  NULL: all defaults
 *   format   as for staged_markup_new
 * Returns NULL when out of memory or threads, or for an unknown spinner.
 * Source: rich.status.Status. */
STAGED_API staged_status_line *staged_status_line_new(staged_console *console,
                                                      const staged_spinner_options *options,
                                                      const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_status_line *staged_status_line_new_v(staged_console *console,
                                                        const staged_spinner_options *options,
                                                        const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API staged_status_line *staged_status_line_new_text(staged_console *console,
                                                           const staged_spinner_options *options,
                                                           const char *text);
/* Changes the text; the spinner continues. */
STAGED_API staged_status staged_status_line_update(staged_status_line *line, const char *format,
                                                   ...) STAGED_PRINTF(2, 3);
STAGED_API staged_status staged_status_line_update_v(staged_status_line *line, const char *format,
                                                     va_list values) STAGED_PRINTF(2, 0);
STAGED_API staged_status staged_status_line_update_text(staged_status_line *line, const char *text);
/* Removes and frees it.  Takes NULL. */
STAGED_API void staged_status_line_free(staged_status_line *line);

STAGED_END_DECLS

#endif
