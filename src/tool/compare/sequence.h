/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Compares two lists of texts. */
#ifndef TOOL_COMPARE_SEQUENCE_H
#define TOOL_COMPARE_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

/* Called for each text of both lists, in order.
 *   side     '-': only in the first, '+': only in the second, ' ': in both
 *   a, b     its index in the lists; only those of lists that contain it count */
typedef void tool_sequence_function(void *context, char side, size_t a, size_t b);

/* Compares two lists, reporting as few differences as possible.  For very different long lists the
 * result is not minimal. */
void tool_sequence_compare(const char *const *a, size_t a_count, const char *const *b,
                           size_t b_count, tool_sequence_function *take, void *context);

#endif
