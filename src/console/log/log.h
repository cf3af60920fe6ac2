/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Logging for one of several threads, who wants to know why its own call failed. */
#ifndef STG_CONSOLE_LOG_LOG_H
#define STG_CONSOLE_LOG_LOG_H

#include <staged/console.h>

#include "base/error.h"

/* As staged_console_log_renderable, and keeps why it failed where no other thread's call changes
 * it.
 *   error  all zero */
staged_status stg_console_log_reporting(staged_console *console, const staged_log_options *options,
                                        const staged_renderable *renderable, stg_error *error);

#endif
