/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where bytes go: a stream, a descriptor, or a text. */
#ifndef STG_CONSOLE_DEVICE_OUTPUT_H
#define STG_CONSOLE_DEVICE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <staged/status.h>

#include "base/failure/error.h"
#include "base/text/buf.h"

typedef struct stg_output {
    FILE *file;   /* NULL: there is none */
    int fd;       /* -1: none, or none behind `file` */
    bool breaks;  /* it is a pipe or a socket: the reader may go away */
    bool to_text; /* no stream or descriptor: kept in `text` */
    stg_buf text;
    bool closed;  /* the reader is gone */
    bool failing; /* the last write failed, and that was reported */
    bool lost;    /* a write failed, now or before */
} stg_output;

/* Sets `fd` and `breaks`. */
void stg_output_set_descriptor(stg_output *output, int fd);
/* Writes all of it, in one call if the system takes it.  Returns STAGED_IO, STAGED_CLOSED or
 * STAGED_NO_MEMORY, with words in `error`.  Of writes that fail in a row only the first returns
 * STAGED_IO, the others STAGED_OK; so do all writes once the reader has gone. */
staged_status stg_output_write(stg_output *output, const char *bytes, size_t length,
                               stg_error *error);
/* Flushes `file` to the system. */
staged_status stg_output_flush(stg_output *output, stg_error *error);

#endif
