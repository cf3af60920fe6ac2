/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands as people write them and the words that they consist of. */
#ifndef STAGED_WORDS_H
#define STAGED_WORDS_H

#include <stddef.h>

#include <staged/status.h>

STAGED_BEGIN_DECLS

/* The words of a command. */
typedef struct staged_words {
    char **items; /* `count` texts and a NULL, as execv takes them; NULL when splitting failed */
    size_t count;
    const char *error; /* what was wrong with the command; NULL: nothing.  Never to be freed */
    char *text;        /* holds the items' characters */
} staged_words;

/* Splits a command as a POSIX shell does, but expands nothing: quotes, backslashes and line
 * continuations are taken away; `$x`, `*`, `|` and `#` are characters like others, `$'...'` is a
 * dollar sign and a quotation.  A line feed only parts words, and so does a carriage return.
 *   command, length  any bytes but NUL; the length may be 0
 *   words            always filled in; release it with staged_words_free, also after a failure
 * Returns STAGED_BAD_INPUT, with `words->error` "No closing quotation", "No escaped character" or
 * "embedded null byte", or STAGED_NO_MEMORY.  Source: POSIX, 2.2 Quoting. */
STAGED_API staged_status staged_words_split(const char *command, size_t length,
                                            staged_words *words);
/* Releases what the words hold; all zero is fine. */
STAGED_API void staged_words_free(staged_words *words);

/* The caller frees the texts that the functions below return; NULL: out of memory. */

/* A word written so that a POSIX shell reads back the same.  Source: CPython, shlex.quote. */
STAGED_API char *staged_word_quote(const char *word);
/* A command that a shell splits into these words.
 *   words, count   none: ""
 * Source: CPython, shlex.join. */
STAGED_API char *staged_words_join(const char *const *words, size_t count);

/* A shell command laid out over several lines: a long option and its value share a line, any other
 * word has its own.  It can be pasted into a shell and does the same there: words keep the quotes
 * that they were written with, and lines that were separate commands stay so.  What cannot be laid
 * out (a here-document, an unclosed quote) stays as it is.
 *   command   ended with NUL
 *   indent    how many blanks begin each further line
 * Source: staged-script, StagedScript.pretty_print_command, which drops the quotes. */
STAGED_API char *staged_command_pretty(const char *command, size_t indent);
/* The same for words, quoting those that need it. */
STAGED_API char *staged_words_pretty(const char *const *words, size_t count, size_t indent);

/* What somebody who typed a word may have meant: the candidate that it is the beginning of, or that
 * differs from it by the fewest letters, at most one in three.
 *   word        what was typed
 *   candidates  ended with NULL
 * Returns one of the candidates, or NULL when none is close. */
STAGED_API const char *staged_word_closest(const char *word, const char *const *candidates);

STAGED_END_DECLS

#endif
