/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Words written so that a POSIX shell reads back the same words, and names of its variables. */
#ifndef STG_BASE_TEXT_QUOTE_H
#define STG_BASE_TEXT_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text/buf.h"

/* Whether a shell reads the word as it is: not empty, and only ASCII letters, digits and
 * `_@%+=:,./-`.  Source: CPython, shlex.quote. */
bool stg_word_is_safe(const char *word, size_t length);
/* Adds a word, in single quotes unless it is safe without. */
void stg_quote_word(stg_buf *out, const char *word, size_t length);
/* Adds a word in single quotes, safe or not. */
void stg_quote_always(stg_buf *out, const char *word, size_t length);
/* Adds a text that is already inside single quotes, or inside double quotes. */
void stg_quote_in_single(stg_buf *out, const char *text, size_t length);
void stg_quote_in_double(stg_buf *out, const char *text, size_t length);

/* Whether a text can be the name of a shell's variable: ASCII letters, digits and `_`, without a
 * digit at the beginning. */
bool stg_is_variable_name(const char *text, size_t length);

#endif
