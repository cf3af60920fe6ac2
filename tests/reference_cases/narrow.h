/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STAGED_TESTS_NARROW_H
#define STAGED_TESTS_NARROW_H

#include <stdbool.h>

#include <jansson.h>

/* A copy of the case in which every character has one column, to be released with json_decref.
 * Characters that end a line and have none are blanks in wrapped text, but not in raw text. */
json_t *reference_narrowed(const json_t *test_case, bool keeps_line_ends);

#endif
