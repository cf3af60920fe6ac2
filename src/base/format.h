/* SPDX-License-Identifier: BSD-3-Clause
 *
 * printf whose author may treat what a conversion brings in differently from the format string
 * itself: the console shows it as plain data, a command line quotes it. */
#ifndef STG_BASE_FORMAT_H
#define STG_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

#include <staged/status.h>

#include "base/buf.h"

/* Adds to `out` what one conversion brought in.
 *   conversion  its letter: 's', 'd', ...; 0: a text that is NULL, whose words are "(null)"
 *   rest        the format behind it */
typedef void stg_format_hook(void *context, stg_buf *out, const char *text, size_t length,
                             char conversion, const char *rest);

/* Adds the formatted text to `out`.  All of C11's conversions but `%n` and wide characters; for
 * another one, or a broken one, returns STAGED_BAD_USE and stops there. */
staged_status stg_format(stg_buf *out, stg_format_hook *hook, void *context, const char *format,
                         va_list arguments) STAGED_PRINTF(4, 0);

#endif
