/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Shell commands and the words in them. */
#ifndef STAGED_WORDS_H
#define STAGED_WORDS_H

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

STAGED_END_DECLS

#endif
