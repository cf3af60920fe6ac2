/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Checks the options. */
#ifndef STG_PROCESS_RUN_OPTIONS_H
#define STG_PROCESS_RUN_OPTIONS_H

#include <staged/process.h>

#include "base/failure/error.h"

/* Returns STAGED_OK, or STAGED_BAD_USE with the reason.
 *   may_pipe   whether STAGED_STREAM_PIPE is allowed */
staged_status stg_options_check(const staged_process_options *options, bool may_pipe,
                                stg_error *error);

#endif
