/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The window of a terminal: its title, and calling the operator's attention to it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "console/device/console_impl.h"
#include "console/device/restore.h"
#include "console/framework.h"

static const char *variable(const staged_console *console, const char *name)
{
    const stg_environment *environment = &console->environment;
    const char *value = environment->lookup == NULL
                            ? getenv(name)
                            : environment->lookup(environment->context, name);
    return value == NULL ? "" : value;
}

static bool begins_with_one_of(const char *text, const char *const *beginnings)
{
    for (; *beginnings != NULL; beginnings++) {
        if (strncmp(text, *beginnings, strlen(*beginnings)) == 0)
            return true;
    }
    return false;
}

/* Other terminals (the Linux console, serial lines) may show unknown sequences as text. */
bool stg_console_has_window(const staged_console *console)
{
    static const char *const with_windows[] = {
        "xterm",   "screen",    "tmux",   "rxvt",  "vte",     "gnome",
        "konsole", "alacritty", "kitty",  "foot",  "wezterm", "ghostty",
        "contour", "mintty",    "mlterm", "putty", "st-",     NULL};
    return console->detected.terminal && !console->detected.dumb && console->output.fd >= 0 &&
           isatty(console->output.fd) != 0 &&
           begins_with_one_of(variable(console, "TERM"), with_windows);
}

/* A text within a control sequence must not end it. */
static void add_plain(stg_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const unsigned char byte = (unsigned char)*text;
        if (byte >= 0x20 && byte != 0x7f)
            stg_buf_add_char(out, *text);
    }
}

static void write_and_free(staged_console *console, stg_buf *text)
{
    if (stg_buf_status(text) == STAGED_OK)
        (void)stg_console_write(console, stg_buf_text(text), text->length);
    stg_buf_free(text);
}

void stg_console_set_title(staged_console *console, const char *title)
{
    static const char keep[] = "\x1b[22;2t";
    const int fd = console->output.fd;
    stg_buf text = {0};
    /* Again after a stop, which restored the terminal's own. */
    if (!stg_restore_has_title(fd)) {
        stg_restore_title_add(fd);
        stg_buf_add_text(&text, keep);
    }
    if (!stg_restore_has_title(fd)) {
        stg_buf_free(&text);
        return;
    }
    stg_buf_add_text(&text, "\x1b]2;");
    add_plain(&text, title);
    stg_buf_add_char(&text, '\a');
    write_and_free(console, &text);
}

void stg_console_give_title_back(staged_console *console)
{
    if (stg_restore_title_remove(console->output.fd))
        (void)stg_console_write(console, stg_title_back, strlen(stg_title_back));
}

/* Elsewhere nobody would see it. */
static bool shows_notifications(const staged_console *console)
{
    static const char *const terms[] = {"xterm-kitty", "xterm-ghostty", NULL};
    static const char *const programs[] = {"iTerm.app", "WezTerm", "ghostty", NULL};
    const char *term = variable(console, "TERM");
    static const char *const within[] = {"screen", "tmux", NULL};
    return !begins_with_one_of(term, within) &&
           (begins_with_one_of(term, terms) ||
            begins_with_one_of(variable(console, "TERM_PROGRAM"), programs));
}

void stg_console_call(staged_console *console, const char *words)
{
    stg_buf text = {0};
    if (shows_notifications(console)) {
        stg_buf_add_text(&text, "\x1b]9;");
        add_plain(&text, words);
    }
    stg_buf_add_char(&text, '\a');
    write_and_free(console, &text);
}
