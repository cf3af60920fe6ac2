/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The words for mistakes: the author's, and those of whoever types the command line. */
#ifndef STG_ARGS_ERRORS_H
#define STG_ARGS_ERRORS_H

#include <stdarg.h>

#include <staged/args.h>

#include "base/buf.h"

/* Adds "FILE:LINE: MESSAGE\n"; `where` may be NULL. */
void stg_add_bug(stg_buf *bugs, const staged_location *where, const char *format, va_list arguments)
    STAGED_PRINTF(3, 0);

/* The name that messages call an argument by: its flags, metavar, destination or choices.  Answers
 * false, and adds nothing, when it has none of them. */
bool stg_add_argument_name(stg_buf *out, const staged_argument *argument);

/* Adds the names of an argument's words as Python writes a tuple. */
void stg_add_metavars_repr(stg_buf *out, const staged_argument *argument);

/* Makes `parser`'s usage and error the error of `top`, answers STAGED_BAD_INPUT or
 * STAGED_NO_MEMORY. */
staged_status stg_fail(staged_parser *top, const staged_parser *parser, const char *message);
/* The same for a message about an argument: "argument NAME: MESSAGE". */
staged_status stg_fail_argument(staged_parser *top, const staged_argument *argument,
                                const char *message);

#endif
