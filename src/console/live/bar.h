/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The bar of a progress display. */
#ifndef STG_CONSOLE_LIVE_BAR_H
#define STG_CONSOLE_LIVE_BAR_H

#include <stdint.h>

#include <staged/progress.h>

/* Like staged_bar_new, with a total that may be 0 and a time that says how far a pulse has moved.
 *   options  not NULL; its `total` is ignored */
staged_renderable *stg_bar_new(const staged_bar_options *options, double total, int64_t now_ns);

#endif
