/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Output that is kept back, in a file without a name, until it is known whether to show it. */
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
/* Writes all of it to the standard streams that it is for, in its order, as far as possible. */
void tool_kept_show(tool_kept *kept);
void tool_kept_free(tool_kept *kept);

#endif
