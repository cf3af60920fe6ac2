/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the framework (src/script) needs of consoles, markup and renderables beyond the public
 * headers.  For nobody else: as the public ones, it includes nothing of the rooms, which include
 * it.
 */
#ifndef STG_CONSOLE_FRAMEWORK_H
#define STG_CONSOLE_FRAMEWORK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/console.h>

#include "base/failure/error.h"
#include "base/text/buf.h"

/* ---- For those who write past a console, or end with it ---- */

/* What is wrong with the options it was made with, of which nothing is written then; NULL: nothing.
 */
const char *stg_console_problem(const staged_console *console);
/* Whether it writes escape codes for colours. */
bool stg_console_shows_colors(const staged_console *console);
/* Adds the code of the named style, which stands between ESC [ and m, in the console's colours or,
 * if it has none, the usual 16; nothing if it changes nothing.  Returns whether the style is known.
 */
bool stg_console_style_code(staged_console *console, const char *name, stg_buf *code);
/* Whether something could not be written, now or before, for another reason than that its reader
 * had gone. */
bool stg_console_has_lost(staged_console *console);

/* Whether what it writes goes into a pipe or a socket: to a program, neither to a person nor into a
 * file. */
bool stg_console_is_read(const staged_console *console);
/* Writes bytes as they are, in one piece, for those who read what the console writes; a recording
 * does not have them.  Returns as printing does. */
staged_status stg_console_write(staged_console *console, const char *bytes, size_t length);
/* Whether this program's error output is another pipe than the console's output.  Where both are
 * read by one program, which is where this matters, that may take note of them in any order. */
bool stg_console_errors_are_apart(const staged_console *console);

/* Whether it writes to a terminal that is known to have a window, with a title. */
bool stg_console_has_window(const staged_console *console);
/* For a console that has one: sets its title, whose control characters are left out.  It is given
 * back by stg_console_give_title_back, or by staged_terminal_restore. */
void stg_console_set_title(staged_console *console, const char *title);
/* Does nothing if it was not set. */
void stg_console_give_title_back(staged_console *console);
/* Calls for a person who has looked away: by a notification on the desktop, where the terminal is
 * known to show those, and otherwise by the bell. */
void stg_console_call(staged_console *console, const char *words);

/* ---- For one of several threads, who wants to know why its own call failed ---- */

/* As staged_console_log_renderable, and keeps why it failed where no other thread's call changes
 * it.
 *   error  all zero */
staged_status stg_console_log_reporting(staged_console *console, const staged_log_options *options,
                                        const staged_renderable *renderable, stg_error *error);

/* ---- Markup as a value ---- */

/* Bytes of a text. */
typedef struct stg_range {
    size_t start, end;
} stg_range;

/* Markup, and which parts of it are data, in rising order: those are never looked into.  All zero:
 * empty. */
typedef struct stg_formatted {
    stg_buf text;
    stg_range *data;
    size_t count, capacity;
    bool failed;
} stg_formatted;

void stg_formatted_free(stg_formatted *formatted);
/* Adds markup.  What fails for lack of memory is told at last. */
void stg_formatted_add(stg_formatted *formatted, const char *markup);
/* Adds a format, which is markup, and its values, which are data.  Returns STAGED_NO_MEMORY, also
 * of what was added before, or STAGED_BAD_USE for a conversion that is none. */
staged_status stg_formatted_add_v(stg_formatted *formatted, const char *format, va_list values)
    STAGED_PRINTF(2, 0);
/* The same with the values in an array; also returns STAGED_BAD_INPUT, as stg_format_list. */
staged_status stg_formatted_add_list(stg_formatted *formatted, const char *format,
                                     const char *const *texts, size_t count);
/* Finds the next stretch of a text that begins at `from` or behind it; false: there is none. */
typedef bool stg_find_function(const void *context, const char *text, size_t length, size_t from,
                               size_t *start, size_t *end);
/* Puts `mask` in the place of each stretch that is found in the markup or in what is seen of it,
 * also of one that several values make together, or that has tags in it.  Returns STAGED_NO_MEMORY.
 */
staged_status stg_formatted_hide(stg_formatted *formatted, stg_find_function *find,
                                 const void *context, const char *mask);
/* A renderable that shows it; it is taken over, also on failure.
 *   status   of its making
 * NULL: out of memory. */
staged_renderable *stg_markup_item_of_formatted(stg_formatted *formatted, staged_status status);
/* The words of such a renderable, markup and all.  NULL if that is NULL. */
const char *stg_markup_item_words(const staged_renderable *item);
/* Adds what is seen of it, without styles; nothing of NULL. */
void stg_markup_item_add_plain(const staged_renderable *item, stg_buf *out);

/* Whether markup without data can be read: STAGED_OK, STAGED_BAD_MARKUP with the reason in `error`,
 * or STAGED_NO_MEMORY. */
staged_status stg_markup_check(const char *text, size_t length, stg_error *error);

/* ---- Renderables ---- */

/* How far a line may reach. */
typedef enum stg_extent {
    STG_TO_WIDTH = 0, /* it is cut, or filled up, to the room that there is */
    STG_WHOLE,        /* it stays as it is: a command that may be pasted, say */
    STG_FROM_EDGE     /* the same, and nothing stands before it */
} stg_extent;

/* One drawing of a renderable whose lines its maker lays out. */
typedef struct stg_canvas {
    int width;     /* columns that there are */
    bool terminal; /* a line that is longer than `room` is broken by it */
    int room;      /* columns for a line that need not leave room for others beside it */
    bool ascii;    /* nothing but ASCII is shown */
    struct stg_drawn *drawn;
} stg_canvas;

/* Adds a line, which is copied. */
void stg_canvas_add_line(stg_canvas *canvas, const char *text, size_t length, stg_extent extent);
/* There was no memory for one. */
void stg_canvas_fail(stg_canvas *canvas);

/* Draws; and releases what the renderable is made from. */
typedef void stg_lay_out_function(const void *source, stg_canvas *canvas);
typedef void stg_release_function(void *source);

/* A renderable that is as wide as there are columns, and may have lines that are not cut.
 *   source     what it is made from; taken over, also on failure
 *   highlight  colours numbers, paths and so on, as in a log line
 * NULL: out of memory. */
staged_renderable *stg_laid_out_new(stg_lay_out_function *lay_out, stg_release_function *release,
                                    void *source, bool highlight);

/* What goes out to the left edge of the output, over what stands there in other lines, when it does
 * not fit into its place.
 *   child  taken over, also on failure
 * NULL: out of memory. */
staged_renderable *stg_edge_new(staged_renderable *child);

#endif
