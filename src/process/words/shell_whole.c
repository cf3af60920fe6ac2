/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/shell_whole.h"

#include <stddef.h>
#include <string.h>

#include "process/words/lexer.h"
#include "process/words/shell_scan.h"

enum { NESTING = 64 };

/* What is open, innermost last:
 *     i if or elif   t then   e else   w while or until   f for or select   d do   c case
 *     { ( as they are   s substitution, or a list   a arithmetic, A if that is in a word
 *     p parentheses in arithmetic */
typedef struct state {
    stg_shell_scan scan;
    char open[NESTING];
    size_t depth;
    bool is_wrong;
    bool is_command; /* if a word begins here, it is a command */
    bool has_word;   /* there is something for an operator to stand behind */
    bool needs_more; /* the last operator or keyword needs something behind it */
    bool is_target;  /* the next word belongs to a redirection */
    bool is_closed;  /* fi or the like was the last: no word may follow */
    bool is_test;    /* between [[ and ]] */
    bool is_ticked;  /* the number of backquotes so far is odd */
} state;

static char innermost(const state *s)
{
    return s->depth == 0 ? '\0' : s->open[s->depth - 1];
}

static void begin(state *s)
{
    s->is_command = true;
    s->has_word = false;
    s->is_closed = false;
}

static void push(state *s, char kind)
{
    if (s->depth == NESTING) {
        s->is_wrong = true;
        return;
    }
    s->open[s->depth++] = kind;
    s->needs_more = true;
    begin(s);
}

/* What is there so far is complete. */
static void expect_whole(state *s)
{
    s->is_wrong = s->is_wrong || s->needs_more || s->is_target;
}

static void pop(state *s)
{
    expect_whole(s);
    s->is_closed = innermost(s) != 's' && innermost(s) != 'A';
    s->depth--;
    s->is_command = s->is_closed;
    s->has_word = true;
}

/* Goes on from one part of if, while or for to the next. */
static void change(state *s, const char *from, char to)
{
    expect_whole(s);
    if (s->depth == 0 || strchr(from, innermost(s)) == NULL) {
        s->is_wrong = true;
        return;
    }
    s->depth--;
    push(s, to);
}

static void end(state *s, const char *kinds)
{
    if (s->depth == 0 || strchr(kinds, innermost(s)) == NULL)
        s->is_wrong = true;
    else
        pop(s);
}

static bool is_word(const char *at, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(at, word, length) == 0;
}

/* Returns whether it was one. */
static bool read_keyword(state *s, const char *at, size_t length)
{
    static const struct {
        const char *word, *from;
        char to;
    } keywords[] = {{"if", NULL, 'i'},   {"while", NULL, 'w'},  {"until", NULL, 'w'},
                    {"for", NULL, 'f'},  {"select", NULL, 'f'}, {"case", NULL, 'c'},
                    {"{", NULL, '{'},    {"then", "i", 't'},    {"elif", "t", 'i'},
                    {"else", "t", 'e'},  {"do", "wf", 'd'},     {"fi", "te", '\0'},
                    {"done", "d", '\0'}, {"esac", "c", '\0'},   {"}", "{", '\0'}};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (!is_word(at, length, keywords[i].word))
            continue;
        if (keywords[i].from == NULL)
            push(s, keywords[i].to);
        else if (keywords[i].to == '\0')
            end(s, keywords[i].from);
        else
            change(s, keywords[i].from, keywords[i].to);
        /* Words follow, up to do or in. */
        if (keywords[i].to == 'f' || keywords[i].to == 'c')
            s->is_command = false;
        return true;
    }
    if (is_word(at, length, "function")) {
        /* Its name is the next word. */
        s->is_target = true;
        return true;
    }
    if (is_word(at, length, "!") || is_word(at, length, "time")) {
        s->needs_more = true;
        return true;
    }
    return false;
}

static void read_word(state *s)
{
    const char *at = s->scan.at;
    const size_t length = stg_shell_bare_length(at);
    if (s->is_target) {
        s->is_target = false;
        s->has_word = true;
        return;
    }
    if (s->is_command && read_keyword(s, at, length))
        return;
    if ((s->is_closed && at[strspn(at, "0123456789")] != '<' &&
         at[strspn(at, "0123456789")] != '>') ||
        (s->is_command && is_word(at, length, "in")))
        s->is_wrong = true;
    if (is_word(at, length, "[[") || is_word(at, length, "]]"))
        s->is_test = *at == '[';
    const char *equals = memchr(at, '=', length);
    size_t name = 0;
    while (stg_shell_is_name_character(at[name]))
        name++;
    const bool is_assignment = equals != NULL && name > 0 && at + name == equals;
    /* The patterns of a case follow, or its end. */
    const bool begins_patterns = innermost(s) == 'c' && !s->is_command && is_word(at, length, "in");
    s->is_command = begins_patterns || (s->is_command && is_assignment);
    s->has_word = !begins_patterns;
    s->needs_more = false;
}

/* Moves past a second character of an operator. */
static void skip(state *s)
{
    stg_shell_scan_step(&s->scan);
}

static void read_separator(state *s, char c)
{
    const char next = s->scan.at[1];
    s->is_wrong = s->is_wrong || (innermost(s) == 'f' && (c == '&' || c == '|' || next == ';'));
    if (c == ';' && next == ';') {
        s->is_wrong = s->is_wrong || innermost(s) != 'c';
        expect_whole(s);
        skip(s);
    } else if (c == '\n') {
        s->is_wrong = s->is_wrong || s->is_target;
        if (s->needs_more && (innermost(s) == 'f' || innermost(s) == 'c'))
            s->is_wrong = true;
    } else if ((c == '&' || c == '|') && (next == c || c == '|')) {
        s->is_wrong = s->is_wrong || !s->has_word;
        expect_whole(s);
        s->needs_more = true;
        if (next == c || next == '&')
            skip(s);
    } else {
        s->is_wrong = s->is_wrong || !s->has_word;
        expect_whole(s);
    }
    begin(s);
}

static void read_redirection(state *s)
{
    /* A process, whose commands follow. */
    if (s->scan.at[1] == '(')
        return;
    expect_whole(s);
    s->needs_more = false;
    s->is_target = true;
    /* One step takes both characters. */
    if (s->scan.at[0] == '<' && s->scan.at[1] == '<')
        return;
    while (strchr("<>&|", s->scan.at[1]) != NULL && s->scan.at[1] != '\0' &&
           s->scan.place == STG_SHELL_PLAIN && s->scan.delimiter == NULL)
        skip(s);
}

static void read_opening(state *s, char before)
{
    const char *next = s->scan.at + 1;
    const bool is_in_word = before != '\0' && strchr("$=<>", before) != NULL;
    if (*next == '(' && (before == '$' || s->is_command)) {
        skip(s);
        push(s, is_in_word ? 'A' : 'a');
        return;
    }
    next += strspn(next, " \t");
    if (*next == ')' && s->has_word && !is_in_word) {
        /* The function's body follows. */
        while (*s->scan.at != ')')
            skip(s);
        begin(s);
        s->needs_more = true;
        return;
    }
    s->is_wrong = s->is_wrong || (s->has_word && !is_in_word && !s->is_test);
    push(s, is_in_word ? 's' : '(');
    s->needs_more = false;
}

static void read_closing(state *s)
{
    if (innermost(s) == 'p') {
        s->depth--;
    } else if (innermost(s) == 'a' || innermost(s) == 'A') {
        if (s->scan.at[1] == ')') {
            skip(s);
            s->needs_more = s->is_target = false;
            pop(s);
        }
    } else if (innermost(s) == '(' || innermost(s) == 's') {
        pop(s);
        /* It was a pattern, perhaps. */
        if (innermost(s) == 'c' || s->is_test)
            s->is_closed = false;
    } else if (innermost(s) == 'c' && s->has_word) {
        expect_whole(s);
        begin(s);
    } else {
        s->is_wrong = true;
    }
}

static void read_plain(state *s, char before)
{
    const char c = *s->scan.at;
    if (s->depth > 0 && strchr("aAp", innermost(s)) != NULL) {
        if (c == '(')
            push(s, 'p');
        else if (c == ')')
            read_closing(s);
        return;
    }
    switch (c) {
    case ' ':
    case '\t':
        break;
    case ';':
    case '\n':
    case '|':
        read_separator(s, c);
        break;
    case '&':
        if (s->scan.at[1] == '>')
            read_redirection(s);
        else
            read_separator(s, c);
        break;
    case '<':
    case '>':
        read_redirection(s);
        break;
    case '(':
        read_opening(s, before);
        break;
    case ')':
        read_closing(s);
        break;
    default:
        if (s->scan.begins_word && c != '#')
            read_word(s);
    }
}

bool stg_shell_is_whole(const char *command)
{
    state s = {.scan = stg_shell_scan_begin(command), .is_command = true};
    char before = '\0';
    while (stg_shell_scan_length(&s.scan) > 0 && !s.is_wrong) {
        const char c = *s.scan.at;
        const bool is_read = s.scan.place == STG_SHELL_PLAIN || s.scan.place == STG_SHELL_DOUBLE;
        const bool is_continuation = c == '\\' && s.scan.at[1] == '\n';
        if (is_read && c == '`')
            s.is_ticked = !s.is_ticked;
        if (is_read && c == '$' && s.scan.at[1] == '{' && strchr(s.scan.at, '}') == NULL)
            return false;
        if (s.scan.place == STG_SHELL_PLAIN && !is_continuation)
            read_plain(&s, before);
        else if (s.scan.place == STG_SHELL_COMMENT && c == '\n')
            read_separator(&s, c);
        before = *s.scan.at;
        stg_shell_scan_step(&s.scan);
    }
    expect_whole(&s);
    return !s.is_wrong && s.depth == 0 && !s.is_ticked;
}
