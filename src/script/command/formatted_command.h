/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Shell lines made printf-like, with each value quoted for its place. */
#ifndef STG_SCRIPT_COMMAND_FORMATTED_COMMAND_H
#define STG_SCRIPT_COMMAND_FORMATTED_COMMAND_H

#include <stdarg.h>

#include "base/text/buf.h"
#include "script/state/object.h"

/* Adds a line, or words of one, to `command`.  Returns STAGED_FAILED, with the reason, where a
 * value cannot be quoted. */
staged_status stg_format_command(staged_script *script, const staged_location *where,
                                 stg_buf *command, const char *format, va_list values)
    STAGED_PRINTF(4, 0);

#endif
