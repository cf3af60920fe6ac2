/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What Python's str says of characters (Unicode 16); needed wherever a text has to come out as
 * argparse's or Rich's does: quoted values, wrapped lines, words, capitals, digits. */
#ifndef STG_BASE_UNICODE_H
#define STG_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

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
/* str.strip: narrows a text to what is left without white space around it. */
void stg_strip(const char **text, size_t *length);
/* Adds what repr() gives for a text: between quotes, with escapes. */
void stg_add_repr(stg_buf *out, const char *text, size_t length);

#endif
