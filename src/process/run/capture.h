/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The captured output of a command: kept up to a limit, and shown. */
#ifndef STG_PROCESS_RUN_CAPTURE_H
#define STG_PROCESS_RUN_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/process.h>

#include "process/run/show.h"

/* All zero keeps everything and shows nothing. */
typedef struct stg_capture {
    char *data; /* not ended with NUL while it grows */
    size_t length;
    size_t capacity;
    size_t chunk;   /* the size of a read; grows with the output */
    uint64_t total; /* bytes read */
    size_t limit;   /* 0: none */
    bool keep_last;
    bool is_only_shown;
    const stg_forms *forms; /* secrets, which must not be cut in two; borrowed; NULL: none */
    char *rest_path;        /* its own; NULL: none */
    int rest_fd;            /* 0: not open (our descriptors are above 2) */
    int error;              /* the first errno; ENOMEM: the data are incomplete */
    stg_show *show;         /* borrowed; NULL: not shown */
} stg_capture;

/* Sets up the capture of a stream.  Returns false when out of memory.
 *   secrets   which the limit never cuts in two; borrowed; NULL: none */
bool stg_capture_init(stg_capture *capture, const staged_stream *stream,
                      const staged_secrets *secrets);
void stg_capture_free(stg_capture *capture);

typedef enum stg_read_result {
    STG_READ_SOME,
    STG_READ_NOTHING, /* nothing to read now */
    STG_READ_END
} stg_read_result;

/* Reads once from a non-blocking descriptor. */
stg_read_result stg_capture_read(stg_capture *capture, int fd);
/* After the last read, returns what was kept, ended with NUL, which the caller frees, and how many
 * bytes are missing.  NULL: out of memory. */
char *stg_capture_take(stg_capture *capture, size_t *length, uint64_t *lost);

#endif
