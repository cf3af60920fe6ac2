/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A printf that tells values from the format: the console shows values as plain data, a command
 * line quotes them. */
#ifndef STG_BASE_TEXT_FORMAT_H
#define STG_BASE_TEXT_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

#include <staged/status.h>

#include "base/text/buf.h"

/* Adds the value of one conversion to `out`.
 *   conversion  its letter: 's', 'd', ...; 0: a text that is NULL, whose words are "(null)"
 *   rest        the format behind it */
typedef void stg_format_hook(void *context, stg_buf *out, const char *text, size_t length,
                             char conversion, const char *rest);

/* Adds the formatted text to `out`.  All of C11's conversions but `%n` and wide characters; for
 * another one, or a broken one, returns STAGED_BAD_USE and stops there. */
staged_status stg_format(stg_buf *out, stg_format_hook *hook, void *context, const char *format,
                         va_list arguments) STAGED_PRINTF(4, 0);
/* The same of texts that stand in an array: a format may have no conversions but `%s`, and as many
 * as there are texts; for another one returns STAGED_BAD_INPUT. */
staged_status stg_format_list(stg_buf *out, stg_format_hook *hook, void *context,
                              const char *format, const char *const *texts, size_t count);

#endif
