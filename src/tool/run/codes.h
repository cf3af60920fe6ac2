/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Sets of exit statuses, written "0,3-5". */
#ifndef TOOL_RUN_CODES_H
#define TOOL_RUN_CODES_H

#include <stdbool.h>

enum { TOOL_CODE_COUNT = 256 };

/* All zero is the empty set. */
typedef struct tool_codes {
    bool has[TOOL_CODE_COUNT];
} tool_codes;

/* How a text reads as a set of exit statuses. */
typedef enum tool_codes_result {
    TOOL_CODES_READ,      /* valid */
    TOOL_CODES_TOO_LARGE, /* numbers, but above 255, or a range that ends before it begins */
    TOOL_CODES_NONE       /* something else */
} tool_codes_result;

/* Adds the exit statuses in a text.
 *   codes  NULL: only check */
tool_codes_result tool_codes_add(tool_codes *codes, const char *text);

#endif
