/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A spinner, which a status line and a progress display move by a clock of their own. */
#ifndef STG_CONSOLE_LIVE_SPINNER_H
#define STG_CONSOLE_LIVE_SPINNER_H

#include <stdint.h>

#include <staged/clock.h>
#include <staged/live.h>

/* As staged_spinner_new without a text, with a clock that has to outlive it and the moment when it
 * began to spin. */
staged_renderable *stg_spinner_new(const staged_spinner_options *options, const staged_clock *clock,
                                   int64_t start_ns);
/* Puts a text behind a spinner, and returns the spinner.  Takes over both; NULL if one is NULL. */
staged_renderable *stg_spinner_with_text(staged_renderable *item, staged_renderable *text);

#endif
