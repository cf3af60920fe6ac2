/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Exports what a console printed, or another program wrote to a terminal, as plain text, HTML or a
 * picture (SVG).  A console with `record` keeps what it prints, in all colours, even if its output
 * shows none. */
#ifndef STAGED_EXPORT_H
#define STAGED_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/console.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_rgb {
    uint8_t red, green, blue;
} staged_rgb;

/* A terminal's colours: foreground and background, and those numbered 0 to 15. */
typedef struct staged_terminal_theme {
    staged_rgb background, foreground;
    staged_rgb ansi[16];
} staged_terminal_theme;

/* A theme by its name: "light" (black on white, the default for HTML), "dark" (the default for
 * SVG), "monokai", "dimmed_monokai", "night_owlish".  NULL: unknown.  Do not free it.  Source:
 * rich.terminal_theme, where the first two are called DEFAULT_TERMINAL_THEME and SVG_EXPORT_THEME.
 */
STAGED_API const staged_terminal_theme *staged_terminal_theme_find(const char *name);

typedef enum staged_export_format {
    STAGED_EXPORT_TEXT = 0, /* no styles */
    STAGED_EXPORT_ANSI,     /* with escape codes for all colours */
    STAGED_EXPORT_HTML,     /* a page */
    STAGED_EXPORT_SVG       /* a picture of a terminal's window */
} staged_export_format;

typedef struct staged_export_options {
    size_t size; /* see STAGED_OPTIONS */
    staged_export_format format;
    const staged_terminal_theme *theme; /* NULL: HTML light, SVG dark */
    const char *title;                  /* the title of the page or window; NULL: none */
    const char *id; /* SVG: the prefix of its classes; NULL: derived from the contents, so that
                       several pictures fit into one page */
    int width;      /* SVG: the window's columns; longer lines are folded; 0: the console's, or the
                       longest line's */
    bool inline_styles; /* HTML: styles in each element, not in a style sheet */
    bool keep;          /* do not clear the recording */
} staged_export_options;

/* Exports what a console recorded, and clears the recording.
 *   options  NULL: all defaults
 * Returns a text, ended with NUL, which the caller frees; NULL when out of memory.  A console that
 * does not record exports as if it had printed nothing.
 * Source: Rich's Console.export_text, export_html and export_svg. */
STAGED_API char *staged_console_export(staged_console *console,
                                       const staged_export_options *options);
/* The same, written to a file.
 *   path  created or overwritten
 * Returns STAGED_OK; STAGED_NO_MEMORY or STAGED_IO, which keep the recording. */
STAGED_API staged_status staged_console_save(staged_console *console,
                                             const staged_export_options *options,
                                             const char *path);

/* The same for a program's terminal output, read as by staged_ansi_new; STAGED_EXPORT_ANSI leaves
 * the bytes as they are.
 *   options        NULL: all defaults
 *   bytes, length  not kept */
STAGED_API char *staged_export_ansi(const staged_export_options *options, const char *bytes,
                                    size_t length);

STAGED_END_DECLS

#endif
