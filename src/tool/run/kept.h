/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Output held back in an unnamed file until it is known whether to show it. */
#ifndef TOOL_RUN_KEPT_H
#define TOOL_RUN_KEPT_H

#include <stddef.h>

#include <staged/process.h>

typedef struct tool_kept {
    int fd; /* negative: none */
} tool_kept;

/* Returns 0 or an errno. */
int tool_kept_begin(tool_kept *kept);
int tool_kept_add(tool_kept *kept, staged_output which, const char *bytes, size_t length);
/* Writes everything to the standard streams it was meant for, in order, as far as possible. */
void tool_kept_show(tool_kept *kept);
void tool_kept_free(tool_kept *kept);

#endif
