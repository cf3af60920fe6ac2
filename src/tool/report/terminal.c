/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/report/terminal.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tool/report/escape.h"

/* A colour: none, one of 256, or one with RGB. */
enum { NO_COLOUR = -1, IS_RGB = 1 << 24, NAMED = 16, ESCAPE = 0x1b, BELL = 7 };

typedef struct style {
    int32_t ink, paper;
    bool bold, italic, underline, strike, reverse;
} style;

static const style plain = {.ink = NO_COLOUR, .paper = NO_COLOUR};

typedef struct screen {
    sh_text *out;
    style now;   /* as the output says */
    style shown; /* of the span that is open */
    tool_terminal_form form;
    bool is_open;
} screen;

/* ---- Colours ---- */

/* The RGB of one of the colours from 16 on: a cube of 6 steps, then 24 greys. */
static int32_t rgb_of(int32_t colour)
{
    static const int32_t steps[] = {0, 95, 135, 175, 215, 255};
    if (colour & IS_RGB)
        return colour & 0xffffff;
    if (colour >= 232)
        return (8 + 10 * (colour - 232)) * 0x010101;
    const int32_t at = colour - NAMED;
    return steps[at / 36] << 16 | steps[at / 6 % 6] << 8 | steps[at % 6];
}

/* How bright a colour is, from 0 to 1000: with the square in place of the power 2.4, which is a
 * little more for dark ones. */
static int32_t brightness(int32_t rgb)
{
    const int32_t red = rgb >> 16 & 0xff, green = rgb >> 8 & 0xff, blue = rgb & 0xff;
    return (213 * red * red + 715 * green * green + 72 * blue * blue) / 65025;
}

/* Ink that can be read on the page's dark paper: mixed with white until it is. */
static int32_t readable(int32_t rgb)
{
    enum { ENOUGH = 260 };
    while (brightness(rgb) < ENOUGH) {
        int32_t lighter = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            const int32_t part = rgb >> shift & 0xff;
            lighter |= (part + (255 - part) / 8 + 1) << shift;
        }
        rgb = lighter;
    }
    return rgb;
}

static void add_colours(sh_text *classes, sh_text *styles, style s)
{
    int32_t ink = s.reverse ? s.paper : s.ink;
    int32_t paper = s.reverse ? s.ink : s.paper;
    if (s.reverse && paper == NO_COLOUR)
        paper = 7;
    /* Paper comes with ink that can be read on it. */
    if (paper != NO_COLOUR && paper < NAMED)
        sh_text_addf(classes, " p%d", (int)paper);
    else if (paper != NO_COLOUR)
        sh_text_addf(styles, "background:#%06x;color:#%s", (unsigned)rgb_of(paper),
                     brightness(rgb_of(paper)) > 200 ? "000" : "fff");
    else if (ink != NO_COLOUR && ink < NAMED)
        sh_text_addf(classes, " i%d", (int)ink);
    else if (ink != NO_COLOUR)
        sh_text_addf(styles, "color:#%06x", (unsigned)readable(rgb_of(ink)));
}

/* ---- Spans ---- */

static bool is_same(const style *a, const style *b)
{
    return a->ink == b->ink && a->paper == b->paper && a->bold == b->bold &&
           a->italic == b->italic && a->underline == b->underline && a->strike == b->strike &&
           a->reverse == b->reverse;
}

static void close_span(screen *s)
{
    if (s->is_open)
        sh_text_addf(s->out, "</span>");
    s->is_open = false;
}

static void open_span(screen *s)
{
    sh_text classes = {0};
    sh_text styles = {0};
    const style *now = &s->now;
    add_colours(&classes, &styles, *now);
    sh_text_addf(&classes, "%s%s%s%s", now->bold ? " bold" : "", now->italic ? " italic" : "",
                 now->underline ? " under" : "", now->strike ? " strike" : "");
    sh_text_addf(s->out, "<span");
    if (classes.length > 0)
        sh_text_addf(s->out, " class=\"%s\"", sh_text_of(&classes) + 1);
    if (styles.length > 0)
        sh_text_addf(s->out, " style=\"%s\"", sh_text_of(&styles));
    sh_text_addf(s->out, ">");
    sh_text_free(&classes);
    sh_text_free(&styles);
    s->is_open = true;
    s->shown = *now;
}

static void add_text(screen *s, const char *text, size_t length)
{
    if (length == 0)
        return;
    const bool has_colours = s->form == TOOL_TERMINAL_COLOURS;
    if (has_colours && s->is_open && !is_same(&s->shown, &s->now))
        close_span(s);
    if (has_colours && !s->is_open && !is_same(&plain, &s->now))
        open_span(s);
    if (s->form == TOOL_TERMINAL_TEXT)
        tool_escape_controls(s->out, text, length);
    else
        tool_escape(s->out, text, length);
}

/* ---- Sequences ---- */

/* Reads the colour behind a 38 or 48.  Returns how many numbers it has. */
static size_t read_colour(const int32_t *numbers, size_t count, int32_t *colour)
{
    if (count >= 2 && numbers[0] == 5) {
        if (numbers[1] >= 0 && numbers[1] <= 255)
            *colour = numbers[1];
        return 2;
    }
    if (count >= 4 && numbers[0] == 2) {
        *colour =
            IS_RGB | (numbers[1] & 0xff) << 16 | (numbers[2] & 0xff) << 8 | (numbers[3] & 0xff);
        return 4;
    }
    return count;
}

static void set_flag(style *s, int32_t number)
{
    const bool on = number < 20;
    switch (on ? number : number - 20) {
    case 1:
        s->bold = on;
        break;
    case 2: /* 22 ends bold; faint text would be hard to read */
        s->bold = on && s->bold;
        break;
    case 3:
        s->italic = on;
        break;
    case 4:
        s->underline = on;
        break;
    case 7:
        s->reverse = on;
        break;
    case 9:
        s->strike = on;
        break;
    default:
        break;
    }
}

static void set_style(style *s, const int32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int32_t number = numbers[i];
        if (number == 0)
            *s = plain;
        else if (number < 30)
            set_flag(s, number);
        else if (number == 38)
            i += read_colour(numbers + i + 1, count - i - 1, &s->ink);
        else if (number == 48)
            i += read_colour(numbers + i + 1, count - i - 1, &s->paper);
        else if (number == 39)
            s->ink = NO_COLOUR;
        else if (number == 49)
            s->paper = NO_COLOUR;
        else if (number < 38)
            s->ink = number - 30;
        else if (number >= 40 && number < 48)
            s->paper = number - 40;
        else if (number >= 90 && number < 98)
            s->ink = number - 90 + 8;
        else if (number >= 100 && number < 108)
            s->paper = number - 100 + 8;
    }
}

/* Reads the numbers between `ESC [` and `m`. */
static void take_style(style *s, const char *at, const char *end)
{
    enum { MOST = 32, LARGEST = 0xffff };
    int32_t numbers[MOST] = {0};
    size_t count = 1;
    for (; at < end; at++) {
        int32_t *number = &numbers[count - 1];
        if (*at >= '0' && *at <= '9' && *number < LARGEST)
            *number = *number * 10 + (*at - '0');
        else if ((*at == ';' || *at == ':') && count < MOST)
            count++;
    }
    set_style(s, numbers, count);
}

/* The end of a text that a terminal would not show, which BEL or `ESC \` ends. */
static const char *string_end(const char *at, const char *end)
{
    for (; at < end; at++) {
        if (*at == BELL)
            return at + 1;
        if (*at == ESCAPE && end - at > 1 && at[1] == '\\')
            return at + 2;
    }
    return end;
}

/* Takes a sequence.  Returns where it ends. */
static const char *take_sequence(screen *s, const char *at, const char *end)
{
    const char *start = ++at;
    if (at == end)
        return end;
    if (*at == ']' || *at == 'P' || *at == 'X' || *at == '^' || *at == '_')
        return string_end(at, end);
    if (*at == '[') {
        at++;
        while (at < end && *at >= 0x20 && *at < 0x40)
            at++;
        if (at < end && *at == 'm' && start[1] != '?' && start[1] != '>')
            take_style(&s->now, start + 1, at);
    } else {
        while (at < end && *at >= 0x20 && *at < 0x30)
            at++;
    }
    return at < end ? at + 1 : end;
}

/* ---- Lines ---- */

/* Where a line is written over for the last time. */
static const char *last_return(const char *at, const char *end)
{
    while (end > at && end[-1] == '\r')
        end--;
    for (const char *back = end; back > at; back--) {
        if (back[-1] == '\r')
            return back;
    }
    return at;
}

/* Adds a line without its end.
 *   shown  what stands before it is written over */
static void add_line(screen *s, const char *at, const char *end, const char *shown)
{
    while (at < end) {
        const char *stop = at;
        while (stop < end && *stop != ESCAPE && *stop != '\b' && *stop != '\r' && *stop != BELL)
            stop++;
        const bool is_erased = stop < end && *stop == '\b' && stop > at;
        if (at >= shown)
            add_text(s, at, (size_t)(stop - at) - is_erased);
        else if (stop > shown)
            add_text(s, shown, (size_t)(stop - shown));
        at = stop == end ? end : *stop == ESCAPE ? take_sequence(s, stop, end) : stop + 1;
    }
}

void tool_terminal_add(sh_text *out, const char *bytes, size_t length, tool_terminal_form form)
{
    screen s = {.out = out, .now = plain, .shown = plain, .form = form};
    const char *end = bytes + length;
    while (bytes < end) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        const char *stop = newline == NULL ? end : newline;
        add_line(&s, bytes, stop, last_return(bytes, stop));
        if (newline != NULL)
            sh_text_add(out, "\n", 1);
        bytes = newline == NULL ? end : newline + 1;
    }
    close_span(&s);
}
