/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a console printed, as plain text, HTML or a picture (SVG): for reports, pages and READMEs.
 * A console made with `record` remembers what it prints, in all colours, also where its output
 * shows none; what another program wrote to a terminal can be exported as well. */
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

/* The colours that a terminal shows: its own two, and those with the numbers 0 to 15. */
typedef struct staged_terminal_theme {
    staged_rgb background, foreground;
    staged_rgb ansi[16];
} staged_terminal_theme;

/* A theme by its name: "light" (black on white, the default for HTML), "dark" (the default for
 * SVG), "monokai", "dimmed_monokai", "night_owlish".  NULL: there is none of that name.  Never to
 * be freed.  Source: rich.terminal_theme, where the first two are called DEFAULT_TERMINAL_THEME and
 * SVG_EXPORT_THEME. */
STAGED_API const staged_terminal_theme *staged_terminal_theme_find(const char *name);

typedef enum staged_export_format {
    STAGED_EXPORT_TEXT = 0, /* no styles */
    STAGED_EXPORT_ANSI,     /* with escape codes, as a terminal with all colours gets it */
    STAGED_EXPORT_HTML,     /* a page */
    STAGED_EXPORT_SVG       /* a picture of a terminal's window */
} staged_export_format;

typedef struct staged_export_options {
    staged_export_format format;
    const staged_terminal_theme *theme; /* NULL: HTML light, SVG dark */
    const char *title;                  /* of the page or the window; NULL: none */
    const char *id;     /* SVG: what its classes begin with; NULL: made of its contents, so that
                           several pictures can stand in one page */
    int width;          /* SVG: columns of the window, where longer lines are folded; 0: as many as
                           the console has, or the longest line */
    bool inline_styles; /* HTML: styles in each element, not in a style sheet */
    bool keep;          /* do not forget what was recorded */
} staged_export_options;

/* What a console has recorded, which it then forgets.
 *   options  NULL: all defaults
 * Returns a text, ended with NUL, which the caller frees; NULL when out of memory.  Of a
 * console that does not record: as if it had printed nothing.
 * Source: Rich's Console.export_text, export_html and export_svg. */
STAGED_API char *staged_console_export(staged_console *console,
                                       const staged_export_options *options);
/* The same, written to a file.
 *   path  made, or overwritten
 * Returns STAGED_NO_MEMORY, or STAGED_IO, and then the recording is kept. */
STAGED_API staged_status staged_console_save(staged_console *console,
                                             const staged_export_options *options,
                                             const char *path);

/* The same for what a program wrote to a terminal, read as by staged_ansi_new; as
 * STAGED_EXPORT_ANSI the bytes stay as they are.
 *   options        NULL: all defaults
 *   bytes, length  not kept */
STAGED_API char *staged_export_ansi(const staged_export_options *options, const char *bytes,
                                    size_t length);

STAGED_END_DECLS

#endif
