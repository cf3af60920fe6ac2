/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Showing a command's output as it arrives. */
#ifndef STG_PROCESS_RUN_SHOW_H
#define STG_PROCESS_RUN_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/process.h>

#include "process/secrets/mask.h"

typedef struct stg_show {
    staged_output which;
    staged_show_output_function *show; /* NULL: write to our own stream */
    void *context;
    stg_mask mask;
    bool over; /* the reader has left */
} stg_show;

stg_show stg_show_begin(const staged_process_options *options, staged_output which);
void stg_show_add(stg_show *show, const char *bytes, size_t length);
/* At the end, shows the bytes that were held back as the possible start of a secret. */
void stg_show_end(stg_show *show);

#endif
