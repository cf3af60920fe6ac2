/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Kinds of characters, and how those that a terminal would obey are kept from it. */
#ifndef STG_CONSOLE_CHARS_H
#define STG_CONSOLE_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct stg_char_range {
    uint32_t first, last;
} stg_char_range;

extern const stg_char_range stg_word_ranges[];
extern const size_t stg_word_range_count;
/* What stands for nought, in scripts other than ours, in rising order; nine digits follow each. */
extern const uint32_t stg_digit_zeros[];
extern const size_t stg_digit_zero_count;

/* Blanks, tabs and line ends of all scripts (Python's str.isspace). */
bool stg_char_is_space(uint32_t codepoint);
/* Letters, digits and "_" of all scripts (a regular expression's \w). */
bool stg_char_is_word(uint32_t codepoint);
/* The same for a byte of ASCII. */
static inline bool stg_char_is_ascii_word(char c)
{
    const char letter = (char)(c | 0x20);
    return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '_';
}
/* Decimal digits of all scripts (a regular expression's \d). */
bool stg_char_is_digit(uint32_t codepoint);
/* Where a text ends a line, besides "\n" (Python's str.splitlines). */
bool stg_char_ends_line(uint32_t codepoint);

/* The length without the blanks at the end (Python's str.rstrip). */
size_t stg_chars_trimmed(const char *text, size_t length);

/* Writes a text so that it cannot move the cursor, ring the bell or talk to the terminal in another
 * way, and answers how many bytes that took, at most STG_CHARS_CLEAN_MAX times `length`.  Newlines
 * and tabs stay; bell, backspace, carriage return, vertical tab and form feed are left out, as Rich
 * does; other controls become visible ("␛"), broken bytes U+FFFD.
 *   plain  set to whether all that was written is printable ASCII */
#define STG_CHARS_CLEAN_MAX 3
size_t stg_chars_clean(const char *text, size_t length, char *out, bool *plain);

#endif
