/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The console: a script prints everything through one.  It knows what its output can show (a
 * terminal, a pipe, a file) and draws markup and renderables on it.
 *
 * Several threads can use a console at once, except for staged_console_error and
 * staged_console_text, whose results the next call changes.  Each call writes its output in one
 * piece. */
#ifndef STAGED_CONSOLE_H
#define STAGED_CONSOLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <staged/choice.h>
#include <staged/clock.h>
#include <staged/location.h>
#include <staged/renderable.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_console staged_console;

/* The colours that an output can show. */
typedef enum staged_color_system {
    STAGED_COLOR_SYSTEM_AUTO = 0, /* find out */
    STAGED_COLOR_SYSTEM_NONE,     /* no escape codes at all */
    STAGED_COLOR_SYSTEM_STANDARD, /* 16 */
    STAGED_COLOR_SYSTEM_256,
    STAGED_COLOR_SYSTEM_TRUECOLOR
} staged_color_system;

/* The value of an environment variable; NULL if it is not set. */
typedef const char *staged_environment_function(void *context, const char *name);

typedef struct staged_console_options {
    size_t size; /* see STAGED_OPTIONS */
    /* Where to write: the first of these that is set; none: standard output. */
    FILE *file;   /* flushed before each write, to keep the order */
    int fd;       /* a file descriptor, from 1; stays open */
    bool to_text; /* keeps it: see staged_console_text */

    staged_choice force_terminal;     /* AUTO: detect, by FORCE_COLOR and others */
    staged_choice force_interactive;  /* animation; AUTO: detect */
    staged_color_system color_system; /* AUTO: detect, by TERM and COLORTERM */
    staged_choice no_color;           /* AUTO: by NO_COLOR */
    staged_choice ascii;              /* only ASCII; AUTO: by the locale */
    int width, height;                /* columns and lines; 0: detect, each time anew */
    int tab_size;                     /* 0: 8 */
    staged_choice markup;             /* AUTO: formats are markup */
    staged_choice highlight;          /* AUTO: highlight numbers, paths, ... */
    bool record;                      /* keep what is printed, for staged_console_export */
    bool soft_wrap;                   /* default for printing: leave wrapping to the terminal */
    staged_choice trim; /* no trailing blanks, unless visible; log lines never have any; AUTO: yes
                           on a script's console, otherwise no */
    staged_choice log_time;                   /* AUTO: log lines begin with the time */
    staged_choice log_path;                   /* AUTO: log lines end with file and line */
    const char *log_time_format;              /* for strftime; NULL: "[%X]" */
    const staged_clock *clock;                /* NULL: the system's */
    staged_environment_function *environment; /* NULL: the process's own */
    void *environment_context;                /* passed to `environment` */
    const char *const *highlights; /* as for staged_console_add_highlight: patterns, each followed
                                      by its style, as in STAGED_TEXTS("ERROR", "bold red") */
} staged_console_options;

/* Creates a console.
 *   options  NULL: all defaults; texts are copied; `file` and `clock` must outlive the console
 * Returns NULL when out of memory. Source of the detection: rich.console.Console. */
STAGED_API staged_console *staged_console_new(const staged_console_options *options);
/* Frees it; its output stays open.  Takes NULL. */
STAGED_API void staged_console_free(staged_console *console);
/* Why the last call failed; "" if it did not.  Valid until the next call by any thread: only for a
 * console used by a single thread. */
STAGED_API const char *staged_console_error(const staged_console *console);

/* The current size in columns and lines. */
STAGED_API int staged_console_width(const staged_console *console);
STAGED_API int staged_console_height(const staged_console *console);
/* Whether its output understands escape codes. */
STAGED_API bool staged_console_is_terminal(const staged_console *console);
/* The output so far of a console with `to_text`; otherwise "".  Valid until the next call by any
 * thread. */
STAGED_API const char *staged_console_text(const staged_console *console);
/* Forgets that text. */
STAGED_API void staged_console_clear_text(staged_console *console);
/* Defines or redefines a named style on this console ("repr.number", "bold blue").  Returns
 * STAGED_BAD_MARKUP for an invalid definition, or STAGED_NO_MEMORY. */
STAGED_API staged_status staged_console_set_style(staged_console *console, const char *name,
                                                  const char *definition);
/* Shows what a pattern finds in a style, wherever a text is shown from now on: values of log lines,
 * captured output (staged_text_new, staged_ansi_new), JSON, diffs.  Later patterns go over earlier
 * ones, and all of them over other styles.  Without colours nothing is looked for.
 *   pattern  a POSIX extended regular expression for a part of a line; a single word ("ERROR")
 *            matches whole words only.  A line is searched in pieces of 4096 bytes
 *   style    a name or definition, as for staged_console_set_style
 * Returns STAGED_BAD_MARKUP for an invalid pattern or style, or STAGED_NO_MEMORY. */
STAGED_API staged_status staged_console_add_highlight(staged_console *console, const char *pattern,
                                                      const char *style);

/* All calls below return STAGED_OK, or
 *   STAGED_BAD_MARKUP  invalid markup or style: nothing is written
 *   STAGED_NO_MEMORY   nothing is written
 *   STAGED_IO          writing failed.  Reported once: later calls try again, and once one
 *                      succeeds, the next failure is reported again
 *   STAGED_CLOSED      the reader is gone.  Reported once: later calls write nothing and return
 *                      STAGED_OK */

typedef struct staged_print_options {
    size_t size;       /* see STAGED_OPTIONS */
    const char *style; /* NULL: none */
    staged_justify justify;
    staged_overflow overflow;
    staged_choice no_wrap;   /* AUTO: wrap */
    staged_choice markup;    /* AUTO: as the console */
    staged_choice highlight; /* AUTO: as the console */
    staged_choice soft_wrap; /* AUTO: as the console */
    int width;               /* 0: the console's */
    const char *end;         /* NULL: a newline */
} staged_print_options;

/* Prints a text and a newline.
 *   format  markup, as for staged_markup_new; the values are data */
STAGED_API staged_status staged_console_print(staged_console *console, const char *format, ...)
    STAGED_PRINTF(2, 3);
/* The same with options. */
STAGED_API staged_status staged_console_print_with(staged_console *console,
                                                   const staged_print_options *options,
                                                   const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_status staged_console_print_v(staged_console *console,
                                                const staged_print_options *options,
                                                const char *format, va_list values)
    STAGED_PRINTF(3, 0);
/* Prints a text as it is: no markup, no highlighting. */
STAGED_API staged_status staged_console_print_text(staged_console *console,
                                                   const staged_print_options *options,
                                                   const char *text);
/* Draws a renderable, which the caller keeps.
 *   options  NULL: all defaults */
STAGED_API staged_status staged_console_print_renderable(staged_console *console,
                                                         const staged_print_options *options,
                                                         const staged_renderable *renderable);
/* Prints a rule over the whole width.
 *   title_format  as for staged_markup_new; "": no title */
STAGED_API staged_status staged_console_rule(staged_console *console,
                                             const staged_rule_options *options,
                                             const char *title_format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_status staged_console_rule_v(staged_console *console,
                                               const staged_rule_options *options,
                                               const char *title_format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API staged_status staged_console_rule_text(staged_console *console,
                                                  const staged_rule_options *options,
                                                  const char *title);

typedef struct staged_log_options {
    size_t size;           /* see STAGED_OPTIONS */
    staged_location where; /* the call's place; all zero: no path is shown */
    const char *style;     /* NULL: none */
    staged_justify justify;
    staged_choice markup;    /* AUTO: as the console */
    staged_choice highlight; /* AUTO: as the console */
    const char *end;         /* NULL: a newline */
} staged_log_options;

/* Logs a line: the time (blank if it is the same as in the line above), the text, and the file and
 * line of the call. */
#define staged_console_log(console, ...) staged_console_log_at(console, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_console_log_at(staged_console *console,
                                               const staged_location *where, const char *format,
                                               ...) STAGED_PRINTF(3, 4);
/* The same with options. */
STAGED_API staged_status staged_console_log_with(staged_console *console,
                                                 const staged_log_options *options,
                                                 const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_status staged_console_log_v(staged_console *console,
                                              const staged_log_options *options, const char *format,
                                              va_list values) STAGED_PRINTF(3, 0);
/* Logs a text as it is: no markup, no highlighting unless the options say so. */
STAGED_API staged_status staged_console_log_text(staged_console *console,
                                                 const staged_log_options *options,
                                                 const char *text);
/* Logs anything that can be drawn, which stays the caller's. */
STAGED_API staged_status staged_console_log_renderable(staged_console *console,
                                                       const staged_log_options *options,
                                                       const staged_renderable *renderable);

/* Flushes the `file`.  The console itself buffers nothing. */
STAGED_API staged_status staged_console_flush(staged_console *console);

STAGED_END_DECLS

#endif
