/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A text for a POSIX shell, read from left to right. */
#include "process/words/shell_text.h"

#include <string.h>

#include "process/words/lexer.h"
#include "process/words/shell_frame.h"
#include "process/words/shell_here.h"

static int kind_of(const stg_shell_text *s)
{
    return s->frames[s->depth].kind;
}

static stg_shell_word *word_of(stg_shell_text *s)
{
    return &s->frames[s->depth].word;
}

static void push(stg_shell_text *s, int kind)
{
    if (s->depth + 1 == STG_SHELL_NESTING) {
        s->is_lost = true;
        return;
    }
    s->frames[++s->depth] = (stg_shell_frame){.kind = kind, .word.is_command = true};
}

/* ---- Words ---- */

static void begin_word(stg_shell_word *word)
{
    if (!word->begun)
        word->may_be_name = true;
    word->begun = true;
}

/* Something that is quoted or expanded is a part of the word, which is no keyword then. */
static void add_to_word(stg_shell_text *s)
{
    stg_shell_word *word = word_of(s);
    begin_word(word);
    word->length = STG_SHELL_KEYWORD;
    word->may_be_name = false;
}

static void add_character(stg_shell_text *s, char c)
{
    stg_shell_word *word = word_of(s);
    begin_word(word);
    stg_shell_word_name(word, c);
    if (word->length < STG_SHELL_KEYWORD)
        word->head[word->length++] = c;
    if (c == '=' && (word->may_be_name || word->is_subscript))
        word->is_assignment = true;
    if (c == '[' && word->may_be_name && word->length > 1 &&
        (word->is_command || word->reader == STG_READER_DECLARE))
        word->is_subscript = true;
    if (c == ']')
        word->is_subscript = false;
    /* NAME+=, too. */
    if (!stg_shell_is_name_character(c) && c != '+')
        word->may_be_name = false;
    if (c == '[' || c == '{' || c == '~')
        word->is_pattern = true;
}

static void begin_command(stg_shell_text *s)
{
    const bool is_test = kind_of(s) == TEST;
    *word_of(s) = (stg_shell_word){.is_command = !is_test,
                                   .reader = is_test ? STG_READER_TEST : STG_READER_NONE};
}

/* [[ and ]], between which there are no commands. */
static void read_test(stg_shell_text *s, const stg_shell_word *ended, bool is_first)
{
    if (is_first && stg_shell_word_is(ended, "[[")) {
        *word_of(s) = (stg_shell_word){0};
        push(s, TEST);
        begin_command(s);
    } else if (kind_of(s) == TEST && stg_shell_word_is(ended, "]]")) {
        s->depth--;
    }
}

static void end_word(stg_shell_text *s)
{
    stg_shell_word *word = word_of(s);
    if (!word->begun)
        return;
    const stg_shell_word ended = *word;
    const bool is_first = ended.is_command && !ended.is_target;
    const bool goes_on =
        ended.is_target || ended.is_assignment || stg_shell_is_keyword(ended.head, ended.length);
    *word = (stg_shell_word){.is_command = ended.is_command && goes_on,
                             .reader =
                                 ended.is_target ? ended.reader : stg_shell_reader_behind(&ended)};
    s->has_integers =
        s->has_integers || (ended.reader == STG_READER_DECLARE && word->reader == STG_READER_LET);
    read_test(s, &ended, is_first);
    if (is_first && stg_shell_word_is(&ended, "case"))
        push(s, CASE);
    if (!is_first || !stg_shell_word_is(&ended, "esac"))
        return;
    if (kind_of(s) == CASE)
        s->depth--;
    else
        s->is_lost = true;
}

/* ---- Expansions and quotes ---- */

static void open(stg_shell_text *s, int kind, size_t length)
{
    if (holds_commands(kind_of(s)))
        add_to_word(s);
    s->at += length;
    push(s, kind);
}

static void close(stg_shell_text *s, size_t length)
{
    s->at += length;
    s->depth--;
}

/* The character behind the next one; 0: none yet. */
static char second(const stg_shell_text *s, const char *text, size_t end)
{
    return s->at + 1 < end ? text[s->at + 1] : '\0';
}

static void name(stg_shell_text *s, char c)
{
    stg_shell_word_name(&s->frames[innermost(s)].word, c);
}

/* A backslash and what it takes its meaning. */
static void read_backslash(stg_shell_text *s, const char *text, stg_token token)
{
    if (token.kind == STG_TOKEN_ESCAPE)
        name(s, text[s->at + 1]);
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
    name(s, last);
    s->at += 2;
    read_continuation(s, text, end);
    while (stg_shell_is_name_character(last) && s->at < end &&
           stg_shell_is_name_character(text[s->at])) {
        last = text[s->at++];
        name(s, last);
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
        s->is_lost = true; /* what comes on the next line belongs to it */
}

static void read_dollar(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    stg_shell_word_expand(&s->frames[innermost(s)].word);
    switch (token.kind) {
    case STG_TOKEN_ARITHMETIC:
        open(s, ARITHMETIC, token.length);
        break;
    case STG_TOKEN_SUBSTITUTION:
        open(s, SUBSTITUTION, token.length);
        break;
    case STG_TOKEN_BRACES:
        open(s, BRACES, token.length);
        break;
    case STG_TOKEN_ANSI_QUOTES:
        open(s, ANSI_QUOTES, token.length);
        break;
    case STG_TOKEN_BRACKET:
        s->is_lost = true; /* arithmetic in some shells, and two characters in others */
        break;
    default:
        if (holds_commands(kind_of(s)))
            add_to_word(s);
        if (token.kind == STG_TOKEN_PARAMETER)
            read_parameter(s, text, end);
        else
            read_bare_dollar(s, text, end);
    }
}

/* What means something inside double quotes and outside of them. */
static void read_special(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    switch (token.kind) {
    case STG_TOKEN_ESCAPE:
    case STG_TOKEN_CONTINUATION:
    case STG_TOKEN_OPEN_ESCAPE:
        read_backslash(s, text, token);
        break;
    case STG_TOKEN_BACKQUOTE:
        open(s, BACKQUOTES, token.length);
        break;
    default:
        read_dollar(s, text, end, token);
    }
}

static bool is_special(stg_token token)
{
    return (token.kind >= STG_TOKEN_ESCAPE && token.kind <= STG_TOKEN_OPEN_ESCAPE) ||
           (token.kind >= STG_TOKEN_BACKQUOTE && token.kind <= STG_TOKEN_DOLLAR);
}

static void read_in_double_quotes(stg_shell_text *s, const char *text, size_t end)
{
    const stg_token token = stg_shell_token(text + s->at, text + end, STG_DOUBLE_QUOTED);
    if (is_special(token))
        read_special(s, text, end, token);
    else if (token.kind == STG_TOKEN_DOUBLE_QUOTE)
        close(s, token.length);
    else
        name(s, text[s->at++]);
}

static void read_in_single_quotes(stg_shell_text *s, const char *text, size_t end)
{
    while (s->at < end && text[s->at] != '\'')
        name(s, text[s->at++]);
    if (s->at < end)
        close(s, 1);
}

/* Shells that do not know these quotes take the backslash as it stands. */
static void read_in_ansi_quotes(stg_shell_text *s, const char *text, size_t end)
{
    if (text[s->at] == '\'')
        close(s, 1);
    else if (text[s->at] == '\\' && second(s, text, end) == '\'')
        s->is_lost = true;
    else if (text[s->at] == '\\')
        s->at += s->at + 1 < end ? 2 : 1;
    else
        name(s, text[s->at++]);
}

static void read_in_backquotes(stg_shell_text *s, const char *text, size_t end)
{
    if (text[s->at] == '`')
        close(s, 1);
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

static void read_in_braces(stg_shell_text *s, const char *text, size_t end)
{
    switch (text[s->at]) {
    case '}':
        close(s, 1);
        break;
    case '\'':
        if (is_in_double_quotes(s))
            s->is_lost = true;
        else
            open(s, SINGLE, 1);
        break;
    case '"':
        open(s, DOUBLE, 1);
        break;
    default:
        read_in_double_quotes(s, text, end);
    }
}

static void read_in_arithmetic(stg_shell_text *s, const char *text, size_t end)
{
    switch (text[s->at]) {
    case '(':
        open(s, ARITHMETIC_PARENTHESES, 1);
        break;
    case ')':
        if (kind_of(s) == ARITHMETIC_PARENTHESES)
            close(s, 1);
        else if (second(s, text, end) == ')')
            close(s, 2);
        else
            s->is_lost = true; /* a subshell in a substitution, perhaps */
        break;
    case '\'':
        s->is_lost = true;
        break;
    case '"':
        open(s, DOUBLE, 1);
        break;
    default:
        read_in_double_quotes(s, text, end);
    }
}

/* ---- Commands ---- */

/* Between [[ and ]] an operator is one that compares.  Returns whether it was. */
static bool read_in_test(stg_shell_text *s)
{
    end_word(s);
    if (kind_of(s) != TEST)
        return false;
    begin_command(s);
    s->at++;
    return true;
}

static void read_redirection(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    if (kind_of(s) == TEST && read_in_test(s))
        return;
    /* 2>file: the number is no word. */
    if (stg_shell_word_is_number(word_of(s)))
        *word_of(s) =
            (stg_shell_word){.is_command = word_of(s)->is_command, .reader = word_of(s)->reader};
    end_word(s);
    s->at += token.length;
    if (token.kind == STG_TOKEN_HERE_DOCUMENT) {
        const bool strips_tabs = s->at < end && text[s->at] == '-';
        s->at += strips_tabs;
        stg_here_read_delimiter(s, text, end, strips_tabs);
        return;
    }
    while (s->at < end && strchr("<>&|", text[s->at]) != NULL)
        s->at++;
    word_of(s)->is_target = true;
    word_of(s)->is_here_string = token.kind == STG_TOKEN_HERE_STRING;
    word_of(s)->is_descriptor = text[s->at - 1] == '&';
}

static void read_opening(stg_shell_text *s, const char *text, size_t end)
{
    if (kind_of(s) == TEST && read_in_test(s))
        return;
    const bool is_arithmetic =
        word_of(s)->is_command && !word_of(s)->begun && second(s, text, end) == '(';
    end_word(s);
    s->at += is_arithmetic ? 2 : 1;
    push(s, is_arithmetic ? ARITHMETIC : PARENTHESES);
}

static void read_closing(stg_shell_text *s)
{
    if (read_in_test(s))
        return;
    const int kind = kind_of(s);
    s->at++;
    if (kind == SUBSTITUTION && s->here_count > 0 && s->here[s->here_count - 1].depth >= s->depth)
        s->is_lost = true;
    if (kind == COMMANDS) {
        s->is_lost = true;
        return;
    }
    if (kind != CASE)
        s->depth--;
    if (kind != SUBSTITUTION)
        begin_command(s);
}

/* Shells differ on where the lines of a document are that a substitution begins and does not end,
 * or that was begun before one. */
static bool has_here_document_of_another(const stg_shell_text *s)
{
    size_t innermost = s->depth;
    while (innermost > 0 && s->frames[innermost].kind != SUBSTITUTION)
        innermost--;
    return s->here_count > 0 && s->here[0].depth < innermost;
}

static void read_separator(stg_shell_text *s, char c)
{
    end_word(s);
    begin_command(s);
    s->at++;
    if (c != '\n' || s->here_count == 0)
        return;
    if (has_here_document_of_another(s))
        s->is_lost = true;
    push(s, HERE_DOCUMENT);
    stg_here_begin(s);
}

static void read_in_word(stg_shell_text *s, const char *text, size_t end, stg_token token)
{
    if (token.kind == STG_TOKEN_SINGLE_QUOTE) {
        open(s, SINGLE, token.length);
    } else if (token.kind == STG_TOKEN_DOUBLE_QUOTE) {
        open(s, DOUBLE, token.length);
    } else if (is_special(token)) {
        /* A line that goes on is no part of a word. */
        if (token.kind == STG_TOKEN_ESCAPE || token.kind == STG_TOKEN_OPEN_ESCAPE)
            add_to_word(s);
        read_special(s, text, end, token);
    } else {
        add_character(s, text[s->at++]);
    }
}

static void read_in_commands(stg_shell_text *s, const char *text, size_t end)
{
    const stg_token token = stg_shell_token(text + s->at, text + end, STG_UNQUOTED);
    switch (token.kind) {
    case STG_TOKEN_BLANK:
        end_word(s);
        s->at++;
        break;
    case STG_TOKEN_SEPARATOR:
    case STG_TOKEN_NEWLINE:
        read_separator(s, text[s->at]);
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
            push(s, COMMENT);
        else
            read_in_word(s, text, end, token);
    }
}

static void read_in_comment(stg_shell_text *s, const char *text, size_t end)
{
    const char *newline = memchr(text + s->at, '\n', end - s->at);
    if (newline == NULL)
        s->at = end;
    else
        close(s, (size_t)(newline - (text + s->at)));
}

static void read_in_here_document(stg_shell_text *s, const char *text, size_t end)
{
    (void)end;
    if (stg_here_read(s, text))
        close(s, 0);
}

/* How to read on in what is open. */
static void (*const readers[])(stg_shell_text *s, const char *text, size_t end) = {
    [COMMANDS] = read_in_commands,     [PARENTHESES] = read_in_commands,
    [SUBSTITUTION] = read_in_commands, [TEST] = read_in_commands,
    [CASE] = read_in_commands,         [DOUBLE] = read_in_double_quotes,
    [SINGLE] = read_in_single_quotes,  [ANSI_QUOTES] = read_in_ansi_quotes,
    [BACKQUOTES] = read_in_backquotes, [BRACES] = read_in_braces,
    [ARITHMETIC] = read_in_arithmetic, [ARITHMETIC_PARENTHESES] = read_in_arithmetic,
    [COMMENT] = read_in_comment,       [HERE_DOCUMENT] = read_in_here_document,
};

void stg_shell_text_read(stg_shell_text *shell, const char *text, size_t end)
{
    if (shell->at == 0)
        begin_command(shell);
    if (shell->at < end) {
        shell->cut = STG_PLACE_WORD;
        shell->after_parameter = false;
    }
    while (shell->at < end && !shell->is_lost)
        readers[kind_of(shell)](shell, text, end);
    shell->at = end;
}

void stg_shell_text_skip(stg_shell_text *shell, const char *value, size_t length, size_t end)
{
    for (size_t i = 0; i < length; i++)
        name(shell, value[i]);
    shell->at = end;
    shell->cut = STG_PLACE_WORD;
    shell->after_parameter = false;
    if (!holds_commands(kind_of(shell)))
        return;
    stg_shell_word *word = word_of(shell);
    begin_word(word);
    word->length = STG_SHELL_KEYWORD;
}
