/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A text for a shell, read from left to right. */
#include "process/words/shell_text.h"

#include <string.h>

#include "process/words/lexer.h"
#include "process/words/shell_frame.h"
#include "process/words/shell_here.h"
#include "process/words/shell_quoted.h"

/* Between [[ and ]] an operator is one that compares.  Returns whether it was. */
static bool read_in_test(stg_shell_text *s)
{
    stg_frame_end_word(s);
    if (kind_of(s) != TEST)
        return false;
    stg_frame_begin_command(s);
    s->at++;
    return true;
}

static void read_redirection(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    if (kind_of(s) == TEST && read_in_test(s))
        return;
    if (second(s, text, end) == '(') {
        stg_frame_expand(s);
        stg_frame_open(s, SUBSTITUTION, 2);
        return;
    }
    /* 2>file, {name}>file: that is no word. */
    if (stg_shell_word_is_number(word_of(s)) || stg_shell_word_is_braced_name(word_of(s)))
        stg_frame_drop_word(s);
    stg_frame_end_word(s);
    s->at += token.length;
    if (token.kind == STG_TOKEN_HERE_DOCUMENT) {
        const bool strips_tabs = s->at < end && text[s->at] == '-';
        s->at += strips_tabs;
        if (s->frames[s->depth].is_list)
            differ(s);
        stg_here_read_delimiter(s, text, end, strips_tabs);
        return;
    }
    while (s->at < end && text[s->at] != '\0' && strchr("<>&|", text[s->at]) != NULL)
        s->at++;
    word_of(s)->is_target = true;
    word_of(s)->is_here_string = token.kind == STG_TOKEN_HERE_STRING;
    word_of(s)->is_descriptor = text[s->at - 1] == '&';
}

/* NAME=(, which begins an array, or @(, a pattern. */
static bool begins_list(const stg_shell_text *s, const char *text, size_t end)
{
    const stg_shell_word *word = &s->frames[s->depth].word;
    if (s->told == NULL || !word->begun || second(s, text, end) == ')')
        return false;
    const char before = text[s->at - 1];
    return (word->is_assignment && before == '=') ||
           (before != '\0' && strchr("@?*+!", before) != NULL &&
            !(word->is_command && stg_shell_word_is(word, "!")));
}

/* A subshell, NAME(), or for any shell what may be no commands at all: an array, a pattern. */
static void open_parentheses(stg_shell_text *s, bool is_empty)
{
    const stg_shell_frame *frame = &s->frames[s->depth];
    const stg_shell_word *word = &frame->word;
    const bool may_begin = word->is_command && !word->begun && !word->is_variable;
    const bool is_list =
        frame->is_list || frame->part != STG_CASE_COMMANDS || !(may_begin || is_empty);
    const bool is_array = word->begun && word->is_assignment;
    if (frame->part == STG_CASE_SUBJECT || frame->part == STG_CASE_IN ||
        stg_shell_word_is(word, "!"))
        differ(s);
    stg_frame_end_word(s);
    s->at++;
    stg_frame_push(s, PARENTHESES);
    s->frames[s->depth].is_list = s->told == NULL && is_list;
    s->frames[s->depth].is_array = is_array;
}

static void read_opening(stg_shell_text *s, const char *text, size_t end)
{
    if (kind_of(s) == TEST && read_in_test(s)) {
        s->frames[s->depth].opened++;
        return;
    }
    if (kind_of(s) == LIST || begins_list(s, text, end)) {
        stg_frame_expand(s);
        stg_frame_open(s, LIST, 1);
        return;
    }
    stg_shell_frame *frame = &s->frames[s->depth];
    /* (pattern): it may have one in front, too. */
    if (frame->part == STG_CASE_AWAITED && !frame->word.begun) {
        s->at++;
        frame->part = STG_CASE_PATTERN;
        return;
    }
    if (frame->part == STG_CASE_COMMANDS && !frame->is_list && frame->word.is_command &&
        !frame->word.begun && second(s, text, end) == '(') {
        s->at += 2;
        stg_frame_push(s, ARITHMETIC);
        return;
    }
    open_parentheses(s, second(s, text, end) == ')');
}

/* No command ends with a ) there, but a pattern does. */
static void end_pattern(stg_shell_text *s)
{
    stg_shell_frame *frame = &s->frames[s->depth];
    if (frame->part != STG_CASE_PATTERN)
        differ(s);
    frame->part = STG_CASE_COMMANDS;
}

static void read_closing(stg_shell_text *s)
{
    if (read_in_test(s)) {
        stg_shell_frame *test = &s->frames[s->depth];
        if (test->opened == 0)
            differ(s);
        else
            test->opened--;
        return;
    }
    const int kind = kind_of(s);
    const bool is_list = s->frames[s->depth].is_list;
    s->at++;
    if (kind == SUBSTITUTION)
        stg_here_drop(s);
    if (kind == COMMANDS || kind == TICKS)
        differ(s);
    else if (kind == CASE)
        end_pattern(s);
    else
        s->depth--;
    if (kind != SUBSTITUTION && kind != LIST) {
        stg_frame_begin_command(s);
        word_of(s)->is_doubtful = is_list;
    }
}

/* Shells differ on where the lines of a document are that a substitution begins and does not end,
 * or that was begun before one: for bash behind its end. */
static bool has_here_document_of_another(const stg_shell_text *s)
{
    size_t innermost = s->depth;
    while (innermost > 0 && s->frames[innermost].kind != SUBSTITUTION &&
           s->frames[innermost].kind != TICKS)
        innermost--;
    return s->here_count > 0 && s->here[0].depth < innermost;
}

static void read_separator_in_case(stg_shell_text *s, char c, char next)
{
    stg_shell_frame *frame = &s->frames[s->depth];
    const stg_case_part part = frame->part;
    if (part == STG_CASE_COMMANDS && c == ';' && (next == ';' || next == '&'))
        frame->part = STG_CASE_AWAITED;
    else if (part == STG_CASE_AWAITED && c == '|')
        frame->part = STG_CASE_PATTERN;
    /* ;| is a separator in some shells. */
    if ((part == STG_CASE_COMMANDS && c == ';' && next == '|') || part == STG_CASE_SUBJECT ||
        (part == STG_CASE_IN && c != '\n') || (part == STG_CASE_PATTERN && c != '|'))
        differ(s);
}

static void read_separator(stg_shell_text *s, char c, char next)
{
    stg_frame_end_word(s);
    stg_frame_begin_command(s);
    s->at++;
    if (kind_of(s) == CASE)
        read_separator_in_case(s, c, next);
    if (c != '\n' || s->here_count == 0)
        return;
    if (has_here_document_of_another(s)) {
        differ(s);
        return;
    }
    stg_frame_push(s, HERE_DOCUMENT);
    stg_here_begin(s);
}

static void read_in_word(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    if (token.kind == STG_TOKEN_SINGLE_QUOTE) {
        stg_frame_open(s, SINGLE, token.length);
    } else if (token.kind == STG_TOKEN_DOUBLE_QUOTE) {
        stg_frame_open(s, DOUBLE, token.length);
    } else if (stg_quoted_is_special(token)) {
        /* A line that goes on is no part of a word. */
        if (token.kind == STG_TOKEN_ESCAPE || token.kind == STG_TOKEN_OPEN_ESCAPE)
            stg_frame_add_part(s);
        stg_quoted_read_special(s, text, end, token);
    } else {
        stg_frame_add_character(s, text[s->at++]);
    }
}

/* In a pattern it is a character like others. */
static void begin_comment(stg_shell_text *s)
{
    const stg_shell_frame *frame = &s->frames[s->depth];
    if ((frame->is_list && !frame->is_array) || frame->part == STG_CASE_PATTERN)
        differ(s);
    stg_frame_push(s, COMMENT);
}

static void read_in_commands(stg_shell_text *s, const char *text, size_t end)
{
    const stg_token token = stg_shell_token(text + s->at, text + end, STG_UNQUOTED);
    switch (token.kind) {
    case STG_TOKEN_BLANK:
        stg_frame_end_word(s);
        s->at++;
        break;
    case STG_TOKEN_SEPARATOR:
    case STG_TOKEN_NEWLINE:
        if (s->told != NULL && text[s->at] == '&' && second(s, text, end) == '>') {
            stg_frame_end_word(s);
            s->at++;
            read_redirection(s, text, end, (stg_token){STG_TOKEN_REDIRECTION, 1});
        } else {
            read_separator(s, text[s->at], second(s, text, end));
        }
        break;
    case STG_TOKEN_REDIRECTION:
    case STG_TOKEN_HERE_DOCUMENT:
    case STG_TOKEN_HERE_STRING:
        read_redirection(s, text, end, token);
        break;
    case STG_TOKEN_OPENING:
        read_opening(s, text, end);
        break;
    case STG_TOKEN_CLOSING:
        read_closing(s);
        break;
    default:
        if (token.kind == STG_TOKEN_COMMENT && !word_of(s)->begun)
            begin_comment(s);
        else
            read_in_word(s, text, end, token);
    }
}

static void read_in_comment(stg_shell_text *s, const char *text, size_t end)
{
    const bool is_in_ticks = ticks_of(s) > 0;
    while (s->at < end && text[s->at] != '\n' && !(is_in_ticks && text[s->at] == '`'))
        s->at++;
    if (s->at < end)
        stg_frame_close(s, 0);
}

static void read_in_here_document(stg_shell_text *s, const char *text)
{
    if (stg_here_read(s, text))
        stg_frame_close(s, 0);
}

static void read_on(stg_shell_text *s, const char *text, size_t end)
{
    const int kind = kind_of(s);
    if (holds_commands(kind))
        read_in_commands(s, text, end);
    else if (kind == COMMENT)
        read_in_comment(s, text, end);
    else if (kind == HERE_DOCUMENT)
        read_in_here_document(s, text);
    else
        stg_quoted_read(s, text, end);
}

void stg_shell_text_read(stg_shell_text *shell, const char *text, size_t end)
{
    if (shell->at == 0)
        stg_frame_begin_command(shell);
    if (shell->at < end) {
        shell->cut = STG_PLACE_WORD;
        shell->after_parameter = false;
    }
    while (shell->at < end && !shell->is_lost)
        read_on(shell, text, end);
    shell->at = end;
}

void stg_shell_text_skip(stg_shell_text *shell, const char *value, size_t length, size_t end)
{
    for (size_t i = 0; i < length; i++)
        stg_frame_name(shell, value[i]);
    shell->at = end;
    shell->cut = STG_PLACE_WORD;
    shell->after_parameter = false;
    if (!holds_commands(kind_of(shell)))
        return;
    stg_frame_begin_word(shell);
    word_of(shell)->length = STG_SHELL_KEYWORD;
}
