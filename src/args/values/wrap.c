/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/values/wrap.h"

#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"

/* A walk over a text that has only blanks as white space of ASCII.  `before` are the characters
 * behind the place, nearest first. */
typedef struct walk {
    const char *text;
    size_t length;
    size_t at;
    uint32_t before[3];
} walk;

/* A piece that is not broken unless it is longer than a line. */
typedef struct chunk {
    size_t start, end; /* in bytes */
    size_t width;      /* in columns */
} chunk;

/* The character at the place, and where the next one is; 0 at the end. */
static uint32_t peek(const walk *w, size_t at, size_t *next)
{
    if (at >= w->length) {
        *next = at;
        return 0;
    }
    uint32_t character;
    *next = at + stg_utf8_decode(w->text + at, w->length - at, &character);
    return character;
}

static void step(walk *w)
{
    size_t next;
    const uint32_t character = peek(w, w->at, &next);
    w->before[2] = w->before[1];
    w->before[1] = w->before[0];
    w->before[0] = character;
    w->at = next;
}

static bool is_letter(uint32_t character)
{
    return character != '_' ? stg_is_word(character) && stg_digit_value(character) < 0 : true;
}

static bool is_word_or_mark(uint32_t character)
{
    return stg_is_word(character) ||
           (character != 0 && character < 0x80 && strchr("!\"'&.,?", (int)character) != NULL);
}

/* How many bytes of a dash ("--" or longer, between words) begin here; 0: none. */
static size_t dash_here(const walk *w)
{
    if (w->text[w->at] != '-' || !is_word_or_mark(w->before[0]))
        return 0;
    size_t end = w->at;
    while (end < w->length && w->text[end] == '-')
        end++;
    size_t next;
    return end - w->at >= 2 && stg_is_word(peek(w, end, &next)) ? end - w->at : 0;
}

/* Whether a word may be broken after the hyphen that is here. */
static bool breaks_after_hyphen(const walk *w)
{
    const bool after_letters =
        is_letter(w->before[0]) &&
        (is_letter(w->before[1]) || (w->before[1] == '-' && is_letter(w->before[2])));
    if (!after_letters)
        return false;
    size_t next;
    if (!is_letter(peek(w, w->at + 1, &next)))
        return false;
    uint32_t character = peek(w, next, &next);
    if (character == '-')
        character = peek(w, next, &next);
    return is_letter(character);
}

static bool is_blank(const walk *w, size_t at)
{
    return at < w->length && w->text[at] == ' ';
}

static bool next_chunk(walk *w, chunk *found)
{
    if (w->at >= w->length)
        return false;
    const size_t start = w->at;
    const size_t dash = dash_here(w);
    if (is_blank(w, w->at)) {
        while (is_blank(w, w->at))
            step(w);
    } else if (dash > 0) {
        while (w->at < start + dash)
            step(w);
    } else {
        for (;;) {
            step(w);
            if (w->at >= w->length || is_blank(w, w->at) || dash_here(w) > 0)
                break;
            if (w->text[w->at] == '-' && breaks_after_hyphen(w)) {
                step(w);
                break;
            }
        }
    }
    *found = (chunk){start, w->at, stg_cells(w->text + start, w->at - start)};
    return true;
}

/* Whether there is nothing but white space of any script in it. */
static bool is_empty(const walk *w, size_t start, size_t end)
{
    const char *text = w->text + start;
    size_t length = end - start;
    stg_strip(&text, &length);
    return length == 0;
}

/* Cuts the beginning of a chunk that is longer than a line, to fill `room` columns: after its last
 * hyphen there if something else comes before it.  One character at least is cut off. */
static chunk cut(const walk *w, chunk *long_one, size_t room)
{
    chunk head = {.start = long_one->start, .end = long_one->start};
    chunk at_hyphen = head;
    bool other = false;
    while (head.end < long_one->end) {
        const stg_grapheme next = stg_grapheme_at(w->text, long_one->end, head.end);
        if (head.width + next.cells > room && head.end > head.start)
            break;
        const bool hyphen = w->text[head.end] == '-';
        head.end = next.end;
        head.width += next.cells;
        if (hyphen && other)
            at_hyphen = head;
        other = other || !hyphen;
    }
    if (at_hyphen.width > 0)
        head = at_hyphen;
    long_one->start = head.end;
    long_one->width -= head.width;
    return head;
}

/* One line: chunks lie side by side, so that a line is a stretch of the text. */
typedef struct line {
    bool empty;
    size_t start, end, width;
    chunk last;
} line;

static void append(line *l, const chunk *c)
{
    if (l->empty)
        l->start = c->start;
    l->empty = false;
    l->end = c->end;
    l->width += c->width;
    l->last = *c;
}

static void add_line(stg_buf *out, const walk *w, const line *l, size_t indent)
{
    stg_buf_add_repeated(out, ' ', indent);
    stg_buf_add(out, w->text + l->start, l->end - l->start);
    stg_buf_add_char(out, '\n');
}

static void add_lines(stg_buf *out, walk *w, size_t width, size_t first_indent, size_t indent)
{
    chunk current;
    bool more = next_chunk(w, &current);
    bool first = true;
    while (more) {
        if (!first && is_empty(w, current.start, current.end))
            more = next_chunk(w, &current);
        line l = {.empty = true};
        while (more && l.width + current.width <= width) {
            append(&l, &current);
            more = next_chunk(w, &current);
        }
        if (more && current.width > width && l.width < width) {
            const chunk head = cut(w, &current, width - l.width);
            append(&l, &head);
        }
        if (!l.empty && is_empty(w, l.last.start, l.last.end)) {
            l.empty = l.last.start == l.start;
            l.end = l.last.start;
        }
        if (!l.empty) {
            add_line(out, w, &l, first ? first_indent : indent);
            first = false;
        }
    }
}

/* White space of ASCII, each run of it as one blank, none around the text. */
static void squeeze(stg_buf *out, const char *text)
{
    static const char white[] = " \t\n\r\f\v";
    while (*text != '\0') {
        const size_t blanks = strspn(text, white);
        if (blanks > 0)
            stg_buf_add_char(out, ' ');
        text += blanks;
        const size_t others = strcspn(text, white);
        stg_buf_add(out, text, others);
        text += others;
    }
}

void stg_add_wrapped(stg_buf *out, const char *text, size_t width, size_t first_indent,
                     size_t indent)
{
    stg_buf squeezed = {0};
    squeeze(&squeezed, text);
    if (stg_buf_status(&squeezed) != STAGED_OK) {
        out->failure = squeezed.failure;
    } else {
        walk w = {.text = stg_buf_text(&squeezed), .length = squeezed.length};
        stg_strip(&w.text, &w.length);
        add_lines(out, &w, width, first_indent, indent);
    }
    stg_buf_free(&squeezed);
}

/* How many bytes of a line's end are here; 0: none. */
static size_t line_end_here(const char *text)
{
    if (text[0] == '\r' && text[1] == '\n')
        return 2;
    uint32_t character;
    const size_t used = stg_utf8_decode(text, strnlen(text, 4), &character);
    return stg_ends_line(character) ? used : 0;
}

const char *stg_next_line(const char **text, size_t *length, size_t *full_length)
{
    const char *start = *text;
    size_t at = 0;
    size_t end = 0;
    while (start[at] != '\0' && (end = line_end_here(start + at)) == 0)
        at++;
    *length = at;
    *full_length = at + end;
    *text = start + *full_length;
    return start;
}
