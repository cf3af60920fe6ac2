/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which processes with a text of ours in their command line are still there. */
#ifndef STAGED_TESTS_LEFTOVERS_H
#define STAGED_TESTS_LEFTOVERS_H

#include <stddef.h>

/* A number of seconds to sleep that nobody else uses, for commands: "1000.000NNNNNNN". */
const char *leftovers_mark(void);
/* A command with the mark in the place of each "MARK"; to be released with free(). */
char *leftovers_command(const char *command, const char *mark);
/* How many processes have `text` as a word of their command line; waits a little for the last to be
 * buried by the system. */
size_t leftovers_count(const char *text);

/* The same, but waits a little until there are as many. */
size_t leftovers_wait(const char *text, size_t count);
/* Kills them; returns how many. */
size_t leftovers_kill(const char *text);

/* `few`, or `many` when the environment asks for the long form of the tests. */
int leftovers_rounds(int few, int many);
/* Where random numbers begin: $STAGED_TESTS_SEED, or another number each time; says which. */
unsigned leftovers_seed(void);

#endif
