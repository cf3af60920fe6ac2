/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Character properties as Python's str knows them (Unicode 16), wherever a text must match
 * argparse's or Rich's: quoted values, wrapped lines, words, capitals, digits. */
#ifndef STG_BASE_UNICODE_UNICODE_H
#define STG_BASE_UNICODE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text/buf.h"

/* str.isprintable, the `\w` and `\d` of regular expressions, str.isspace. */
bool stg_is_printable(uint32_t character);
bool stg_is_word(uint32_t character);
bool stg_is_space(uint32_t character);
/* Whether str.splitlines ends a line at it. */
bool stg_ends_line(uint32_t character);
/* The value of a decimal digit of any script, or -1. */
int stg_digit_value(uint32_t character);
/* Adds str.upper of a text. */
void stg_add_upper(stg_buf *out, const char *text);
/* str.strip: narrows a text to exclude surrounding white space. */
void stg_strip(const char **text, size_t *length);
/* Adds repr() of a text: in quotes, with escapes. */
void stg_add_repr(stg_buf *out, const char *text, size_t length);

#endif
