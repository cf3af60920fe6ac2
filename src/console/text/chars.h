/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Kinds of characters, and how those that a terminal would obey are kept from it. */
#ifndef STG_CONSOLE_TEXT_CHARS_H
#define STG_CONSOLE_TEXT_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Some characters of ASCII: bit N of both words together is character N. */
typedef struct stg_ascii_set {
    uint64_t bits[2];
} stg_ascii_set;

static inline bool stg_ascii_has(const stg_ascii_set *set, char c)
{
    const unsigned char byte = (unsigned char)c;
    return byte < 0x80 && (set->bits[byte >> 6] >> (byte & 63) & 1) != 0;
}

/* stg_is_word (base/unicode/unicode.h) for a byte of ASCII. */
static inline bool stg_char_is_ascii_word(char c)
{
    static const stg_ascii_set words = {
        {UINT64_C(0x03FF000000000000), UINT64_C(0x07FFFFFE87FFFFFE)}};
    return stg_ascii_has(&words, c);
}

/* The length without the blanks at the end (Python's str.rstrip). */
size_t stg_chars_trimmed(const char *text, size_t length);

/* Writes a text so that it cannot move the cursor, ring the bell or talk to the terminal in another
 * way, and returns how many bytes that took, at most STG_CHARS_CLEAN_MAX times `length`.  Newlines
 * and tabs stay; bell, backspace, carriage return, vertical tab and form feed are left out, as Rich
 * does; other controls become visible ("␛"), broken bytes U+FFFD.
 *   plain  set to whether all that was written is printable ASCII */
#define STG_CHARS_CLEAN_MAX 3
size_t stg_chars_clean(const char *text, size_t length, char *out, bool *plain);

#endif
