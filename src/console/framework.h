/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the framework (src/script) needs of consoles, markup and renderables beyond the public
 * headers.  For nobody else: as the public ones, it includes nothing of the rooms, which include
 * it.
 */
#ifndef STG_CONSOLE_FRAMEWORK_H
#define STG_CONSOLE_FRAMEWORK_H

#include <stdbool.h>

#include <staged/console.h>

#include "base/buf.h"
#include "base/error.h"

/* ---- For those who write past a console, or end with it ---- */

/* Whether it writes escape codes for colours. */
bool stg_console_shows_colors(const staged_console *console);
/* Adds the code of the named style, which stands between ESC [ and m, in the console's colours or,
 * if it has none, the usual 16; nothing if it changes nothing.  Returns whether the style is known.
 */
bool stg_console_style_code(staged_console *console, const char *name, stg_buf *code);
/* Whether something could not be written, now or before, for another reason than that its reader
 * had gone. */
bool stg_console_has_lost(staged_console *console);

/* ---- For one of several threads, who wants to know why its own call failed ---- */

/* As staged_console_log_renderable, and keeps why it failed where no other thread's call changes
 * it.
 *   error  all zero */
staged_status stg_console_log_reporting(staged_console *console, const staged_log_options *options,
                                        const staged_renderable *renderable, stg_error *error);

/* ---- Renderables ---- */

/* What goes out to the left edge of the output, over what stands there in other lines, when it does
 * not fit into its place.
 *   child  taken over, also on failure
 * NULL: out of memory. */
staged_renderable *stg_edge_new(staged_renderable *child);

#endif
