/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command in the form in which kinds of places get it. */
#ifndef STG_PLACE_JOB_COMMAND_H
#define STG_PLACE_JOB_COMMAND_H

#include "place/framework.h"

/* The words and the environment of a command, whose texts are borrowed from its options.  All zero
 * is nothing. */
typedef struct stg_placed_words {
    const char **words;
    const char **environment;
    char *line; /* a line for a shell with a secret in it, as a variable; NULL: none */
} stg_placed_words;

/* Whether a command is given something to read.  An input that it merely inherits does not count:
 * other commands of the script may want to read that. */
bool stg_place_has_input(const staged_process_options *options);
/* Makes the words and the environment.  Returns false when out of memory. */
bool stg_placed_words_make(stg_placed_words *made, const staged_process_options *options);
void stg_placed_words_free(stg_placed_words *made);

#endif
