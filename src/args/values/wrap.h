/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Lines of text as Python's textwrap breaks them. */
#ifndef STG_ARGS_VALUES_WRAP_H
#define STG_ARGS_VALUES_WRAP_H

#include <stddef.h>

#include "base/text/buf.h"

/* Adds the text, its white space squeezed, in lines of at most `width` columns (1 or more), each
 * ended with a newline.  `first_indent` blanks go before the first line, `indent` before the
 * others; they are not counted in `width`. */
void stg_add_wrapped(stg_buf *out, const char *text, size_t width, size_t first_indent,
                     size_t indent);
/* The next line of `*text` (never empty), as str.splitlines sees lines; moves `*text` past its
 * end.  `*length` leaves the line's end out, `*full_length` counts it in. */
const char *stg_next_line(const char **text, size_t *length, size_t *full_length);

#endif
