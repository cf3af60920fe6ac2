/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An output that is read line by line. */
#ifndef STG_PROCESS_RUN_LINES_H
#define STG_PROCESS_RUN_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "process/run/capture.h"

/* All zero is one of which nothing was read yet. */
typedef struct stg_lines {
    char *data;
    size_t capacity;
    size_t start;   /* of the next line */
    size_t scanned; /* up to where no newline is */
    size_t end;
    bool failed; /* out of memory */
} stg_lines;

void stg_lines_free(stg_lines *lines);
/* Reads once from a descriptor that does not block. */
stg_read_result stg_lines_read(stg_lines *lines, int fd);
/* The next line, without its newline and ended with NUL, valid until the next call of either; NULL:
 * none that is whole.
 *   is_last   nothing more will be read, so that what is left is a line as well */
const char *stg_lines_next(stg_lines *lines, bool is_last, size_t *length);

#endif
