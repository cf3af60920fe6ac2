/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STG_BASE_SYSTEM_DURATION_H
#define STG_BASE_SYSTEM_DURATION_H

#include <stddef.h>
#include <stdint.h>

/* As staged_duration_text, for any number of days; `nanoseconds` is the part of a day, from 0 to
 * below 86,400,000,000,000. */
char *stg_duration_text(int64_t days, int64_t nanoseconds, char *text, size_t size);

/* Longer than any wait, and small enough to add to a moment without overflow. */
#define STG_LONGEST_NS INT64_C(1000000000000000000)
/* Converts a setting's seconds to nanoseconds, clamped to 0 (also for NaN) and STG_LONGEST_NS. */
int64_t stg_seconds_ns(double seconds);

/* Enough for every text of stg_seconds_text, including its NUL. */
#define STG_SECONDS_TEXT_SIZE 32

/* Writes nanoseconds, 0 or more, as seconds: "2.5" or "30".  It uses a point in every locale, so a
 * shell can read it.  Returns `text`. */
char *stg_seconds_text(int64_t nanoseconds, char text[STG_SECONDS_TEXT_SIZE]);

#endif
