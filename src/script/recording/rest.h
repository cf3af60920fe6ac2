/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What processes that commands left running still print: it goes on where it would have gone
 * without us in between, and is not kept. */
#ifndef STG_SCRIPT_RECORDING_REST_H
#define STG_SCRIPT_RECORDING_REST_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/process.h>

#include "base/text/buf.h"

struct staged_script;

/* How many are shown at a time. */
enum { STG_MOST_RESTS = 64 };

/* One of them.
 *   line  whose end has not come yet */
typedef struct stg_rest_output {
    int descriptor;
    staged_output which;
    stg_buf line;
} stg_rest_output;

/* All of them, which a thread reads.  It exists once there is one. */
typedef struct stg_rest {
    struct staged_script *script;
    bool is_read;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    int wake[2];
    bool is_over;
    stg_rest_output outputs[STG_MOST_RESTS];
    size_t count;
} stg_rest;

/* Shows what comes through a descriptor, which it closes at its end; -1: nothing. */
void stg_rest_add(struct staged_script *script, staged_output which, int descriptor);
/* Shows what has come, and no more.  Takes NULL, as the next one does. */
void stg_rest_end(stg_rest *rest);
void stg_rest_free(stg_rest *rest);

#endif
