/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The streams of a command: its descriptors 0, 1 and 2, and our ends of them. */
#ifndef STG_PROCESS_RUN_STREAMS_H
#define STG_PROCESS_RUN_STREAMS_H

#include <staged/process.h>
#include <staged/pty.h>

#include "base/failure/error.h"

typedef struct stg_streams {
    int child[3]; /* descriptors of ours that become the command's */
    int made[3];  /* those opened for it; -1: none */
    int ours[3];  /* our end of each pipe; -1: none */
} stg_streams;

/* Opens what the options ask for.  After a failure nothing is open.
 *   screens  the pseudo-terminals of the outputs; NULL: none */
staged_status stg_streams_open(const staged_process_options *options, staged_pty *const screens[2],
                               stg_streams *streams, stg_error *error);
/* Closes the command's descriptors once it has started. */
void stg_streams_close_made(stg_streams *streams);
void stg_streams_close_ours(stg_streams *streams);

#endif
