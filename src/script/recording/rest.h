/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What leftover processes of commands still print: it goes where it would have gone without us, and
 * is not kept. */
#ifndef STG_SCRIPT_RECORDING_REST_H
#define STG_SCRIPT_RECORDING_REST_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/process.h>

#include "base/text/buf.h"

struct staged_script;

/* The most outputs shown at a time. */
enum { STG_MOST_RESTS = 64 };

/* One such output.
 *   line  the unfinished line */
typedef struct stg_rest_output {
    int descriptor;
    staged_output which;
    stg_buf line;
} stg_rest_output;

/* All such outputs, read by a thread.  Made on first use. */
typedef struct stg_rest {
    struct staged_script *script;
    bool is_read;
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows */
    int wake[2];
    bool is_over;
    stg_rest_output outputs[STG_MOST_RESTS];
    size_t count;
} stg_rest;

/* Shows what arrives at a descriptor, which it closes at the end; -1: does nothing. */
void stg_rest_add(struct staged_script *script, staged_output which, int descriptor);
/* Shows what has arrived so far, and stops.  Takes NULL, as does stg_rest_free. */
void stg_rest_end(stg_rest *rest);
void stg_rest_free(stg_rest *rest);

#endif
