/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The bar of a progress display. */
#ifndef STG_CONSOLE_LIVE_BAR_H
#define STG_CONSOLE_LIVE_BAR_H

#include <stdint.h>

#include <staged/progress.h>

/* As staged_bar_new, of a total that may be 0 and at a moment that says how far a pulse has moved.
 *   options  not NULL; its `total` does not count */
staged_renderable *stg_bar_new(const staged_bar_options *options, double total, int64_t now_ns);

#endif
