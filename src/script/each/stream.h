/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Streams and options of an item that is a program here, or whose client is one. */
#ifndef STG_SCRIPT_EACH_STREAM_H
#define STG_SCRIPT_EACH_STREAM_H

#include <staged/process.h>

#include "script/each/job.h"

/* Its input, output, and error output; what is made of them borrows it. */
typedef struct stg_item_streams {
    staged_stream streams[3];
} stg_item_streams;

/* The options without words and timeout, whose outputs go to the item's spool. */
static inline staged_process_options stg_item_options(const stg_each *each, const stg_job *job,
                                                      stg_item_streams *made)
{
    const staged_stream none = {.size = sizeof none, .kind = STAGED_STREAM_DISCARD};
    const int descriptors[] = {each->null_input, job->spool.files[0],
                               job->spool.files[each->joins_outputs ? 0 : 1]};
    for (int i = 0; i < 3; i++) {
        made->streams[i] = none;
        if (descriptors[i] >= 0) {
            made->streams[i].kind = STAGED_STREAM_DESCRIPTOR;
            made->streams[i].descriptor = descriptors[i];
        }
    }
    staged_process_options options = *each->options->process;
    options.command = NULL;
    options.input = &made->streams[0];
    options.output = &made->streams[1];
    options.error_output = &made->streams[2];
    options.held_outputs = NULL;
    return options;
}

#endif
