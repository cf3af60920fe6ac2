/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Quotes and expansions in a text for a shell. */
#include "process/words/shell_quoted.h"

#include <string.h>

#include "process/words/shell_frame.h"
#include "process/words/shell_here.h"

/* A backslash and what it takes its meaning. */
static void read_backslash(stg_shell_text *s, const char *text, stg_token token)
{
    const char next = token.kind == STG_TOKEN_ESCAPE ? text[s->at + 1] : '\0';
    const bool is_kept = kind_of(s) == DOUBLE && strchr("$`\"\\", next) == NULL;
    if (is_kept)
        stg_frame_name(s, '\\');
    /* Backquotes have backslashes of their own. */
    if (token.kind == STG_TOKEN_ESCAPE && ticks_of(s) > 0)
        stg_frame_expand(s);
    if (token.kind == STG_TOKEN_ESCAPE)
        stg_frame_name(s, next);
    else if (token.kind == STG_TOKEN_OPEN_ESCAPE)
        s->cut = STG_PLACE_ESCAPED;
    s->at += token.length;
}

/* A line that goes on in the middle of something. */
static void read_continuation(stg_shell_text *s, const char *text, size_t end)
{
    while (s->at + 1 < end && text[s->at] == '\\' && text[s->at + 1] == '\n')
        s->at += 2;
}

static void read_parameter(stg_shell_text *s, const char *text, size_t end)
{
    char last = text[s->at + 1];
    stg_frame_name(s, last);
    s->at += 2;
    read_continuation(s, text, end);
    while (stg_shell_is_name_character(last) && s->at < end &&
           stg_shell_is_name_character(text[s->at])) {
        last = text[s->at++];
        stg_frame_name(s, last);
        read_continuation(s, text, end);
    }
    s->after_parameter = s->at == end;
}

/* A dollar that begins no name that goes on, nor anything else. */
static void read_bare_dollar(stg_shell_text *s, const char *text, size_t end)
{
    s->at++;
    if (s->at == end)
        s->cut = STG_PLACE_NAME;
    else if (stg_shell_token(text + s->at, text + end, STG_UNQUOTED).kind == STG_TOKEN_CONTINUATION)
        differ(s); /* what comes on the next line belongs to it */
}

static void read_dollar(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    stg_frame_expand(s);
    switch (token.kind) {
    case STG_TOKEN_ARITHMETIC:
        stg_frame_open(s, ARITHMETIC, token.length);
        break;
    case STG_TOKEN_SUBSTITUTION:
        stg_frame_open(s, SUBSTITUTION, token.length);
        break;
    case STG_TOKEN_BRACES:
        stg_frame_open(s, BRACES, token.length);
        break;
    case STG_TOKEN_ANSI_QUOTES:
        stg_frame_open(s, ANSI_QUOTES, token.length);
        break;
    case STG_TOKEN_BRACKET:
        differ(s); /* arithmetic in some shells, and two characters in others */
        stg_frame_open(s, ARITHMETIC_BRACKETS, token.length);
        break;
    default:
        if (holds_commands(kind_of(s)))
            stg_frame_add_part(s);
        if (token.kind == STG_TOKEN_PARAMETER)
            read_parameter(s, text, end);
        else
            read_bare_dollar(s, text, end);
    }
}

/* What stands in backquotes is not read for any shell: it is read twice.  For bash the next one
 * that is not escaped ends them, whatever is open. */
static void read_backquote(stg_shell_text *s, size_t length)
{
    const size_t ticks = ticks_of(s);
    if (ticks == 0) {
        stg_frame_expand(s);
        stg_frame_open(s, s->told == NULL ? BACKQUOTES : TICKS, length);
        return;
    }
    if (holds_commands(kind_of(s)))
        stg_frame_end_word(s);
    s->depth = ticks;
    stg_here_drop(s);
    stg_frame_close(s, length);
}

void stg_quoted_read_special(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    switch (token.kind) {
    case STG_TOKEN_ESCAPE:
    case STG_TOKEN_CONTINUATION:
    case STG_TOKEN_OPEN_ESCAPE:
        read_backslash(s, text, token);
        break;
    case STG_TOKEN_BACKQUOTE:
        read_backquote(s, token.length);
        break;
    default:
        read_dollar(s, text, end, token);
    }
}

bool stg_quoted_is_special(stg_token token)
{
    return (token.kind >= STG_TOKEN_ESCAPE && token.kind <= STG_TOKEN_OPEN_ESCAPE) ||
           (token.kind >= STG_TOKEN_BACKQUOTE && token.kind <= STG_TOKEN_DOLLAR);
}

static void read_in_double_quotes(stg_shell_text *s, const char *text, size_t end)
{
    const stg_token token = stg_shell_token(text + s->at, text + end, STG_DOUBLE_QUOTED);
    if (stg_quoted_is_special(token))
        stg_quoted_read_special(s, text, end, token);
    else if (token.kind == STG_TOKEN_DOUBLE_QUOTE)
        stg_frame_close(s, token.length);
    else
        stg_frame_name(s, text[s->at++]);
}

static void read_in_single_quotes(stg_shell_text *s, const char *text, size_t end)
{
    while (s->at < end && text[s->at] != '\'')
        stg_frame_name(s, text[s->at++]);
    if (s->at < end)
        stg_frame_close(s, 1);
}

/* Shells that do not know these quotes take a backslash as it stands. */
static void read_in_ansi_quotes(stg_shell_text *s, const char *text, size_t end)
{
    if (text[s->at] == '\'') {
        stg_frame_close(s, 1);
    } else if (text[s->at] == '\\') {
        if (second(s, text, end) == '\'')
            differ(s);
        s->at += s->at + 1 < end ? 2 : 1;
    } else {
        stg_frame_name(s, text[s->at++]);
    }
}

static void read_in_backquotes(stg_shell_text *s, const char *text, size_t end)
{
    if (text[s->at] == '`')
        stg_frame_close(s, 1);
    else
        s->at += text[s->at] == '\\' && s->at + 1 < end ? 2 : 1;
}

/* Whether an expansion stands, at whatever depth, inside double quotes, a matter on which shells
 * differ as soon as there is a single quote in it. */
static bool is_in_double_quotes(const stg_shell_text *s)
{
    for (size_t i = s->depth; !holds_commands(s->frames[i].kind); i--) {
        if (s->frames[i].kind == DOUBLE || s->frames[i].kind == ARITHMETIC)
            return true;
    }
    return false;
}

/* bash knows single quotes there, too. */
static void open_in_double_quotes(stg_shell_text *s, int kind, size_t length)
{
    if (is_in_double_quotes(s))
        differ(s);
    stg_frame_open(s, kind, length);
}

static void read_in_braces(stg_shell_text *s, const char *text, size_t end)
{
    switch (text[s->at]) {
    case '}':
        stg_frame_close(s, 1);
        break;
    case '\'':
        open_in_double_quotes(s, SINGLE, 1);
        break;
    case '"':
        stg_frame_open(s, DOUBLE, 1);
        break;
    default:
        if (text[s->at] == '$' && second(s, text, end) == '\'')
            open_in_double_quotes(s, ANSI_QUOTES, 2);
        else
            read_in_double_quotes(s, text, end);
    }
}

/* A single parenthesis ends what began with two: there were commands, in a subshell. */
static void close_subshell(stg_shell_text *s)
{
    stg_shell_frame *frame = &s->frames[s->depth];
    const bool is_in_word = !holds_commands(frame[-1].kind) || frame[-1].word.begun;
    differ(s);
    *frame =
        (stg_shell_frame){.kind = is_in_word ? SUBSTITUTION : PARENTHESES, .word.is_command = true};
    s->at++;
}

/* What stands in arithmetic beside what nests in it. */
static void read_in_expression(stg_shell_text *s, const char *text, size_t end)
{
    switch (text[s->at]) {
    case '\'':
        differ(s);
        stg_frame_open(s, SINGLE, 1);
        break;
    case '"':
        stg_frame_open(s, DOUBLE, 1);
        break;
    default:
        read_in_double_quotes(s, text, end);
    }
}

static void read_in_arithmetic(stg_shell_text *s, const char *text, size_t end)
{
    switch (text[s->at]) {
    case '(':
        stg_frame_open(s, ARITHMETIC_PARENTHESES, 1);
        break;
    case ')':
        if (kind_of(s) == ARITHMETIC_PARENTHESES)
            stg_frame_close(s, 1);
        else if (second(s, text, end) == ')')
            stg_frame_close(s, 2);
        else
            close_subshell(s);
        break;
    default:
        read_in_expression(s, text, end);
    }
}

static void read_in_brackets(stg_shell_text *s, const char *text, size_t end)
{
    switch (text[s->at]) {
    case '[':
        stg_frame_open(s, ARITHMETIC_BRACKETS, 1);
        break;
    case ']':
        stg_frame_close(s, 1);
        break;
    default:
        read_in_expression(s, text, end);
    }
}

/* How to read on in what is open and holds no commands. */
static void (*const readers[])(stg_shell_text *s, const char *text, size_t end) = {
    [DOUBLE] = read_in_double_quotes,
    [SINGLE] = read_in_single_quotes,
    [ANSI_QUOTES] = read_in_ansi_quotes,
    [BACKQUOTES] = read_in_backquotes,
    [BRACES] = read_in_braces,
    [ARITHMETIC] = read_in_arithmetic,
    [ARITHMETIC_PARENTHESES] = read_in_arithmetic,
    [ARITHMETIC_BRACKETS] = read_in_brackets,
};

void stg_quoted_read(stg_shell_text *s, const char *text, size_t end)
{
    readers[kind_of(s)](s, text, end);
}
