/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reads and checks the options. */
#ifndef STG_PROCESS_RUN_OPTIONS_H
#define STG_PROCESS_RUN_OPTIONS_H

#include <staged/process.h>

#include "base/failure/error.h"

/* Reads a program's options and their streams, which may be of another version.
 *   own      receives them; each of its streams is one of `streams`
 * Returns NULL, or why they cannot be used. */
const char *stg_options_read(staged_process_options *own, staged_stream streams[3],
                             const staged_process_options *given);
/* Checks what was read.  Returns STAGED_OK, or STAGED_BAD_USE with the reason.
 *   may_pipe   whether STAGED_STREAM_PIPE is allowed */
staged_status stg_options_check(const staged_process_options *options, bool may_pipe,
                                stg_error *error);

#endif
