/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Pages and pictures of what was written to a terminal. */
#ifndef STG_CONSOLE_EXPORT_EXPORT_H
#define STG_CONSOLE_EXPORT_EXPORT_H

#include <stddef.h>

#include <staged/export.h>

#include "base/text/buf.h"

/* Adds the whole document.  `text` is what was written to a terminal. */
void stg_export_html(stg_buf *out, const char *text, size_t length,
                     const staged_export_options *options);
void stg_export_svg(stg_buf *out, const char *text, size_t length,
                    const staged_export_options *options);

#endif
