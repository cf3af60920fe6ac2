/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The console: everything that a script says goes through one.  It knows what its output can show
 * (a terminal, a pipe, a file) and draws markup and renderables on it.
 *
 * A console may be used by several threads at once, but for two calls that return what the next
 * one changes: staged_console_error and staged_console_text.  Each call writes all that it has to
 * say in one piece. */
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

/* The value of an environment variable, NULL when it is not set. */
typedef const char *staged_environment_function(void *context, const char *name);

typedef struct staged_console_options {
    /* Where to write.  The first that is given counts; none: standard output. */
    FILE *file;   /* flushed before each write, so that the order is kept */
    int fd;       /* a file descriptor, from 1; stays open */
    bool to_text; /* keep it: see staged_console_text */

    staged_choice force_terminal;     /* AUTO: find out, which heeds FORCE_COLOR and others */
    staged_choice force_interactive;  /* things may move; AUTO: find out */
    staged_color_system color_system; /* AUTO: find out, which heeds TERM and COLORTERM */
    staged_choice no_color;           /* AUTO: what NO_COLOR says */
    staged_choice ascii;              /* nothing but ASCII; AUTO: what the locale says */
    int width, height;                /* columns and lines; 0: find out, each time anew */
    int tab_size;                     /* 0: 8 */
    staged_choice markup;             /* AUTO: formats are markup */
    staged_choice highlight;          /* AUTO: numbers, paths, ... are coloured */
    bool record;                      /* remember what is printed, for staged_console_export */
    bool soft_wrap;                   /* default for printing: leave wrapping to the terminal */
    staged_choice trim;               /* no line ends in blanks that nobody sees, as log lines never
                                       * do; AUTO: not what is printed, but on a script's console */
    staged_choice log_time;           /* AUTO: log lines begin with the time */
    staged_choice log_path;           /* AUTO: log lines end with file and line */
    const char *log_time_format;      /* for strftime; NULL: "[%X]" */
    const staged_clock *clock;        /* NULL: the system's */
    staged_environment_function *environment; /* NULL: the process's own */
    void *environment_context;                /* handed to `environment` */
} staged_console_options;

/* Makes a console.
 *   options  NULL: all defaults; texts in it are copied, `file` and `clock` have to outlive it
 * Returns NULL when out of memory.
 * Source of what is found out: rich.console.Console. */
STAGED_API staged_console *staged_console_new(const staged_console_options *options);
/* Releases it; what it writes to stays open.  NULL: nothing. */
STAGED_API void staged_console_free(staged_console *console);
/* Why the last call failed; "" when it did not.  Valid until the next call by any thread: only for
 * who alone uses the console. */
STAGED_API const char *staged_console_error(const staged_console *console);

/* Columns there are now. */
STAGED_API int staged_console_width(const staged_console *console);
STAGED_API int staged_console_height(const staged_console *console);
/* Whether it writes to something that understands escape codes. */
STAGED_API bool staged_console_is_terminal(const staged_console *console);
/* What was written so far to a console made with `to_text`; otherwise "".  Valid until the next
 * call by any thread. */
STAGED_API const char *staged_console_text(const staged_console *console);
/* Forgets that text. */
STAGED_API void staged_console_clear_text(staged_console *console);
/* Gives a style name a meaning on this console, or another one ("repr.number", "bold blue").
 * Returns STAGED_BAD_MARKUP when the definition cannot be read, or STAGED_NO_MEMORY. */
STAGED_API staged_status staged_console_set_style(staged_console *console, const char *name,
                                                  const char *definition);

/* All calls below return STAGED_OK, or
 *   STAGED_BAD_MARKUP  markup or a style cannot be read: nothing is written
 *   STAGED_NO_MEMORY   nothing is written
 *   STAGED_IO          writing failed.  Said once: later calls try again, and only when one of them
 *                      got through, a failure is reported again
 *   STAGED_CLOSED      the reader is gone.  Said once: later calls write nothing and return
 *                      STAGED_OK */

typedef struct staged_print_options {
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

/* Prints one text, ended with a newline.
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
/* Draws a renderable, which stays the caller's.
 *   options  NULL: all defaults */
STAGED_API staged_status staged_console_print_renderable(staged_console *console,
                                                         const staged_print_options *options,
                                                         const staged_renderable *renderable);
/* Prints a line over the whole width.
 *   title_format  as for staged_markup_new; "": no title */
STAGED_API staged_status staged_console_rule(staged_console *console,
                                             const staged_rule_options *options,
                                             const char *title_format, ...) STAGED_PRINTF(3, 4);

typedef struct staged_log_options {
    staged_location where; /* of the caller; all zero: no path is shown */
    const char *style;     /* NULL: none */
    staged_justify justify;
    staged_choice markup;    /* AUTO: as the console */
    staged_choice highlight; /* AUTO: as the console */
    const char *end;         /* NULL: a newline */
} staged_log_options;

/* Logs a line: the time (blank when it is the same as in the line before), the text, and the file
 * and line of the call. */
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
STAGED_API staged_status staged_console_log_renderable(staged_console *console,
                                                       const staged_log_options *options,
                                                       const staged_renderable *renderable);

/* Sees to it that all is written.  Consoles keep nothing back; this flushes the `file`. */
STAGED_API staged_status staged_console_flush(staged_console *console);

STAGED_END_DECLS

#endif
