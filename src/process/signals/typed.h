/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Lines that somebody types on the terminal. */
#ifndef STG_PROCESS_SIGNALS_TYPED_H
#define STG_PROCESS_SIGNALS_TYPED_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/status.h>

#include "base/error.h"

/* Whether our standard input is a terminal. */
bool stg_can_type(void);

/* Writes a prompt to the terminal and waits for a line, however often we are stopped meanwhile.
 *   prompt     written again after a stop
 *   is_hidden  whether what is typed is not shown
 *   wait_ns    how long, without the time that we are stopped; INT64_MAX: no limit
 *   line       receives it without its end; to be released with stg_typed_free; NULL unless
 *              STAGED_OK is returned
 *   error      receives what went wrong
 * Returns STAGED_OK, STAGED_CLOSED when the input ended without a line, STAGED_TIMED_OUT,
 * STAGED_INTERRUPTED, STAGED_IO or STAGED_NO_MEMORY.  The terminal is left as it was. */
staged_status stg_type(const char *prompt, bool is_hidden, int64_t wait_ns, char **line,
                       stg_error *error);
/* Wipes a line and releases it.  NULL: nothing. */
void stg_typed_free(char *line);

#endif
