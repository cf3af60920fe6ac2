/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_scan.h"

#include <string.h>

stg_shell_scan stg_shell_scan_begin(const char *text)
{
    return (stg_shell_scan){.at = text, .end = text + strlen(text), .begins_word = true};
}

static bool is_escape(const stg_shell_scan *s)
{
    return *s->at == '\\' && (s->place == STG_SHELL_PLAIN || s->place == STG_SHELL_DOUBLE);
}

size_t stg_shell_scan_length(const stg_shell_scan *s)
{
    const size_t left = (size_t)(s->end - s->at);
    return left >= 2 && is_escape(s) ? 2 : left > 0;
}

static bool ends_word(char c)
{
    return c == '\0' || strchr(" \t\n;&|()<>", c) != NULL;
}

/* Whether something other than a plain name stands in the braces of a variable. */
static bool is_intricate(const char *braces)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:?=+%"
        "#/*.@!-";
    return braces[strspn(braces, plain)] != '}';
}

static void look_at_dollar(stg_shell_scan *s)
{
    const char next = s->at[1];
    if (next == '\'' && s->place == STG_SHELL_PLAIN)
        s->beyond = true;
    else if (next == '(' && s->place == STG_SHELL_DOUBLE)
        s->beyond = true;
    else if (next == '{' && is_intricate(s->at + 2))
        s->beyond = true;
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
    size_t length = strcspn(at, " \t\n;&|()<>");
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

static void step_plainly(stg_shell_scan *s)
{
    const char c = *s->at;
    const bool is_here_string = c == '<' && s->at[1] == '<' && s->at[2] == '<';
    const bool is_document = c == '<' && s->at[1] == '<' && !is_here_string;
    s->after_document = s->after_document && c != '\n';
    if (c == '\'')
        s->place = STG_SHELL_SINGLE;
    else if (c == '"')
        s->place = STG_SHELL_DOUBLE;
    else if (c == '#' && s->begins_word)
        s->place = STG_SHELL_COMMENT;
    else if (c == '`')
        s->beyond = true;
    else if (c == '$')
        look_at_dollar(s);
    else if (c == '(' && s->at[1] == '(')
        s->arithmetic = true;
    else if (is_document)
        begin_document(s);
    s->at += is_here_string ? 3 : is_document ? 2 : 1;
    s->begins_word = ends_word(c);
    if (c == '\n' && s->delimiter != NULL)
        s->place = STG_SHELL_DOCUMENT;
}

static void step_in_quotes(stg_shell_scan *s)
{
    const char c = *s->at;
    if (c == (s->place == STG_SHELL_SINGLE ? '\'' : '"'))
        s->place = STG_SHELL_PLAIN;
    else if (s->place == STG_SHELL_DOUBLE && c == '`')
        s->beyond = true;
    else if (s->place == STG_SHELL_DOUBLE && c == '$')
        look_at_dollar(s);
    s->at++;
    s->begins_word = false;
}

void stg_shell_scan_step(stg_shell_scan *s)
{
    const size_t length = stg_shell_scan_length(s);
    if (length == 0)
        return;
    if (s->place == STG_SHELL_DOCUMENT) {
        step_in_document(s);
    } else if (is_escape(s)) {
        /* A line that is broken begins no word, and ends none. */
        const bool is_continuation = length == 2 && s->at[1] == '\n';
        s->begins_word = s->begins_word && is_continuation;
        s->open = s->open || length == 1;
        s->at += length;
    } else if (s->place == STG_SHELL_COMMENT) {
        if (*s->at == '\n') {
            s->place = s->delimiter == NULL ? STG_SHELL_PLAIN : STG_SHELL_DOCUMENT;
            s->begins_word = true;
        }
        s->at++;
    } else if (s->place == STG_SHELL_PLAIN) {
        step_plainly(s);
    } else {
        step_in_quotes(s);
    }
}
