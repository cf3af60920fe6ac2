/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The ways in which shells, JSON, URLs, XML and terminals write the characters of a text. */
#ifndef STG_PROCESS_SECRETS_ESCAPES_H
#define STG_PROCESS_SECRETS_ESCAPES_H

#include <stdbool.h>
#include <stddef.h>

/* Some bytes. */
typedef struct stg_bytes {
    const char *at;
    size_t length;
} stg_bytes;

/* How far one way of writing leads. */
typedef struct stg_step {
    size_t plain;   /* bytes of the text that is meant; 1 to 4 */
    size_t written; /* bytes of how it is written */
} stg_step;

enum { STG_MOST_STEPS = 8, STG_MOST_GAPS = 12, STG_MOST_FIRSTS = 16 };

/* The ways in which the first character of `plain` can stand at the beginning of `written`.
 *   is_first   nothing of the secret was before: letters, digits and blanks are not taken together
 *              with a backslash then, which may be another word's end
 *   steps      receives them
 *   is_cut     becomes true if there may be more ways, were there more bytes
 * Returns how many there are. */
size_t stg_steps_as_text(stg_bytes plain, stg_bytes written, bool is_first,
                         stg_step steps[STG_MOST_STEPS], bool *is_cut);
/* The same of a digit of base64, also of the alphabet for URLs. */
size_t stg_steps_as_base64(stg_bytes plain, stg_bytes written, stg_step steps[STG_MOST_STEPS],
                           bool *is_cut);
/* The same of a byte in hexadecimal digits. */
size_t stg_steps_as_hex(stg_bytes plain, stg_bytes written, stg_step steps[STG_MOST_STEPS],
                        bool *is_cut);

/* Which bytes a text may begin with, of which `written`, one byte at least, is one way of writing
 * it (stg_steps_as_text).
 *   firsts   receives them; some may be there twice
 * Returns how many there are. */
size_t stg_first_bytes(stg_bytes written, unsigned char firsts[STG_MOST_FIRSTS], bool *is_cut);

/* What may stand between two characters without being one: quotes that a shell closes and opens
 * again, and a terminal's escape sequences.
 *   ends     receives where each part of it ends
 *   is_cut   becomes true if it may go on, were there more bytes
 * Returns how many parts there are. */
size_t stg_gaps_of_text(stg_bytes written, size_t ends[STG_MOST_GAPS], bool *is_cut);
/* The same between digits: the end of a line, also as "\n" in JSON, and the indentation of the
 * next.
 *   with_marks   also : and a blank, between bytes in hexadecimal digits */
size_t stg_gaps_of_digits(stg_bytes written, bool with_marks, size_t ends[STG_MOST_GAPS],
                          bool *is_cut);

/* Whether a character of a text may be written as something that begins with `first`. */
bool stg_may_be_written(char plain, char first);

#endif
