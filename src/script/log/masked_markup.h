/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Markup with its secrets masked. */
#ifndef STG_SCRIPT_LOG_MASKED_MARKUP_H
#define STG_SCRIPT_LOG_MASKED_MARKUP_H

#include <stdarg.h>

#include <staged/renderable.h>
#include <staged/secrets.h>

#include "console/framework.h"
#include "script/state/object.h"

/* As stg_markup_item_of_formatted, with *** for each secret in the visible text, even one that
 * spans several values or contains tags.
 *   secrets  NULL: none */
staged_renderable *stg_masked_item(const staged_secrets *secrets, stg_formatted *markup,
                                   staged_status status);

/* Like the staged_markup_new functions, with the script's secrets masked.
 *   before  markup, no format, to put before it */
staged_renderable *stg_log_markup(const staged_script *script, const char *format, ...)
    STAGED_PRINTF(2, 3);
staged_renderable *stg_log_markup_v(const staged_script *script, const char *before,
                                    const char *format, va_list values) STAGED_PRINTF(3, 0);
staged_renderable *stg_log_markup_list(const staged_script *script, const char *before,
                                       const char *format, const char *const *texts, size_t count);
/* Like staged_text_new, with the script's secrets masked. */
staged_renderable *stg_log_text(const staged_script *script, const char *before, const char *text);

#endif
