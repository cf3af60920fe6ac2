/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the framework (src/script) needs of consoles, markup and renderables beyond the public
 * headers.  For nobody else.  Like the public headers it includes nothing from the rooms, which
 * include it. */
#ifndef STG_CONSOLE_FRAMEWORK_H
#define STG_CONSOLE_FRAMEWORK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/console.h>

#include "base/failure/error.h"
#include "base/text/buf.h"

/* ---- Writing past a console, and the state of its output ---- */

/* What is wrong with its options, in which case it writes nothing; NULL: nothing. */
const char *stg_console_problem(const staged_console *console);
/* Whether it writes escape codes for colours. */
bool stg_console_shows_colors(const staged_console *console);
/* Adds the code of the named style, as it stands between ESC [ and m, in the console's colours or,
 * if it has none, the usual 16; adds nothing if the style changes nothing.  Returns whether the
 * style is known. */
bool stg_console_style_code(staged_console *console, const char *name, stg_buf *code);
/* Whether a write has ever failed for another reason than that the reader had gone. */
bool stg_console_has_lost(staged_console *console);

/* Whether it writes to a pipe or a socket: to a program, rather than to a person or a file. */
bool stg_console_is_read(const staged_console *console);
/* Writes bytes as they are, in one piece, for the reader of the console's output; they are not
 * recorded.  Returns what printing returns. */
staged_status stg_console_write(staged_console *console, const char *bytes, size_t length);
/* Whether this program's error output is another pipe than the console's output.  It matters where
 * one program reads both: that program may then see them in any order. */
bool stg_console_errors_are_apart(const staged_console *console);

/* Whether it writes to a terminal known to have a window with a title. */
bool stg_console_has_window(const staged_console *console);
/* Sets the title of a console that has a window, without control characters.  Call
 * stg_console_give_title_back, or staged_terminal_restore, to restore the terminal's own. */
void stg_console_set_title(staged_console *console, const char *title);
/* Does nothing if no title was set. */
void stg_console_give_title_back(staged_console *console);
/* Calls the operator's attention: by a desktop notification where the terminal is known to show
 * those, and otherwise by the bell. */
void stg_console_call(staged_console *console, const char *words);

/* ---- For one of several threads that needs the reason why its own call failed ---- */

/* As staged_console_log_renderable, and stores why it failed where no other thread's call can
 * change it.
 *   error  all zero */
staged_status stg_console_log_reporting(staged_console *console, const staged_log_options *options,
                                        const staged_renderable *renderable, stg_error *error);

/* ---- Markup as a value ---- */

/* Bytes of a text. */
typedef struct stg_range {
    size_t start, end;
} stg_range;

/* Markup, and which parts of it are data, in rising order: data is not parsed.  All zero: empty. */
typedef struct stg_formatted {
    stg_buf text;
    stg_range *data;
    size_t count, capacity;
    bool failed;
} stg_formatted;

void stg_formatted_free(stg_formatted *formatted);
/* Adds markup.  A lack of memory is reported by a later call that returns a status. */
void stg_formatted_add(stg_formatted *formatted, const char *markup);
/* Adds a format, which is markup, and its values, which are data.  Returns STAGED_NO_MEMORY, also
 * for an earlier addition, or STAGED_BAD_USE for an invalid conversion. */
staged_status stg_formatted_add_v(stg_formatted *formatted, const char *format, va_list values)
    STAGED_PRINTF(2, 0);
/* The same with the values in an array; also returns STAGED_BAD_INPUT, as stg_format_list does. */
staged_status stg_formatted_add_list(stg_formatted *formatted, const char *format,
                                     const char *const *texts, size_t count);
/* Finds the next match in a text, beginning at `from` or behind it; false: there is none. */
typedef bool stg_find_function(const void *context, const char *text, size_t length, size_t from,
                               size_t *start, size_t *end);
/* Replaces with `mask` each match in the markup or in its visible text, even one that spans several
 * values or contains tags.  Returns STAGED_NO_MEMORY. */
staged_status stg_formatted_hide(stg_formatted *formatted, stg_find_function *find,
                                 const void *context, const char *mask);
/* A renderable that shows the markup, which is taken over, also on failure.
 *   status   of making `formatted`
 * NULL: out of memory. */
staged_renderable *stg_markup_item_of_formatted(stg_formatted *formatted, staged_status status);
/* The source of such a renderable, markup and all.  NULL if `item` is NULL. */
const char *stg_markup_item_words(const staged_renderable *item);
/* Adds its visible text, without styles; nothing if `item` is NULL. */
void stg_markup_item_add_plain(const staged_renderable *item, stg_buf *out);

/* Whether markup without data is valid: STAGED_OK, STAGED_BAD_MARKUP with the reason in `error`, or
 * STAGED_NO_MEMORY. */
staged_status stg_markup_check(const char *text, size_t length, stg_error *error);

/* ---- Renderables ---- */

/* How far a line may reach. */
typedef enum stg_extent {
    STG_TO_WIDTH = 0, /* cut, or padded, to the available width */
    STG_WHOLE,        /* kept whole, such as a command to be pasted */
    STG_FROM_EDGE     /* kept whole, and beginning at the left edge */
} stg_extent;

/* One drawing of a renderable that lays out its own lines. */
typedef struct stg_canvas {
    int width;     /* columns available */
    bool terminal; /* a terminal breaks a line longer than `room` */
    int room;      /* columns for a line with nothing beside it */
    bool ascii;    /* only ASCII is shown */
    struct stg_drawn *drawn;
} stg_canvas;

/* Adds a copy of a line. */
void stg_canvas_add_line(stg_canvas *canvas, const char *text, size_t length, stg_extent extent);
/* Notes a lack of memory. */
void stg_canvas_fail(stg_canvas *canvas);

/* Lays out the source; releases it. */
typedef void stg_lay_out_function(const void *source, stg_canvas *canvas);
typedef void stg_release_function(void *source);

/* A renderable that takes the full width, and may have lines that are not cut.
 *   source     what it is made from; taken over, also on failure
 *   highlight  colours numbers, paths and so on, as in a log line
 * NULL: out of memory. */
staged_renderable *stg_laid_out_new(stg_lay_out_function *lay_out, stg_release_function *release,
                                    void *source, bool highlight);

/* A renderable that, when it does not fit into its place, starts at the left edge of the output and
 * also takes the columns beside its place.
 *   child  taken over, also on failure
 * NULL: out of memory. */
staged_renderable *stg_edge_new(staged_renderable *child);

#endif
