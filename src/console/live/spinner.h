/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A spinner with its own clock, for status lines and progress displays. */
#ifndef STG_CONSOLE_LIVE_SPINNER_H
#define STG_CONSOLE_LIVE_SPINNER_H

#include <stdint.h>

#include <staged/clock.h>
#include <staged/live.h>

/* Like staged_spinner_new without a text, with a clock that must outlive it and the time when it
 * began to spin. */
staged_renderable *stg_spinner_new(const staged_spinner_options *options, const staged_clock *clock,
                                   int64_t start_ns);
/* Puts a text behind a spinner, and returns the spinner.  Takes over both; returns NULL if either
 * is NULL. */
staged_renderable *stg_spinner_with_text(staged_renderable *item, staged_renderable *text);

#endif
