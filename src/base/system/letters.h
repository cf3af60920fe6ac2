/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Random letters, for names that nothing else has and words that nobody guesses. */
#ifndef STG_BASE_SYSTEM_LETTERS_H
#define STG_BASE_SYSTEM_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

/* Fills `letters` with `count` random lower-case letters and digits and a NUL.  Returns false, with
 * errno, without a source of random numbers. */
bool stg_random_letters(char *letters, size_t count);

#endif
