/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Shell commands and the words in them. */
#ifndef STAGED_WORDS_H
#define STAGED_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/status.h>

STAGED_BEGIN_DECLS

/* The words of a command. */
typedef struct staged_words {
    char **items; /* `count` texts and a NULL, as execv takes them; NULL when splitting failed */
    size_t count;
    const char *error; /* what is wrong with the command, or NULL.  Do not free it */
    char *text;        /* holds the items' characters */
} staged_words;

/* Splits a command as a POSIX shell does, but expands nothing: it removes quotes, backslashes and
 * line continuations; `$x`, `*`, `|` and `#` are ordinary characters, `$'...'` is a dollar sign and
 * a quotation.  Line feeds and carriage returns only separate words.
 *   command, length  any bytes but NUL; the length may be 0
 *   words            always filled in; free it with staged_words_free, even after a failure
 * Returns STAGED_BAD_INPUT, with `words->error` "No closing quotation", "No escaped character" or
 * "embedded null byte", or STAGED_NO_MEMORY.  Source: POSIX, 2.2 Quoting. */
STAGED_API staged_status staged_words_split(const char *command, size_t length,
                                            staged_words *words);
/* Frees the words; all zero is fine. */
STAGED_API void staged_words_free(staged_words *words);

/* The caller frees the texts that the functions below return; NULL: out of memory. */

/* Quotes a word for a POSIX shell.  Source: CPython, shlex.quote. */
STAGED_API char *staged_word_quote(const char *word);
/* Quotes words and joins them into a command.
 *   words, count   none: ""
 * Source: CPython, shlex.join. */
STAGED_API char *staged_words_join(const char *const *words, size_t count);

/* Lays out a shell command over several lines: a long option and its value share a line, every
 * other word has its own.  Pasted into a shell, it does the same: words keep their quotes, and
 * separate commands stay separate.  What cannot be laid out (a here-document, an unclosed quote)
 * stays as it is.
 *   command   ended with NUL
 *   indent    the indentation of each further line, in blanks
 * Source: staged-script, StagedScript.pretty_print_command, which drops the quotes. */
STAGED_API char *staged_command_pretty(const char *command, size_t indent);
/* The same for words, quoting those that need it. */
STAGED_API char *staged_words_pretty(const char *const *words, size_t count, size_t indent);

/* Finds what a mistyped word may have meant: the candidate that it is a prefix of, or that differs
 * from it by the fewest letters, at most one in three.
 *   word        the typed word
 *   candidates  ended with NULL
 * Returns one of the candidates, or NULL if none is close. */
STAGED_API const char *staged_word_closest(const char *word, const char *const *candidates);

/* A word of a command in a script. */
typedef struct staged_bash_word {
    const char *text; /* without its quotes; NULL: only bash can know it, since it has a parameter,
                       * a substitution, $'...', or in backquotes a backslash.  Patterns, braces
                       * and tildes stand as they are written */
    int line;         /* where it begins, from 1 */
    size_t depth;     /* how much its command is nested: 0, or more as in $(...); below 64 */
    bool may_be_command; /* it names a command, or is a keyword or an assignment in front of one;
                          * those that follow in the same depth are further words of the command,
                          * or of a keyword: the name behind `for`, the -p of `time -p` */
} staged_bash_word;
/* Receives a word, which is gone when it returns. */
typedef void staged_bash_word_function(void *context, const staged_bash_word *word);

/* Finds the words of all commands in a script for bash, also in functions and substitutions, in the
 * order in which they end: what a word substitutes stands before it.  Redirections, comments,
 * patterns of case, arrays, arithmetic, what [[ compares and the lines of here-documents are no
 * words.  Nothing is expanded, and aliases are not known.
 *   script, length  any bytes
 *   tell, context   called for each word
 * Returns STAGED_OK; STAGED_BAD_INPUT if it nests too deeply, or ends inside of something, so that
 * words may be missing; STAGED_NO_MEMORY. */
STAGED_API staged_status staged_words_read_bash(const char *script, size_t length,
                                                staged_bash_word_function *tell, void *context);

STAGED_END_DECLS

#endif
