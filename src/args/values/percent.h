/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Python's `text % names`, which fills in help texts: "%(default)s", "%(prog)s", "%%".  Of Python's
 * conversions it knows those that help texts use: s, r, a, d, x, e, f, g, with "-", "+", "0", a
 * width and a precision. */
#ifndef STG_ARGS_VALUES_PERCENT_H
#define STG_ARGS_VALUES_PERCENT_H

#include <stddef.h>

#include <staged/args.h>

#include "base/text/buf.h"

/* The value of a name of `length` bytes, valid until the next call; NULL: none. */
typedef const staged_value *stg_percent_lookup(void *context, const char *name, size_t length);

/* Adds the filled-in text.  Returns NULL, or what is wrong with the text, for its author; the rest
 * of the text is then added as it is. */
const char *stg_add_percent(stg_buf *out, const char *text, stg_percent_lookup *lookup,
                            void *context);

#endif
