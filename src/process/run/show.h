/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Showing what a command writes while it does. */
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
    bool over; /* nobody looks any more */
} stg_show;

stg_show stg_show_begin(const staged_process_options *options, staged_output which);
void stg_show_add(stg_show *show, const char *bytes, size_t length);
/* Nothing more comes: shows what was held back, as it might have been the beginning of a secret. */
void stg_show_end(stg_show *show);

#endif
