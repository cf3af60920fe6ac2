/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A word of a text for a shell. */
#include "process/shell_word.h"

#include <string.h>

bool stg_shell_is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool stg_shell_is_keyword(const char *word, size_t length)
{
    static const char *const keywords[] = {
        "!",    "{",  "}",  "[[",  "]]",       "case", "coproc", "do",   "done", "elif",  "else",
        "esac", "fi", "if", "for", "function", "in",   "select", "then", "time", "until", "while"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strlen(keywords[i]) == length && memcmp(keywords[i], word, length) == 0)
            return true;
    }
    return false;
}

bool stg_shell_word_is(const stg_shell_word *word, const char *text)
{
    return word->length == strlen(text) && memcmp(word->head, text, word->length) == 0;
}

bool stg_shell_word_is_number(const stg_shell_word *word)
{
    size_t digits = 0;
    while (digits < word->length && word->length < STG_SHELL_KEYWORD && word->head[digits] >= '0' &&
           word->head[digits] <= '9')
        digits++;
    return digits > 0 && digits == word->length;
}

static bool is_shell(const char *name, size_t length)
{
    static const char *const shells[] = {"sh", "ash", "bash", "dash", "fish", "ksh", "mksh", "zsh"};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strlen(shells[i]) == length && memcmp(shells[i], name, length) == 0)
            return true;
    }
    return false;
}

static bool is_arithmetic_operator(const char *word, size_t length)
{
    static const char *const operators[] = {"-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-v"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (strlen(operators[i]) == length && memcmp(operators[i], word, length) == 0)
            return true;
    }
    return false;
}

bool stg_shell_is_left_operand(const char *rest)
{
    rest += *rest == '"' || *rest == '\'' ? 1 : 0;
    const size_t blanks = strspn(rest, " \t");
    return blanks > 0 && is_arithmetic_operator(rest + blanks, strcspn(rest + blanks, " \t"));
}

/* What is to be made of the words behind one that is no option. */
static stg_shell_reader reader_named(const stg_shell_word *word)
{
    if (word->length == STG_SHELL_KEYWORD)
        return STG_READER_NONE;
    size_t start = word->length;
    while (start > 0 && word->head[start - 1] != '/')
        start--;
    const char *name = word->head + start;
    const size_t length = word->length - start;
    if (is_shell(name, length))
        return STG_READER_SHELL;
    if ((length == 2 && memcmp(name, "su", 2) == 0) ||
        (length == 7 && memcmp(name, "runuser", 7) == 0))
        return STG_READER_SU;
    static const struct {
        const char *name;
        stg_shell_reader reader;
    } builtins[] = {{"eval", STG_READER_EVAL},
                    {"trap", STG_READER_ONE},
                    {"alias", STG_READER_MORE},
                    {"let", STG_READER_LET},
                    {"[[", STG_READER_TEST}};
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins && word->is_command; i++) {
        if (stg_shell_word_is(word, builtins[i].name))
            return builtins[i].reader;
    }
    return STG_READER_NONE;
}

stg_shell_reader stg_shell_reader_behind(const stg_shell_word *word)
{
    const bool is_option = word->length > 1 && word->length < STG_SHELL_KEYWORD &&
                           (word->head[0] == '-' || word->head[0] == '+') && word->head[1] != '-';
    switch (word->reader) {
    case STG_READER_SHELL:
    case STG_READER_SU:
        if (word->length > 2 && memcmp(word->head, "--", 2) == 0)
            return word->reader;
        if (is_option && memchr(word->head, 'c', word->length) != NULL)
            return STG_READER_ONE;
        if (word->reader == STG_READER_SU)
            return STG_READER_SU;
        if (is_option && word->head[word->length - 1] == 'o')
            return STG_READER_VALUE;
        return is_option ? STG_READER_SHELL : reader_named(word);
    case STG_READER_VALUE:
        return STG_READER_SHELL;
    case STG_READER_EVAL:
    case STG_READER_MORE:
        return STG_READER_MORE;
    case STG_READER_LET:
        return STG_READER_LET;
    case STG_READER_OPERAND:
        return STG_READER_TEST;
    case STG_READER_TEST:
        return stg_shell_word_is(word, "]]")                      ? STG_READER_NONE
               : is_arithmetic_operator(word->head, word->length) ? STG_READER_OPERAND
                                                                  : STG_READER_TEST;
    default:
        return reader_named(word);
    }
}
