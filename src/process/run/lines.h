/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading an output line by line. */
#ifndef STG_PROCESS_RUN_LINES_H
#define STG_PROCESS_RUN_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "process/run/capture.h"

/* All zero: nothing was read yet. */
typedef struct stg_lines {
    char *data;
    size_t capacity;
    size_t start;   /* of the next line */
    size_t scanned; /* up to here there is no newline */
    size_t end;
    bool failed; /* out of memory */
} stg_lines;

void stg_lines_free(stg_lines *lines);
/* Reads once from a non-blocking descriptor. */
stg_read_result stg_lines_read(stg_lines *lines, int fd);
/* The next line, without its newline and ended with NUL, valid until the next call of either;
 * NULL: no complete line.
 *   is_last   nothing more will be read, so the rest is a line, too */
const char *stg_lines_next(stg_lines *lines, bool is_last, size_t *length);

#endif
