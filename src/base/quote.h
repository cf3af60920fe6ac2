/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Words written so that a POSIX shell reads back the same words. */
#ifndef STG_BASE_QUOTE_H
#define STG_BASE_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Whether a shell takes the word as it stands: it has a character, and none but letters, digits
 * and `_@%+=:,./-` of ASCII.  Source: CPython, shlex.quote. */
bool stg_word_is_safe(const char *word, size_t length);
/* Adds one word, between single quotes unless it is safe without. */
void stg_quote_word(stg_buf *out, const char *word, size_t length);

#endif
