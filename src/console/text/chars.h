/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Kinds of characters, and replacements for those that a terminal would obey. */
#ifndef STG_CONSOLE_TEXT_CHARS_H
#define STG_CONSOLE_TEXT_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of ASCII characters: bit N of both words together is character N. */
typedef struct stg_ascii_set {
    uint64_t bits[2];
} stg_ascii_set;

static inline bool stg_ascii_has(const stg_ascii_set *set, char c)
{
    const unsigned char byte = (unsigned char)c;
    return byte < 0x80 && (set->bits[byte >> 6] >> (byte & 63) & 1) != 0;
}

/* stg_is_word (base/unicode/unicode.h) for an ASCII byte. */
static inline bool stg_char_is_ascii_word(char c)
{
    static const stg_ascii_set words = {
        {UINT64_C(0x03FF000000000000), UINT64_C(0x07FFFFFE87FFFFFE)}};
    return stg_ascii_has(&words, c);
}

/* The length without trailing blanks (Python's str.rstrip). */
size_t stg_chars_trimmed(const char *text, size_t length);

/* Writes a text so that it cannot move the cursor, ring the bell or control the terminal in any
 * other way.  Returns the number of bytes written, at most STG_CHARS_CLEAN_MAX times `length`.
 * Newlines and tabs stay; bell, backspace, carriage return, vertical tab and form feed are left
 * out, as Rich does; other controls become visible ("␛"), broken bytes become U+FFFD.
 *   plain  set to whether everything written is printable ASCII */
#define STG_CHARS_CLEAN_MAX 3
size_t stg_chars_clean(const char *text, size_t length, char *out, bool *plain);

#endif
