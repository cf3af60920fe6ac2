/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What those who write past a console, or end with it, want to know of it. */
#ifndef STG_CONSOLE_DEVICE_LOOK_H
#define STG_CONSOLE_DEVICE_LOOK_H

#include <staged/console.h>

#include "console/style/style.h"

/* Whether it writes escape codes for colours. */
bool stg_console_shows_colors(const staged_console *console);
/* Writes what begins the named style, in the console's colours or, if it has none, the usual 16;
 * ended with NUL, "" if it changes nothing.  Returns whether the style is known. */
bool stg_console_style_prefix(staged_console *console, const char *name,
                              char prefix[STG_STYLE_PREFIX_MAX + 1]);
/* Whether something could not be written, now or before, for another reason than that its reader
 * had gone. */
bool stg_console_has_lost(staged_console *console);

#endif
