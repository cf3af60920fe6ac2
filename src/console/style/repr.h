/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Messages that show a text in quotes, as Python's repr() does: 'it', "it's", 'a\nb'. */
#ifndef STG_CONSOLE_STYLE_REPR_H
#define STG_CONSOLE_STYLE_REPR_H

#include <stddef.h>

#include "base/failure/error.h"

/* Keeps STAGED_BAD_MARKUP in `error` with the message BEFORE 'text' AFTER, and returns it.  With a
 * NULL error no message is made: many callers only need to know that a text is no style. */
staged_status stg_repr_error(stg_error *error, const char *before, const char *text, size_t length,
                             const char *after);

#endif
