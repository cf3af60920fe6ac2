/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/words/lexer.h"

#include <string.h>

bool stg_shell_is_name_character(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t stg_shell_bare_length(const char *text)
{
    return strcspn(text, " \t\n;&|()<>");
}

bool stg_token_ends_word(stg_token_kind kind)
{
    return kind == STG_TOKEN_END || (kind >= STG_TOKEN_BLANK && kind <= STG_TOKEN_HERE_STRING);
}

static stg_token_kind dollar(char next, char after, stg_quotes quotes)
{
    if (next == '(')
        return after == '(' ? STG_TOKEN_ARITHMETIC : STG_TOKEN_SUBSTITUTION;
    if (next == '{')
        return STG_TOKEN_BRACES;
    if (next == '[')
        return STG_TOKEN_BRACKET;
    if (next == '\'' && quotes == STG_UNQUOTED)
        return STG_TOKEN_ANSI_QUOTES;
    /* Behind the last four of them zsh reads the name of a variable. */
    const bool is_parameter =
        stg_shell_is_name_character(next) || (next != '\0' && strchr("?$!#@*-=~^+", next) != NULL);
    return is_parameter ? STG_TOKEN_PARAMETER : STG_TOKEN_DOLLAR;
}

/* Characters that are special only outside quotes. */
static stg_token_kind unquoted(char c, char next, char after)
{
    if (c == '<' && next == '<')
        return after == '<' ? STG_TOKEN_HERE_STRING : STG_TOKEN_HERE_DOCUMENT;
    static const char characters[] = "' \t\n;&|()<>#";
    static const stg_token_kind kinds[] = {
        STG_TOKEN_SINGLE_QUOTE, STG_TOKEN_BLANK,       STG_TOKEN_BLANK,       STG_TOKEN_NEWLINE,
        STG_TOKEN_SEPARATOR,    STG_TOKEN_SEPARATOR,   STG_TOKEN_SEPARATOR,   STG_TOKEN_OPENING,
        STG_TOKEN_CLOSING,      STG_TOKEN_REDIRECTION, STG_TOKEN_REDIRECTION, STG_TOKEN_COMMENT};
    const char *found = c == '\0' ? NULL : strchr(characters, c);
    return found == NULL ? STG_TOKEN_CHARACTER : kinds[found - characters];
}

static stg_token_kind kind_of(const char *at, size_t left, stg_quotes quotes)
{
    const char next = left > 1 ? at[1] : '\0';
    const char after = left > 2 ? at[2] : '\0';
    if (left == 0)
        return STG_TOKEN_END;
    if (quotes == STG_SINGLE_QUOTED)
        return *at == '\'' ? STG_TOKEN_SINGLE_QUOTE : STG_TOKEN_CHARACTER;
    if (*at == '\\' && left == 1)
        return STG_TOKEN_OPEN_ESCAPE;
    if (*at == '\\')
        return next == '\n' ? STG_TOKEN_CONTINUATION : STG_TOKEN_ESCAPE;
    if (*at == '$')
        return dollar(next, after, quotes);
    if (*at == '"' || *at == '`')
        return *at == '"' ? STG_TOKEN_DOUBLE_QUOTE : STG_TOKEN_BACKQUOTE;
    return quotes == STG_UNQUOTED ? unquoted(*at, next, after) : STG_TOKEN_CHARACTER;
}

stg_token stg_shell_token(const char *at, const char *end, stg_quotes quotes)
{
    /* For tokens of more than one character. */
    static const unsigned char lengths[STG_TOKEN_KINDS] = {
        [STG_TOKEN_ESCAPE] = 2,       [STG_TOKEN_CONTINUATION] = 2, [STG_TOKEN_ANSI_QUOTES] = 2,
        [STG_TOKEN_SUBSTITUTION] = 2, [STG_TOKEN_ARITHMETIC] = 3,   [STG_TOKEN_BRACES] = 2,
        [STG_TOKEN_BRACKET] = 2,      [STG_TOKEN_PARAMETER] = 2,    [STG_TOKEN_HERE_DOCUMENT] = 2,
        [STG_TOKEN_HERE_STRING] = 3};
    const stg_token_kind kind = kind_of(at, (size_t)(end - at), quotes);
    const size_t one = kind != STG_TOKEN_END;
    return (stg_token){kind, lengths[kind] == 0 ? one : lengths[kind]};
}
