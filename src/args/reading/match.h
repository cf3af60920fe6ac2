/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Sharing out words among arguments.  The words are seen as argparse sees them, as a pattern of one
 * letter a word: 'O' looks like an option, '-' is the first "--", 'A' is any other. */
#ifndef STG_ARGS_READING_MATCH_H
#define STG_ARGS_READING_MATCH_H

#include "args/model/parser.h"

/* How many words of the pattern (from its beginning) an option takes; -1: too few are there. */
long stg_match_option(const staged_argument *option, const char *pattern, size_t length);

/* Shares out the pattern's beginning among as many of the positionals as can have what they need,
 * each taking all that it can.  The last ones wait for later words if they would get none and an
 * option follows.  Returns how many are left then, or -1 without memory, and puts how many words
 * each takes into `counts`. */
long stg_match_positionals(staged_argument *const *positionals, size_t count, const char *pattern,
                           size_t length, size_t *counts);

#endif
