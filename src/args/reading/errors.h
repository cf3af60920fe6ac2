/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is wrong with a command line, below the usage. */
#ifndef STG_ARGS_READING_ERRORS_H
#define STG_ARGS_READING_ERRORS_H

#include <staged/args.h>

#include "base/text/buf.h"

/* The name that messages call an argument by: its flags, metavar, destination or choices.  Returns
 * false, and adds nothing, when it has none of them. */
bool stg_add_argument_name(stg_buf *out, const staged_argument *argument);

/* Makes `parser`'s usage and error the error of `top`, returns STAGED_BAD_INPUT or
 * STAGED_NO_MEMORY. */
staged_status stg_fail(staged_parser *top, const staged_parser *parser, const char *message);
/* The same for a message about an argument: "argument NAME: MESSAGE". */
staged_status stg_fail_argument(staged_parser *top, const staged_argument *argument,
                                const char *message);
/* The same two for a message that was put together, which they free. */
staged_status stg_fail_take(staged_parser *top, const staged_parser *parser, stg_buf *message);
staged_status stg_fail_argument_take(staged_parser *top, const staged_argument *argument,
                                     stg_buf *message);

#endif
