/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading a command word by word, as a POSIX shell does before it expands anything. */
#include "process/words/scan.h"

#include <string.h>

#include "process/words/lexer.h"

stg_scan stg_scan_begin(const char *text, size_t length, char *out)
{
    return (stg_scan){.at = text, .end = text + length, .out = out};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_at_continuation(const stg_scan *s)
{
    return stg_shell_token(s->at, s->end, STG_UNQUOTED).kind == STG_TOKEN_CONTINUATION;
}

/* The characters that a backslash escapes inside double quotes; before others it is literal. */
static bool is_special_in_quotes(char c)
{
    return c != '\0' && strchr("$`\"\\", c) != NULL;
}

/* Opens or closes quotations. */
static stg_quotes toggled(stg_quotes now, stg_quotes kind)
{
    return now == kind ? STG_UNQUOTED : kind;
}

/* Reads one character, with the backslash before it, or a quote. */
static stg_scan_result read_piece(stg_scan *s, stg_quotes *quotes)
{
    const stg_token token = stg_shell_token(s->at, s->end, *quotes);
    switch (token.kind) {
    case STG_TOKEN_END:
        return STG_SCAN_OPEN_QUOTE;
    case STG_TOKEN_OPEN_ESCAPE:
        return STG_SCAN_OPEN_ESCAPE;
    case STG_TOKEN_CONTINUATION:
        s->at += 2;
        return STG_SCAN_WORD;
    case STG_TOKEN_SINGLE_QUOTE:
        *quotes = toggled(*quotes, STG_SINGLE_QUOTED);
        break;
    case STG_TOKEN_DOUBLE_QUOTE:
        *quotes = toggled(*quotes, STG_DOUBLE_QUOTED);
        break;
    case STG_TOKEN_ESCAPE:
        if (*quotes == STG_DOUBLE_QUOTED && !is_special_in_quotes(s->at[1]))
            *s->out++ = '\\';
        *s->out++ = *++s->at;
        break;
    default:
        *s->out++ = *s->at;
    }
    s->at++;
    if (*quotes == STG_UNQUOTED)
        s->source_end = s->at;
    return STG_SCAN_WORD;
}

/* Advances to the start of the next word. */
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
    stg_quotes quotes = STG_UNQUOTED;
    while (quotes != STG_UNQUOTED || (s->at < s->end && !is_blank(*s->at))) {
        const stg_scan_result result = read_piece(s, &quotes);
        if (result != STG_SCAN_WORD)
            return result;
    }
    *s->out++ = '\0';
    return STG_SCAN_WORD;
}
