/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Strict UTF-8: overlong forms, surrogates and values past U+10FFFF are not characters. */
#ifndef STG_BASE_TEXT_UTF8_H
#define STG_BASE_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define STG_UTF8_REPLACEMENT 0xFFFDu

/* Reads one character of `length` > 0 bytes; returns how many bytes it has.  A byte that begins no
 * character is U+FFFD, one byte long. */
size_t stg_utf8_decode(const char *bytes, size_t length, uint32_t *codepoint);
/* Writes 1 to 4 bytes, returns how many. */
size_t stg_utf8_encode(uint32_t codepoint, char bytes[4]);
/* The number of characters in `length` bytes; a broken byte counts as one. */
size_t stg_utf8_count(const char *bytes, size_t length);

#endif
