/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How shells, JSON, URLs, XML and terminals write characters. */
#ifndef STG_PROCESS_SECRETS_ESCAPES_H
#define STG_PROCESS_SECRETS_ESCAPES_H

#include <stdbool.h>
#include <stddef.h>

/* Some bytes. */
typedef struct stg_bytes {
    const char *at;
    size_t length;
} stg_bytes;

/* One spelling. */
typedef struct stg_step {
    size_t plain;   /* bytes of the plain text; 1 to 4 */
    size_t written; /* bytes of the spelling */
} stg_step;

enum { STG_MOST_STEPS = 8, STG_MOST_GAPS = 12, STG_MOST_FIRSTS = 16 };

/* Finds the spellings of the first character of `plain` at the beginning of `written`.
 *   is_first   nothing of the secret was before: letters, digits and blanks are not taken together
 *              with a backslash then, which may be another word's end
 *   steps      receives them
 *   is_cut     becomes true if there may be more ways, were there more bytes
 * Returns how many there are. */
size_t stg_steps_as_text(stg_bytes plain, stg_bytes written, bool is_first,
                         stg_step steps[STG_MOST_STEPS], bool *is_cut);
/* The same for a digit of base64, also of the URL alphabet. */
size_t stg_steps_as_base64(stg_bytes plain, stg_bytes written, stg_step steps[STG_MOST_STEPS],
                           bool *is_cut);
/* The same for a byte in hexadecimal digits. */
size_t stg_steps_as_hex(stg_bytes plain, stg_bytes written, stg_step steps[STG_MOST_STEPS],
                        bool *is_cut);

/* The first bytes of the texts that `written`, at least one byte, may be a spelling of
 * (stg_steps_as_text).
 *   firsts   receives them; some may be there twice
 * Returns how many there are. */
size_t stg_first_bytes(stg_bytes written, unsigned char firsts[STG_MOST_FIRSTS], bool *is_cut);

/* What can come between two characters: quotes that a shell closes and reopens, and a terminal's
 * escape sequences.
 *   ends     receives where each part of it ends
 *   is_cut   becomes true if it may go on, were there more bytes
 * Returns how many parts there are. */
size_t stg_gaps_of_text(stg_bytes written, size_t ends[STG_MOST_GAPS], bool *is_cut);
/* The same between digits: a line end, also as "\n" in JSON, and the indentation of the next line.
 *   with_marks   also : and a blank, between bytes in hexadecimal digits */
size_t stg_gaps_of_digits(stg_bytes written, bool with_marks, size_t ends[STG_MOST_GAPS],
                          bool *is_cut);

/* Whether a spelling of a character may begin with `first`. */
bool stg_may_be_written(char plain, char first);

#endif
