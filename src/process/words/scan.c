/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading a command word by word, as a POSIX shell does before it expands anything. */
#include "process/words/scan.h"

#include <string.h>

stg_scan stg_scan_begin(const char *text, size_t length, char *out)
{
    return (stg_scan){.at = text, .end = text + length, .out = out};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A backslash at the end of a line joins it to the next, except between single quotes. */
static bool is_at_continuation(const stg_scan *s)
{
    return s->end - s->at >= 2 && s->at[0] == '\\' && s->at[1] == '\n';
}

/* What a backslash takes its meaning from between double quotes; before others it is itself. */
static bool is_special_in_quotes(char c)
{
    return c != '\0' && strchr("$`\"\\", c) != NULL;
}

static stg_scan_result read_double_quoted(stg_scan *s)
{
    while (s->at < s->end && *s->at != '"') {
        if (is_at_continuation(s)) {
            s->at += 2;
            continue;
        }
        if (*s->at == '\\') {
            if (s->at + 1 == s->end)
                return STG_SCAN_OPEN_ESCAPE;
            if (!is_special_in_quotes(s->at[1]))
                *s->out++ = '\\';
            s->at++;
        }
        *s->out++ = *s->at++;
    }
    return s->at < s->end ? STG_SCAN_WORD : STG_SCAN_OPEN_QUOTE;
}

static stg_scan_result read_single_quoted(stg_scan *s)
{
    for (; s->at < s->end; *s->out++ = *s->at++) {
        if (*s->at == '\'')
            return STG_SCAN_WORD;
    }
    return STG_SCAN_OPEN_QUOTE;
}

/* Reads one quotation from its first quote to past its last, or one character. */
static stg_scan_result read_piece(stg_scan *s)
{
    stg_scan_result result = STG_SCAN_WORD;
    const char first = *s->at;
    if (first == '"' || first == '\'') {
        s->at++;
        result = first == '"' ? read_double_quoted(s) : read_single_quoted(s);
    } else {
        if (first == '\\' && ++s->at == s->end)
            return STG_SCAN_OPEN_ESCAPE;
        *s->out++ = *s->at;
    }
    s->at++;
    return result;
}

/* Goes to where the next word begins. */
static void skip_between_words(stg_scan *s)
{
    s->begins_line = false;
    while (s->at < s->end && (is_blank(*s->at) || is_at_continuation(s))) {
        s->begins_line = s->begins_line || *s->at == '\n';
        s->at += is_blank(*s->at) ? 1 : 2;
    }
}

stg_scan_result stg_scan_next(stg_scan *s)
{
    skip_between_words(s);
    if (s->at == s->end)
        return STG_SCAN_END;
    s->word = s->out;
    s->source = s->at;
    while (s->at < s->end && !is_blank(*s->at)) {
        if (is_at_continuation(s)) {
            s->at += 2;
            continue;
        }
        const stg_scan_result result = read_piece(s);
        if (result != STG_SCAN_WORD)
            return result;
        s->source_end = s->at;
    }
    *s->out++ = '\0';
    return STG_SCAN_WORD;
}
