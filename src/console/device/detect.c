/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/device/detect.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80
#define DEFAULT_HEIGHT 25
/* Larger than any window; keeps a mistaken COLUMNS from asking for gigabytes. */
#define LARGEST_SIZE 1000000

static const char *variable(const stg_environment *environment, const char *name)
{
    if (environment == NULL || environment->lookup == NULL)
        return getenv(name);
    return environment->lookup(environment->context, name);
}

static const char *variable_or_empty(const stg_environment *environment, const char *name)
{
    const char *value = variable(environment, name);
    return value == NULL ? "" : value;
}

static bool is_terminal(int fd, const stg_environment *environment, staged_choice force)
{
    if (force != STAGED_AUTO)
        return force == STAGED_YES;
    const char *compatible = variable_or_empty(environment, "TTY_COMPATIBLE");
    if (strcmp(compatible, "0") == 0)
        return false;
    if (strcmp(compatible, "1") == 0)
        return true;
    const char *force_color = variable(environment, "FORCE_COLOR");
    if (force_color != NULL)
        return *force_color != '\0';
    return fd >= 0 && isatty(fd);
}

static bool is_dumb(const stg_environment *environment)
{
    const char *term = variable_or_empty(environment, "TERM");
    return strcasecmp(term, "dumb") == 0 || strcasecmp(term, "unknown") == 0;
}

static bool is_interactive(const stg_environment *environment, bool by_itself, staged_choice force)
{
    if (force != STAGED_AUTO)
        return force == STAGED_YES;
    const char *wish = variable_or_empty(environment, "TTY_INTERACTIVE");
    if (strcmp(wish, "0") == 0)
        return false;
    return strcmp(wish, "1") == 0 || by_itself;
}

static const char blanks[] = " \t\n\v\f\r";

/* Whether `text` is `word`, ignoring case and blanks around it. */
static bool is_word(const char *text, const char *word)
{
    const size_t length = strlen(word);
    text += strspn(text, blanks);
    return strncasecmp(text, word, length) == 0 &&
           text[length + strspn(text + length, blanks)] == '\0';
}

static stg_color_system terminal_colors(const stg_environment *environment)
{
    const char *colorterm = variable_or_empty(environment, "COLORTERM");
    if (is_word(colorterm, "truecolor") || is_word(colorterm, "24bit"))
        return STG_COLORS_TRUE;
    const char *term = variable_or_empty(environment, "TERM");
    const char *hyphen = strrchr(term, '-');
    /* Blanks may surround the whole name, but not follow the hyphen. */
    const char *last = hyphen == NULL ? term : hyphen + 1;
    if (hyphen != NULL && strspn(last, blanks) > 0)
        return STG_COLORS_STANDARD;
    return is_word(last, "256color") || is_word(last, "kitty") ? STG_COLORS_256
                                                               : STG_COLORS_STANDARD;
}

/* Whether the locale's name ends with an encoding that is UTF-8 ("de_DE.UTF-8", "C.utf8@x"). */
static bool is_utf8(const stg_environment *environment)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = "";
    for (size_t i = 0; i < sizeof names / sizeof *names && *locale == '\0'; i++)
        locale = variable_or_empty(environment, names[i]);
    const char *point = strchr(locale, '.');
    const char *encoding = point == NULL ? locale : point + 1;
    const size_t length = strcspn(encoding, "@");
    return (length == 5 && strncasecmp(encoding, "UTF-8", 5) == 0) ||
           (length == 4 && strncasecmp(encoding, "UTF8", 4) == 0);
}

stg_detected stg_detect(int fd, const stg_environment *environment,
                        const stg_detect_options *options)
{
    static const stg_detect_options nothing = {0};
    const stg_detect_options *given = options == NULL ? &nothing : options;
    stg_detected found = {.utf8 = is_utf8(environment)};
    found.terminal = is_terminal(fd, environment, given->force_terminal);
    found.dumb = found.terminal && is_dumb(environment);
    found.interactive =
        is_interactive(environment, found.terminal && !found.dumb, given->force_interactive);
    found.no_color = *variable_or_empty(environment, "NO_COLOR") != '\0';
    if (found.terminal && !found.dumb)
        found.colors = terminal_colors(environment);
    return found;
}

/* The number in a variable; 0 if it holds none. */
static int size_variable(const stg_environment *environment, const char *name)
{
    int size = 0;
    for (const char *c = variable_or_empty(environment, name); *c != '\0'; c++) {
        if (*c < '0' || *c > '9')
            return 0;
        size = size * 10 + (*c - '0');
        if (size > LARGEST_SIZE)
            size = LARGEST_SIZE;
    }
    return size;
}

static void window_size(int fd, int *width, int *height)
{
    const int candidates[] = {fd, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    struct winsize window;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        if (candidates[i] >= 0 && ioctl(candidates[i], TIOCGWINSZ, &window) == 0) {
            *width = window.ws_col;
            *height = window.ws_row;
            return;
        }
    }
}

static int first_of(int a, int b, int c, int d)
{
    return a > 0 ? a : b > 0 ? b : c > 0 ? c : d;
}

void stg_detect_size(int fd, const stg_environment *environment, const stg_detect_options *options,
                     int *width, int *height)
{
    static const stg_detect_options nothing = {0};
    const stg_detect_options *given = options == NULL ? &nothing : options;
    int columns = size_variable(environment, "COLUMNS");
    int lines = size_variable(environment, "LINES");
    int window_columns = 0;
    int window_lines = 0;
    const bool has_both = (given->width > 0 || columns > 0) && (given->height > 0 || lines > 0);
    if (!has_both) {
        if (is_dumb(environment) && is_terminal(fd, environment, given->force_terminal)) {
            columns = 0;
            lines = 0;
        } else {
            window_size(fd, &window_columns, &window_lines);
        }
    }
    *width = first_of(given->width, columns, window_columns, DEFAULT_WIDTH);
    *height = first_of(given->height, lines, window_lines, DEFAULT_HEIGHT);
}
