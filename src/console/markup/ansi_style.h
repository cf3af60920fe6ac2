/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Applies escape codes to a style. */
#ifndef STG_CONSOLE_MARKUP_ANSI_STYLE_H
#define STG_CONSOLE_MARKUP_ANSI_STYLE_H

#include <stddef.h>

#include "console/style/style.h"

/* The parameters of `ESC [ ... m`.  Unknown ones change nothing, as in a terminal. */
void stg_ansi_apply_codes(stg_style *style, const unsigned *codes, size_t count);
/* What follows `ESC ] 8;`: parameters, `;`, and the address, which the style points to; an empty
 * address ends the link. */
void stg_ansi_apply_link(stg_style *style, const char *text, size_t length);

#endif
