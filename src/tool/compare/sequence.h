/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What two lists of texts have in common, and in what they differ. */
#ifndef TOOL_COMPARE_SEQUENCE_H
#define TOOL_COMPARE_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

/* Called for each text of both lists, in order.
 *   side     '-': only in the first, '+': only in the second, ' ': in both
 *   a, b     its place in the lists, of which the one counts that it is in */
typedef void tool_sequence_function(void *context, char side, size_t a, size_t b);

/* Compares two lists: few texts as those that are in one only.  Where they differ in very many,
 * these are not the fewest. */
void tool_sequence_compare(const char *const *a, size_t a_count, const char *const *b,
                           size_t b_count, tool_sequence_function *take, void *context);

#endif
