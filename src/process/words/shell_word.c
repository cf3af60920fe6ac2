/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A word of a text for a shell. */
#include "process/words/shell_word.h"

#include <string.h>

#include "process/words/lexer.h"

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

bool stg_shell_word_is_braced_name(const stg_shell_word *word)
{
    const size_t last = word->length - 1;
    if (word->length < 3 || word->length == STG_SHELL_KEYWORD || word->head[0] != '{' ||
        word->head[last] != '}')
        return false;
    for (size_t i = 1; i < last; i++) {
        if (!stg_shell_is_name_character(word->head[i]))
            return false;
    }
    return true;
}

static bool is_option_of_time(const stg_shell_word *word)
{
    return word->is_timed && (stg_shell_word_is(word, "-p") || stg_shell_word_is(word, "--"));
}

/* The words behind these are no keywords, or in some shells they are not. */
static bool casts_doubt(const stg_shell_word *keyword)
{
    static const char *const keywords[] = {"time", "coproc", "select", "function", "in", "]]"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (stg_shell_word_is(keyword, keywords[i]))
            return true;
    }
    return false;
}

stg_shell_word stg_shell_word_behind(const stg_shell_word *ended, bool is_keyword)
{
    /* for NAME do, without a list */
    const bool is_do = ended->is_list && stg_shell_word_is(ended, "do");
    const bool is_prefix =
        ended->is_target || ended->is_assignment || ended->is_function || is_option_of_time(ended);
    stg_shell_word next = {
        .is_command = is_do || (ended->is_command && (is_prefix || is_keyword)),
        .is_function = is_keyword && stg_shell_word_is(ended, "function"),
        .is_variable =
            is_keyword && (stg_shell_word_is(ended, "for") || stg_shell_word_is(ended, "select")),
        .is_list = ended->is_variable,
        .is_timed = (is_keyword && stg_shell_word_is(ended, "time")) || is_option_of_time(ended),
        .reader = ended->is_target ? ended->reader : stg_shell_reader_behind(ended)};
    next.is_doubtful = (next.is_command || next.is_list) &&
                       (ended->is_doubtful || is_prefix || (is_keyword && casts_doubt(ended)));
    if (!is_keyword && stg_shell_word_is(ended, "case"))
        next.behind_case = 1;
    else if (ended->behind_case == 1)
        next.behind_case = 2;
    return next;
}

bool stg_shell_word_begins_command(const stg_shell_word *word)
{
    if (word->is_list)
        return stg_shell_word_is(word, "do");
    return word->is_command && !word->is_function && !word->is_variable && !is_option_of_time(word);
}

static bool is_same(const char *text, const char *word, size_t length)
{
    return strlen(text) == length && memcmp(text, word, length) == 0;
}

static bool is_name(const stg_shell_word *word, const char *text)
{
    return is_same(text, word->name, word->name_length);
}

void stg_shell_word_name(stg_shell_word *word, char c)
{
    if (c == '/' && (word->name_length == 0 || strchr("-+", *word->name) == NULL)) {
        word->name_length = 0;
        word->is_expanded = false;
    } else if (word->name_length < STG_SHELL_KEYWORD) {
        word->name[word->name_length++] = c;
    }
}

void stg_shell_word_expand(stg_shell_word *word)
{
    word->name_length = 0;
    word->is_expanded = true;
}

/* bash, bash5, ksh93, zsh-5.9 */
static bool is_shell(const char *name, size_t length)
{
    static const char *const shells[] = {"sh",   "ash",   "bash", "csh",  "dash", "fish",
                                         "hush", "ksh",   "lksh", "mksh", "oksh", "pdksh",
                                         "posh", "rbash", "rksh", "tcsh", "yash", "zsh"};
    while (length > 0 && strchr("0123456789.-", name[length - 1]) != NULL)
        length--;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (is_same(shells[i], name, length))
            return true;
    }
    return false;
}

/* $SHELL, ${CONFIG_SHELL:-sh}, $BASH */
static bool is_variable_of_shell(const stg_shell_word *word)
{
    char name[STG_SHELL_KEYWORD + 1] = "";
    for (size_t i = 0; i < word->name_length && word->name[i] != ':'; i++)
        name[i] = word->name[i] >= 'A' && word->name[i] <= 'Z' ? (char)(word->name[i] + 'a' - 'A')
                                                               : word->name[i];
    return strstr(name, "shell") != NULL || is_shell(name, strlen(name));
}

static bool is_arithmetic_operator(const char *word, size_t length)
{
    static const char *const operators[] = {"-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-v"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (is_same(operators[i], word, length))
            return true;
    }
    return false;
}

/* What a comparison ends at, or what makes it one of texts. */
static bool ends_comparison(const char *word, size_t length)
{
    static const char *const others[] = {"&&", "||", "-a", "-o",  "]",   "]]",  "=",
                                         "==", "!=", "=~", "-nt", "-ot", "-ef", "<"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (is_same(others[i], word, length))
            return true;
    }
    return length > 0 && strchr(">;", *word) != NULL;
}

bool stg_shell_is_left_operand(const char *rest)
{
    const char *const blanks = " \t\n";
    for (rest += strcspn(rest, blanks); *rest != '\0'; rest += strcspn(rest, blanks)) {
        rest += strspn(rest, blanks);
        const size_t length = strcspn(rest, blanks);
        if (is_arithmetic_operator(rest, length))
            return true;
        if (ends_comparison(rest, length))
            return false;
    }
    return false;
}

/* Programs of which an option -c is followed by code, whatever else there is. */
static bool is_like_su(const stg_shell_word *word)
{
    const bool is_command = word->is_command || word->reader == STG_READER_PREFIX;
    return is_name(word, "su") || is_name(word, "runuser") ||
           (is_command &&
            (is_name(word, "script") || is_name(word, "flock") || is_name(word, "sg")));
}

/* What is to be made of the words behind one that is no option. */
static stg_shell_reader reader_named(const stg_shell_word *word)
{
    static const struct {
        const char *name;
        stg_shell_reader reader;
    } builtins[] = {{"eval", STG_READER_EVAL},       {"trap", STG_READER_ONE},
                    {"alias", STG_READER_MORE},      {"bind", STG_READER_MORE},
                    {"compgen", STG_READER_MORE},    {"complete", STG_READER_MORE},
                    {"let", STG_READER_LET},         {"float", STG_READER_LET},
                    {"integer", STG_READER_LET},     {"command", STG_READER_PREFIX},
                    {"builtin", STG_READER_PREFIX},  {"exec", STG_READER_PREFIX},
                    {"[", STG_READER_TEST},          {"test", STG_READER_TEST},
                    {"declare", STG_READER_DECLARE}, {"typeset", STG_READER_DECLARE},
                    {"local", STG_READER_DECLARE},   {"printf", STG_READER_PRINTF},
                    {"getopts", STG_READER_NAMES},   {"mapfile", STG_READER_NAMES},
                    {"read", STG_READER_NAMES},      {"readarray", STG_READER_NAMES},
                    {"unset", STG_READER_NAMES},     {"wait", STG_READER_PRINTF}};
    if (word->is_expanded ? is_variable_of_shell(word) : is_shell(word->name, word->name_length))
        return STG_READER_SHELL;
    if (word->is_expanded)
        return STG_READER_NONE;
    if (is_like_su(word))
        return STG_READER_SU;
    if (!word->is_command && word->reader != STG_READER_PREFIX)
        return STG_READER_NONE;
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (is_name(word, builtins[i].name))
            return builtins[i].reader;
    }
    return STG_READER_NONE;
}

static bool is_option(const stg_shell_word *word)
{
    return word->name_length > 1 && strchr("-+", *word->name) != NULL;
}

static stg_shell_reader behind_shell(const stg_shell_word *word)
{
    const bool is_su = word->reader == STG_READER_SU;
    if (is_option(word) && word->name[1] == '-')
        return is_name(word, "--rcfile") || is_name(word, "--init-file") ? STG_READER_VALUE
                                                                         : word->reader;
    if (is_option(word) && memchr(word->name, 'c', word->name_length) != NULL)
        return STG_READER_ONE;
    if (is_su)
        return STG_READER_SU;
    if (is_option(word) && strchr("oO", word->name[word->name_length - 1]) != NULL)
        return STG_READER_VALUE;
    return is_option(word) ? STG_READER_SHELL : reader_named(word);
}

static stg_shell_reader behind_declare(const stg_shell_word *word)
{
    const bool evaluates = is_option(word) && (memchr(word->name, 'i', word->name_length) != NULL ||
                                               memchr(word->name, 'n', word->name_length) != NULL);
    return evaluates ? STG_READER_LET : STG_READER_DECLARE;
}

stg_shell_reader stg_shell_reader_behind(const stg_shell_word *word)
{
    switch (word->reader) {
    case STG_READER_SHELL:
    case STG_READER_SU:
        return behind_shell(word);
    case STG_READER_VALUE:
        return STG_READER_SHELL;
    case STG_READER_ONE:
        return is_option(word) ? STG_READER_ONE : STG_READER_NONE;
    case STG_READER_EVAL:
        return is_option(word) ? STG_READER_EVAL : STG_READER_MORE;
    case STG_READER_MORE:
    case STG_READER_LET:
    case STG_READER_NAMES:
        return word->reader;
    case STG_READER_PREFIX:
        return is_option(word) ? STG_READER_PREFIX : reader_named(word);
    case STG_READER_PRINTF:
        if (is_name(word, "-v") || is_name(word, "-p"))
            return STG_READER_NAME;
        return is_option(word) ? STG_READER_PRINTF : STG_READER_NONE;
    case STG_READER_DECLARE:
        return behind_declare(word);
    case STG_READER_OPERAND:
        return STG_READER_TEST;
    case STG_READER_TEST:
        return is_arithmetic_operator(word->name, word->name_length) ? STG_READER_OPERAND
                                                                     : STG_READER_TEST;
    default:
        return reader_named(word);
    }
}
