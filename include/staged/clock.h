/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Time as something that can be given: what waits or measures takes a clock, so that a test (or a
 * simulation) can hand it a virtual one. */
#ifndef STAGED_CLOCK_H
#define STAGED_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include <staged/status.h>

STAGED_BEGIN_DECLS

/* A source of time.  Every function is required; each is handed `context`.
 *   monotonic_ns  nanoseconds since some fixed moment, never going back
 *   wall_ns       nanoseconds since 1970-01-01 00:00:00 UTC
 *   sleep_ns      waits for so many nanoseconds (0 or less: not at all) and returns STAGED_OK, or
 *                 STAGED_INTERRUPTED when it ended early because a signal was caught */
typedef struct staged_clock {
    int64_t (*monotonic_ns)(void *context);
    int64_t (*wall_ns)(void *context);
    staged_status (*sleep_ns)(void *context, int64_t nanoseconds);
    void *context;
} staged_clock;

/* The system's clock.  Never NULL, never to be freed. */
STAGED_API const staged_clock *staged_clock_system(void);

/* Enough for every text of `staged_duration_text`, its ending NUL included. */
#define STAGED_DURATION_TEXT_SIZE 40

/* Writes a duration as "1 day, 2:03:04.000005": days where there are any, and six digits after the
 * point where there is a fraction; what is below a microsecond is cut off.
 *   nanoseconds  any value; negative ones are written as Python does ("-1 day, 23:59:59")
 *   text, size   where to write, and its size in bytes; cut, and ended with NUL, if too small
 * Returns `text`.  Source: CPython, str(datetime.timedelta). */
STAGED_API char *staged_duration_text(int64_t nanoseconds, char *text, size_t size);

STAGED_END_DECLS

#endif
