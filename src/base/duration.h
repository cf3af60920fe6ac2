/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STG_BASE_DURATION_H
#define STG_BASE_DURATION_H

#include <stddef.h>
#include <stdint.h>

/* What staged_duration_text writes, for durations of any number of days: `nanoseconds` is the part
 * of a day, from 0 to below 86,400,000,000,000. */
char *stg_duration_text(int64_t days, int64_t nanoseconds, char *text, size_t size);

/* Longer than anybody waits, and far from overflowing when it is added to a moment. */
#define STG_LONGEST_NS INT64_C(1000000000000000000)
/* Seconds, as settings have them, in nanoseconds: from 0, also for less and for NaN, to
 * STG_LONGEST_NS. */
int64_t stg_seconds_ns(double seconds);

/* Enough for every text of stg_seconds_text, its ending NUL included. */
#define STG_SECONDS_TEXT_SIZE 32

/* Writes nanoseconds, 0 or more, as seconds: "2.5" or "30".  It has a point whatever the locale
 * says, so that a shell reads it back.  Returns `text`. */
char *stg_seconds_text(int64_t nanoseconds, char text[STG_SECONDS_TEXT_SIZE]);

#endif
