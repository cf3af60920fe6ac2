/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_scan.h"

#include <string.h>

#include "process/words/lexer.h"

stg_shell_scan stg_shell_scan_begin(const char *text)
{
    return (stg_shell_scan){.at = text, .end = text + strlen(text), .begins_word = true};
}

/* What is at `at`: in comments and here-documents nothing but characters. */
static stg_token_kind kind_of(const stg_shell_scan *s)
{
    static const stg_quotes quotes[] = {[STG_SHELL_PLAIN] = STG_UNQUOTED,
                                        [STG_SHELL_SINGLE] = STG_SINGLE_QUOTED,
                                        [STG_SHELL_DOUBLE] = STG_DOUBLE_QUOTED};
    if (s->place <= STG_SHELL_DOUBLE)
        return stg_shell_token(s->at, s->end, quotes[s->place]).kind;
    return s->at == s->end ? STG_TOKEN_END : STG_TOKEN_CHARACTER;
}

size_t stg_shell_scan_length(const stg_shell_scan *s)
{
    const stg_token_kind kind = kind_of(s);
    if (kind == STG_TOKEN_END)
        return 0;
    return kind == STG_TOKEN_ESCAPE || kind == STG_TOKEN_CONTINUATION ? 2 : 1;
}

/* Whether something other than a plain name stands in the braces of a variable. */
static bool is_intricate(const char *braces)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:?=+%"
        "#/*.@!-";
    return braces[strspn(braces, plain)] != '}';
}

/* Reads what a here-document ends with, from behind its "<<". */
static void begin_document(stg_shell_scan *s)
{
    const char *at = s->at + 2;
    s->beyond = true;
    if (s->arithmetic)
        return;
    s->strips_tabs = *at == '-';
    at += s->strips_tabs;
    at += strspn(at, " \t");
    size_t length = stg_shell_bare_length(at);
    /* Quotes around it, or a backslash before it. */
    if (length > 1 && at[0] == '\\') {
        at++;
        length--;
    } else if (length > 2 && (at[0] == '\'' || at[0] == '"') && at[length - 1] == at[0]) {
        at++;
        length -= 2;
    }
    /* More than one in a line, or one that has a more difficult end, may end anywhere. */
    if (s->delimiter != NULL || length == 0 || strcspn(at, "\\'\"$`") < length) {
        s->open = true;
        length = 0;
    }
    s->delimiter = at;
    s->delimiter_length = length;
}

/* Whether the line that begins here ends the here-document. */
static bool is_end_of_document(const stg_shell_scan *s)
{
    const char *line = s->at;
    if (s->strips_tabs)
        line += strspn(line, "\t");
    return s->delimiter_length > 0 && (size_t)(s->end - line) >= s->delimiter_length &&
           memcmp(line, s->delimiter, s->delimiter_length) == 0 &&
           (line[s->delimiter_length] == '\n' || line[s->delimiter_length] == '\0');
}

static void step_in_document(stg_shell_scan *s)
{
    const bool ends = is_end_of_document(s);
    s->at += strcspn(s->at, "\n");
    if (ends) {
        s->delimiter = NULL;
        s->place = STG_SHELL_PLAIN;
        s->begins_word = true;
        s->after_document = true;
    } else {
        s->at += s->at < s->end;
    }
}

/* A dollar or a backquote. */
static void look_beyond(stg_shell_scan *s, stg_token_kind kind)
{
    const bool in_quotes = s->place == STG_SHELL_DOUBLE;
    if (kind == STG_TOKEN_BACKQUOTE || kind == STG_TOKEN_ANSI_QUOTES ||
        (in_quotes && (kind == STG_TOKEN_SUBSTITUTION || kind == STG_TOKEN_ARITHMETIC)) ||
        (kind == STG_TOKEN_BRACES && is_intricate(s->at + 2)))
        s->beyond = true;
}

static void step_plainly(stg_shell_scan *s, stg_token_kind kind)
{
    look_beyond(s, kind);
    if (kind == STG_TOKEN_SINGLE_QUOTE)
        s->place = STG_SHELL_SINGLE;
    else if (kind == STG_TOKEN_DOUBLE_QUOTE)
        s->place = STG_SHELL_DOUBLE;
    else if (kind == STG_TOKEN_COMMENT && s->begins_word)
        s->place = STG_SHELL_COMMENT;
    else if (kind == STG_TOKEN_OPENING && s->at[1] == '(')
        s->arithmetic = true;
    else if (kind == STG_TOKEN_HERE_DOCUMENT)
        begin_document(s);
    else if (kind == STG_TOKEN_NEWLINE && s->delimiter != NULL)
        s->place = STG_SHELL_DOCUMENT;
    s->after_document = s->after_document && kind != STG_TOKEN_NEWLINE;
    s->at += kind == STG_TOKEN_HERE_STRING ? 3 : kind == STG_TOKEN_HERE_DOCUMENT ? 2 : 1;
    s->begins_word = stg_token_ends_word(kind);
}

static void step_in_quotes(stg_shell_scan *s, stg_token_kind kind)
{
    look_beyond(s, kind);
    if (kind == (s->place == STG_SHELL_SINGLE ? STG_TOKEN_SINGLE_QUOTE : STG_TOKEN_DOUBLE_QUOTE))
        s->place = STG_SHELL_PLAIN;
    s->at++;
    s->begins_word = false;
}

static void step_in_comment(stg_shell_scan *s)
{
    if (*s->at++ != '\n')
        return;
    s->place = s->delimiter == NULL ? STG_SHELL_PLAIN : STG_SHELL_DOCUMENT;
    s->begins_word = true;
}

void stg_shell_scan_step(stg_shell_scan *s)
{
    const stg_token_kind kind = kind_of(s);
    if (kind == STG_TOKEN_END)
        return;
    if (kind >= STG_TOKEN_ESCAPE && kind <= STG_TOKEN_OPEN_ESCAPE) {
        /* A line that is broken begins no word, and ends none. */
        s->begins_word = s->begins_word && kind == STG_TOKEN_CONTINUATION;
        s->open = s->open || kind == STG_TOKEN_OPEN_ESCAPE;
        s->at += stg_shell_scan_length(s);
    } else if (s->place == STG_SHELL_PLAIN) {
        step_plainly(s, kind);
    } else if (s->place == STG_SHELL_COMMENT) {
        step_in_comment(s);
    } else if (s->place == STG_SHELL_DOCUMENT) {
        step_in_document(s);
    } else {
        step_in_quotes(s, kind);
    }
}
