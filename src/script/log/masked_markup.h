/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Markup with its secrets masked. */
#ifndef STG_SCRIPT_LOG_MASKED_MARKUP_H
#define STG_SCRIPT_LOG_MASKED_MARKUP_H

#include <stdarg.h>

#include <staged/renderable.h>
#include <staged/secrets.h>

#include "script/state/object.h"

/* As staged_markup_new_v, with *** for each secret in what is seen, also for one that several
 * values make together, or that has tags in it. */
staged_renderable *stg_masked_markup(const staged_secrets *secrets, const char *format,
                                     va_list values) STAGED_PRINTF(2, 0);

/* As staged_markup_new, with the secrets masked. */
staged_renderable *stg_log_markup(const staged_script *script, const char *format, ...)
    STAGED_PRINTF(2, 3);
staged_renderable *stg_log_markup_v(const staged_script *script, const char *format, va_list values)
    STAGED_PRINTF(2, 0);

#endif
