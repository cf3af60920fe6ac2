/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What characters mean in a text for a shell, by the quotes that they stand in.  All that reads
 * such a text reads it with this; what it makes of it depends on what it has to know:
 *
 * - scan.c        words, as Python's shlex splits them
 * - shell_scan.c  what is quoted, and where words and lines end, of a whole text
 * - shell_text.c  what is open at one place of a text, at whatever depth, and for bash its words */
#ifndef STG_PROCESS_WORDS_LEXER_H
#define STG_PROCESS_WORDS_LEXER_H

#include <stdbool.h>
#include <stddef.h>

typedef enum stg_quotes { STG_UNQUOTED, STG_SINGLE_QUOTED, STG_DOUBLE_QUOTED } stg_quotes;

typedef enum stg_token_kind {
    STG_TOKEN_END,       /* of the text */
    STG_TOKEN_CHARACTER, /* nothing but itself */
    STG_TOKEN_ESCAPE,    /* a backslash, and what it takes its meaning */
    STG_TOKEN_CONTINUATION,
    STG_TOKEN_OPEN_ESCAPE, /* a backslash that ends the text */
    STG_TOKEN_SINGLE_QUOTE,
    STG_TOKEN_DOUBLE_QUOTE,
    STG_TOKEN_BACKQUOTE,
    /* What a dollar begins: */
    STG_TOKEN_ANSI_QUOTES,  /* $' */
    STG_TOKEN_SUBSTITUTION, /* $( */
    STG_TOKEN_ARITHMETIC,   /* $(( */
    STG_TOKEN_BRACES,       /* ${ */
    STG_TOKEN_BRACKET,      /* $[ */
    STG_TOKEN_PARAMETER,    /* $name, as far as its first character */
    STG_TOKEN_DOLLAR,       /* nothing */
    /* Outside of quotes: */
    STG_TOKEN_BLANK, /* also a tab */
    STG_TOKEN_NEWLINE,
    STG_TOKEN_SEPARATOR, /* ; & | */
    STG_TOKEN_OPENING,
    STG_TOKEN_CLOSING,
    STG_TOKEN_REDIRECTION,   /* < > */
    STG_TOKEN_HERE_DOCUMENT, /* << */
    STG_TOKEN_HERE_STRING,   /* <<< */
    STG_TOKEN_COMMENT,       /* #, where a word begins; elsewhere a character */
    STG_TOKEN_KINDS
} stg_token_kind;

typedef struct stg_token {
    stg_token_kind kind;
    size_t length;
} stg_token;

stg_token stg_shell_token(const char *at, const char *end, stg_quotes quotes);
/* Whether a token ends a word that stands before it. */
bool stg_token_ends_word(stg_token_kind kind);
/* How far it is to a character that ends a word, whatever quotes there are. */
size_t stg_shell_bare_length(const char *text);
/* Whether a variable's name may have it. */
bool stg_shell_is_name_character(char c);

#endif
