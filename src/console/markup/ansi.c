/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/ansi.h"

#include <string.h>

#include "console/markup/ansi_style.h"
#include "console/text/chars.h"

enum {
    BEL = 0x07,
    SHIFT_OUT = 0x0E,
    SHIFT_IN = 0x0F,
    CANCEL = 0x18,
    SUBSTITUTE = 0x1A,
    ESC = 0x1B,
    DELETE = 0x7F,
};

static bool is_between(char c, char first, char last)
{
    return c >= first && c <= last;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20;
}

/* ---- text ---- */

/* Writes bytes of any kind but newlines. */
static void write_text(stg_ansi *ansi, const char *text, size_t length)
{
    bool plain;
    stg_buf_clear(&ansi->clean);
    char *out = stg_buf_reserve(&ansi->clean, length * STG_CHARS_CLEAN_MAX);
    if (out == NULL) {
        ansi->failed = true;
        return;
    }
    stg_ansi_line_write(&ansi->line, out, stg_chars_clean(text, length, out, &plain));
}

/* Writes what comes before the next control. */
static void read_text(stg_ansi *ansi)
{
    const size_t start = ansi->position;
    while (ansi->position < ansi->length && !is_control(ansi->text[ansi->position]))
        ansi->position++;
    write_text(ansi, ansi->text + start, ansi->position - start);
}

/* Obeys a control character.  Returns false if terminals ignore it. */
static bool obey(stg_ansi *ansi, char c)
{
    switch (c) {
    case '\r':
        stg_ansi_line_return(&ansi->line);
        return true;
    case '\b':
        stg_ansi_line_go_left(&ansi->line, 1);
        return true;
    case '\t':
        stg_ansi_line_tab(&ansi->line);
        return true;
    case BEL:
    case '\v':
    case '\f':
    case SHIFT_OUT:
    case SHIFT_IN:
        return true;
    default:
        return false;
    }
}

/* Controls that do nothing are made visible, so that they are not overlooked. */
static void read_control(stg_ansi *ansi)
{
    const char c = ansi->text[ansi->position++];
    if (obey(ansi, c))
        return;
    const char picture[] = {'\xE2', '\x90', (char)(0x80 + c), '\0'};
    stg_ansi_line_write(&ansi->line, picture, 3);
}

/* ---- control sequences ---- */

static void end_parameter(stg_ansi_sequence *sequence)
{
    if (sequence->is_number && sequence->count < STG_ANSI_PARAMETERS)
        sequence->parameters[sequence->count++] = sequence->value;
    sequence->is_number = true;
    sequence->value = 0;
}

static void add_to_parameter(stg_ansi_sequence *sequence, char c)
{
    if (c == ';') {
        end_parameter(sequence);
    } else if (c == ':') {
        sequence->is_number = false;
    } else {
        sequence->value = sequence->value * 10 + (unsigned)(c - '0');
        sequence->value = sequence->value > 255 ? 255 : sequence->value;
    }
}

static void erase(stg_ansi_line *line, unsigned what)
{
    if (what == 0)
        stg_ansi_line_erase_right(line);
    else if (what == 1)
        stg_ansi_line_erase_left(line);
    else if (what == 2)
        stg_ansi_line_erase_all(line);
}

static void apply_sequence(stg_ansi *ansi, char letter)
{
    stg_ansi_sequence *sequence = &ansi->sequence;
    end_parameter(sequence);
    const unsigned first = sequence->count == 0 ? 0 : sequence->parameters[0];
    const unsigned distance = first == 0 ? 1 : first;
    switch (letter) {
    case 'm':
        stg_ansi_apply_codes(&ansi->style, sequence->parameters, sequence->count);
        break;
    case 'C':
    case 'a':
        stg_ansi_line_go_right(&ansi->line, distance);
        break;
    case 'D':
        stg_ansi_line_go_left(&ansi->line, distance);
        break;
    case 'G':
    case '`':
        stg_ansi_line_go_to(&ansi->line, distance - 1);
        break;
    case 'J': /* erasing a screen keeps the lines written before */
        if (first == 0)
            stg_ansi_line_erase_right(&ansi->line);
        break;
    case 'K':
        erase(&ansi->line, first);
        break;
    case 'X':
        stg_ansi_line_blank(&ansi->line, distance);
        break;
    case 's':
        stg_ansi_line_save(&ansi->line);
        break;
    case 'u':
        stg_ansi_line_restore(&ansi->line);
        break;
    default:
        break;
    }
}

/* Reads the next byte of a control sequence.  A byte that cannot be part of one ends it, and is
 * read as ordinary input. */
static void read_sequence(stg_ansi *ansi)
{
    stg_ansi_sequence *sequence = &ansi->sequence;
    const char c = ansi->text[ansi->position];
    if (c == ESC || (unsigned char)c >= 0x80) {
        sequence->is_open = false;
        return;
    }
    ansi->position++;
    if (c == CANCEL || c == SUBSTITUTE) {
        sequence->is_open = false;
    } else if (is_control(c)) {
        (void)obey(ansi, c);
    } else if (is_between(c, '0', ';')) {
        add_to_parameter(sequence, c);
    } else if (is_between(c, ' ', '?')) {
        sequence->is_unknown = true;
    } else if (c != DELETE) {
        sequence->is_open = false;
        if (!sequence->is_unknown)
            apply_sequence(ansi, c);
        stg_ansi_line_style(&ansi->line, &ansi->style);
    }
}

/* ---- strings for the terminal ---- */

/* Where the string that begins at `start` ends, and the length of its terminator: 0 if something
 * else breaks it off. */
static size_t end_of_string(const stg_ansi *ansi, char kind, size_t start, size_t *end_length)
{
    const char *text = ansi->text;
    size_t i = start;
    *end_length = 0;
    for (; i < ansi->length; i++) {
        const bool has_next = i + 1 < ansi->length;
        if (text[i] == BEL && kind == ']')
            *end_length = 1;
        else if (text[i] == ESC && has_next && text[i + 1] == '\\')
            *end_length = 2;
        else if (text[i] == '\xC2' && has_next && text[i + 1] == '\x9C')
            *end_length = 2;
        if (*end_length > 0 || text[i] == ESC || text[i] == CANCEL || text[i] == SUBSTITUTE)
            break;
    }
    return i;
}

/* `ESC ]`, `ESC P` and the like.  Without a terminator the string ends with its line. */
static void read_string(stg_ansi *ansi, char kind)
{
    const size_t start = ansi->position;
    const char *text = ansi->text + start;
    size_t end_length;
    const size_t end = end_of_string(ansi, kind, start, &end_length);
    if (end_length == 0) {
        const char *newline = end == start ? NULL : memchr(text, '\n', end - start);
        ansi->position = newline == NULL ? end : (size_t)(newline - ansi->text);
        return;
    }
    if (kind == ']' && end - start >= 2 && memcmp(text, "8;", 2) == 0)
        stg_ansi_apply_link(&ansi->style, text + 2, end - start - 2);
    ansi->position = end + end_length;
}

/* ---- escapes ---- */

/* `ESC ( B` and the like: intermediate characters, and a final one. */
static void skip_intermediate(stg_ansi *ansi)
{
    while (ansi->position < ansi->length && is_between(ansi->text[ansi->position], ' ', '/'))
        ansi->position++;
    if (ansi->position < ansi->length && is_between(ansi->text[ansi->position], '0', '~'))
        ansi->position++;
}

/* What follows an ESC.  A character that cannot follow it is read as if there had been no ESC. */
static void read_escape(stg_ansi *ansi)
{
    ansi->position++;
    const char kind = ansi->position < ansi->length ? ansi->text[ansi->position] : '\0';
    if (is_between(kind, ' ', '/')) {
        skip_intermediate(ansi);
    } else if (is_between(kind, '0', '~')) {
        ansi->position++;
        if (kind == '[')
            ansi->sequence = (stg_ansi_sequence){.is_open = true, .is_number = true};
        else if (strchr("]PX^_k", kind) != NULL)
            read_string(ansi, kind);
        else if (kind == '7')
            stg_ansi_line_save(&ansi->line);
        else if (kind == '8')
            stg_ansi_line_restore(&ansi->line);
    }
    stg_ansi_line_style(&ansi->line, &ansi->style);
}

/* Reads up to the next newline that a terminal would obey. */
static void read_line(stg_ansi *ansi)
{
    ansi->ended = false;
    while (ansi->position < ansi->length && !ansi->ended) {
        const char c = ansi->text[ansi->position];
        if (c == '\n') {
            ansi->position++;
            ansi->ended = true;
        } else if (ansi->sequence.is_open) {
            read_sequence(ansi);
        } else if (c == ESC) {
            read_escape(ansi);
        } else if (is_control(c)) {
            read_control(ansi);
        } else {
            read_text(ansi);
        }
    }
}

bool stg_ansi_next(stg_ansi *ansi, stg_ansi_run *run)
{
    if (!ansi->in_line) {
        if (ansi->position >= ansi->length)
            return false;
        stg_ansi_line_clear(&ansi->line);
        read_line(ansi);
        ansi->in_line = true;
    }
    if (stg_ansi_line_next(&ansi->line, &run->text, &run->length, &run->style))
        return true;
    ansi->failed = ansi->failed || ansi->line.failed;
    if (ansi->failed) {
        ansi->position = ansi->length;
        ansi->ended = false;
    }
    ansi->in_line = false;
    *run = (stg_ansi_run){.text = ""};
    return ansi->ended;
}

void stg_ansi_free(stg_ansi *ansi)
{
    stg_ansi_line_free(&ansi->line);
    stg_buf_free(&ansi->clean);
}
