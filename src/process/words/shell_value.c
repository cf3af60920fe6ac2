/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values in a text for a shell, quoted for the places where they stand. */
#include "process/framework.h"

#include <string.h>

#include "base/text/format.h"
#include "base/text/quote.h"
#include "process/words/lexer.h"
#include "process/words/shell_text.h"

/* For people: where that is, and what to write instead; NULL: nothing is wrong with the place. */
static const char *advice_for(stg_place place)
{
    static const char *const advice[] = {
        [STG_PLACE_ANSI_QUOTES] =
            "is inside $'...', which shells read differently: put it inside \"...\" or outside "
            "the quotes",
        [STG_PLACE_BACKQUOTES] =
            "is inside backquotes, where it cannot be quoted: write $(...) instead of `...`",
        [STG_PLACE_EXPANSION] =
            "is inside ${...}, where it cannot be quoted: put it into a variable first "
            "(value=%s; ...) and write $value there",
        [STG_PLACE_ARITHMETIC] =
            "is inside arithmetic, which would evaluate it: pass a number, as with %d or %ld "
            "(if ((...)) is a subshell inside a subshell, put a space between the parentheses)",
        [STG_PLACE_COMMENT] = "is inside a comment, which a newline in it would end: leave it out",
        [STG_PLACE_HERE_DOCUMENT] =
            "is inside a here-document, where it cannot be quoted: put it into a variable first "
            "(value=%s; ...) and write $value there, without quotes around the word after <<",
        [STG_PLACE_DELIMITER] = "is the delimiter after <<: write a fixed one",
        [STG_PLACE_NAME] =
            "follows a $, where it would name a variable: pass the variable's value instead",
        [STG_PLACE_ESCAPED] =
            "follows a backslash, which would undo its quotes: remove the backslash, or write "
            "it inside '...'",
        [STG_PLACE_DESCRIPTOR] =
            "follows >& or <&, which bash expands twice: pass a number, as with %d, or write "
            ">%s 2>&1 for a file",
        [STG_PLACE_VARIABLE] =
            "is the name of a variable, and bash runs what stands in brackets in it: write a "
            "fixed name",
        [STG_PLACE_CODE] =
            "is inside a text that another shell runs, and the value with it: pass it as an "
            "argument after that text (sh -c '... \"$1\" ...' sh %s)",
        [STG_PLACE_UNKNOWN] =
            "follows something that shells read differently, or that nests too deeply: close "
            "all quotes and parentheses before it, or put it into a variable first (value=%s; "
            "...)",
    };
    return advice[place];
}

typedef struct one_value {
    const char *text;
    size_t length;
    bool is_number;
    const char *rest; /* of the format */
} one_value;

/* $name would go on with it, in some shell. */
static bool goes_on_with(const one_value *value)
{
    return value->length > 0 && (stg_shell_is_name_character(*value->text) || *value->text == '[' ||
                                 *value->text == ':');
}

static bool is_all_digits(const one_value *value)
{
    size_t digits = 0;
    while (digits < value->length && value->text[digits] >= '0' && value->text[digits] <= '9')
        digits++;
    return digits > 0 && digits == value->length;
}

/* What follows the value would make a different word of both. */
static bool is_glued_behind(const one_value *value)
{
    return stg_shell_is_name_character(*value->rest) || *value->rest == '%' || *value->rest == '\\';
}

/* 2>file: it would be the number of a descriptor, or a part of one. */
static bool would_be_descriptor(const one_value *value)
{
    const char next = *value->rest;
    return is_all_digits(value) && (next == '<' || next == '>' || is_glued_behind(value));
}

/* Where a command may begin: it would be a keyword, or a part of one, or an assignment. */
static bool would_begin_command(const stg_shell_word *word, const one_value *value)
{
    const bool is_first = !word->begun;
    const bool has_equals = memchr(value->text, '=', value->length) != NULL;
    if (has_equals && (is_first || word->may_be_name))
        return true;
    if (!is_first)
        return word->may_be_name && word->length < STG_SHELL_KEYWORD;
    /* %s=%s: the name of a variable. */
    return *value->rest != '=' &&
           (is_glued_behind(value) || stg_shell_is_keyword(value->text, value->length));
}

/* Whether its bytes, though all of them harmless, would mean something at this place. */
static bool means_something(const stg_shell_text *shell, const one_value *value)
{
    const stg_shell_word *word = stg_shell_text_word(shell);
    if (shell->after_parameter && goes_on_with(value))
        return true;
    if (value->is_number)
        return false;
    /* zsh looks for a program named so behind a = that begins a word; behind =~ stands a pattern.
     */
    if (word->is_pattern || word->reader == STG_READER_TEST || would_be_descriptor(value) ||
        *value->text == '=')
        return true;
    return word->is_command && !word->is_target && would_begin_command(word, value);
}

static void add_as_word(const stg_shell_text *shell, stg_buf *out, const one_value *value)
{
    /* zsh reads $$'...' as $ and $'...'. */
    if (shell->after_parameter && out->data[out->length - 1] == '$')
        stg_buf_add_text(out, "\"\"");
    if (means_something(shell, value))
        stg_quote_always(out, value->text, value->length);
    else
        stg_quote_word(out, value->text, value->length);
}

static void add_in_double_quotes(const stg_shell_text *shell, stg_buf *out, const one_value *value)
{
    if (shell->after_parameter && goes_on_with(value))
        stg_buf_add_text(out, "\"\"");
    stg_quote_in_double(out, value->text, value->length);
}

/* Whether the value is all of a word, perhaps with quotes around it. */
static bool is_whole_word(const stg_shell_text *shell, const stg_buf *out, stg_place place,
                          const one_value *value)
{
    if (place == STG_PLACE_WORD)
        return !stg_shell_text_word(shell)->begun && strchr(" \t\n;&|)", *value->rest) != NULL;
    return out->length > 0 && *value->rest == out->data[out->length - 1] &&
           *value->rest == (place == STG_PLACE_DOUBLE ? '"' : '\'');
}

/* What follows makes it something that bash evaluates: [[ %s -eq 1 ]], a=([%s]=1). */
static bool is_evaluated(const stg_shell_word *word, const one_value *value)
{
    if (word->reader == STG_READER_TEST)
        return stg_shell_is_left_operand(value->rest);
    const size_t to_bracket = strcspn(value->rest, "] \t\n");
    return word->length > 0 && *word->head == '[' && value->rest[to_bracket] == ']' &&
           strchr("=+", value->rest[to_bracket + 1]) != NULL && value->rest[to_bracket + 1] != '\0';
}

/* Returns where it stands; unless it can be quoted there, nothing but a number is added. */
static stg_place add_value(stg_shell_text *shell, stg_buf *out, const one_value *value)
{
    const stg_place place = stg_shell_text_place(shell);
    const size_t before = out->length;
    if (place <= STG_PLACE_SINGLE && !value->is_number &&
        is_evaluated(stg_shell_text_word(shell), value))
        return STG_PLACE_ARITHMETIC;
    bool may_be_whole;
    if (place <= STG_PLACE_SINGLE && !value->is_number &&
        stg_shell_text_is_code(shell, &may_be_whole) &&
        !(may_be_whole && is_whole_word(shell, out, place, value)))
        return STG_PLACE_CODE;
    switch (place) {
    case STG_PLACE_WORD:
        add_as_word(shell, out, value);
        break;
    case STG_PLACE_DOUBLE:
        add_in_double_quotes(shell, out, value);
        break;
    case STG_PLACE_SINGLE:
        stg_quote_in_single(out, value->text, value->length);
        break;
    default:
        if (value->is_number)
            stg_buf_add(out, value->text, value->length);
        return place;
    }
    /* A number is read as if the author had written it: 2>file. */
    if (!value->is_number || out->length - before != value->length)
        stg_shell_text_skip(shell, value->text, value->length, out->length);
    return place;
}

typedef struct formatting {
    stg_shell_text shell;
    stg_shell_values *found;
    int count;
} formatting;

static void quote_value(void *context, stg_buf *out, const char *text, size_t length,
                        char conversion, const char *rest)
{
    formatting *f = context;
    const one_value value = {.text = text,
                             .length = length,
                             .is_number = conversion != '\0' && strchr("spc", conversion) == NULL,
                             .rest = rest};
    f->count++;
    f->found->is_missing = f->found->is_missing || conversion == '\0';
    f->found->is_cut = f->found->is_cut || memchr(text, '\0', length) != NULL;
    stg_shell_text_read(&f->shell, stg_buf_text(out), out->length);
    const stg_place place = add_value(&f->shell, out, &value);
    if (f->found->refused > 0 || value.is_number || advice_for(place) == NULL)
        return;
    f->found->refused = f->count;
    f->found->advice = advice_for(place);
}

staged_status stg_shell_format(stg_buf *out, stg_shell_values *found, const char *format,
                               va_list values)
{
    *found = (stg_shell_values){0};
    formatting f = {.found = found};
    return stg_format(out, quote_value, &f, format, values);
}
