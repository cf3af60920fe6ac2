/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What Python's str says of characters; needed wherever a text has to come out as argparse's does:
 * quoted values, wrapped lines, capitals, digits. */
#ifndef STG_ARGS_VALUES_UNICODE_H
#define STG_ARGS_VALUES_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* The tables, written by unicode_tables.py, each in ascending order. */
typedef struct stg_unicode_range {
    uint32_t first, last;
} stg_unicode_range;

/* Every `step`th character has its capital `delta` further. */
typedef struct stg_unicode_upper_run {
    uint32_t first, last;
    uint32_t step;
    int32_t delta;
} stg_unicode_upper_run;

/* A character whose capital is several; ended with 0 if shorter than three. */
typedef struct stg_unicode_upper_special {
    uint32_t character;
    uint32_t upper[3];
} stg_unicode_upper_special;

extern const stg_unicode_range stg_unicode_hidden[], stg_unicode_word[], stg_unicode_digit[];
extern const size_t stg_unicode_hidden_count, stg_unicode_word_count, stg_unicode_digit_count;
extern const stg_unicode_upper_run stg_unicode_upper[];
extern const size_t stg_unicode_upper_count;
extern const stg_unicode_upper_special stg_unicode_special[];
extern const size_t stg_unicode_special_count;

/* str.isprintable, the `\w` and `\d` of regular expressions, str.isspace. */
bool stg_is_printable(uint32_t character);
bool stg_is_word(uint32_t character);
bool stg_is_space(uint32_t character);
/* The value of a decimal digit of any script, or -1. */
int stg_digit_value(uint32_t character);
/* Adds str.upper of a text. */
void stg_add_upper(stg_buf *out, const char *text);
/* str.strip: narrows a text to what is left without white space around it. */
void stg_strip(const char **text, size_t *length);
/* Adds what repr() gives for a text: between quotes, with escapes. */
void stg_add_repr(stg_buf *out, const char *text, size_t length);

#endif
